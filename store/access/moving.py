"""Giving all who have one role another one: for a thousand people or for a hundred thousand."""

from shlex import join
from typing import TYPE_CHECKING

from store.listing import index
from store.values import Role

if TYPE_CHECKING:
    from store.database import Store, Unit

BATCH = 1000
"""People in one transaction: half a second, for which others wait."""


def move(unit: "Unit", old: Role, new: Role) -> int:
    """Give some of those who have the old role the new one, inside the transaction of a verb.

    Each has an entry of their own. How many they were: fewer than a `BATCH` are the last.
    """
    store = unit.session.store
    found = _indexed(store, old, new)
    index.put(store, found)
    numbers = [(number,) for number, _old, _new in found]
    store.sql_many(
        f"UPDATE usher_user SET role_id = {new.id}, version = version + 1 WHERE id = ?", numbers
    )
    for (number,) in numbers:
        command = join(["usher", "users", "edit", str(number), "--role", new.name])
        unit.record("edit", number, {"role": (old.name, new.name)}, command)
    return len(numbers)


def _indexed(store: "Store", old: Role, new: Role) -> list[index.Change]:
    """What the search index holds of some of them, and what it shall hold."""
    rows = store.sql(
        "SELECT id, search_key, status FROM usher_user WHERE role_id = ? ORDER BY id LIMIT ?",
        old.id,
        BATCH,
    )
    teams: dict[int, list[int]] = {}
    for user, team in store.sql_among(
        "SELECT user_id, team_id FROM usher_membership WHERE user_id IN (*)",
        [number for number, _key, _status in rows],
    ):
        teams.setdefault(user, []).append(team)
    found = [(row[0], index.grams(row[1], row[2], old.id, teams.get(row[0], ()))) for row in rows]
    return [
        (number, entry, index.with_other_role(entry, old.id, new.id)) for number, entry in found
    ]
