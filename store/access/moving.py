"""Giving all who have one role another one: for a thousand people or for a hundred thousand."""

from shlex import join
from typing import TYPE_CHECKING

from store.listing import index
from store.values import Role

if TYPE_CHECKING:
    from store.database import Store, Unit

TOLD = 2000
"""People up to whom the history has an entry for each (DESIGN 2)."""
BATCH = 2000


def move(unit: "Unit", old: Role, new: Role) -> None:
    """Give everybody of the old role the new one, inside the transaction of a verb."""
    store = unit.session.store
    with store.bulk():
        last = 0
        while found := _indexed(store, old, new, last):
            index.put(store, found)
            last = found[-1][0]
    if old.people <= TOLD:
        for (number,) in store.sql("SELECT id FROM usher_user WHERE role_id = ?", old.id):
            command = join(["usher", "users", "edit", str(number), "--role", new.name])
            unit.record("edit", number, {"role": (old.name, new.name)}, command)
    store.sql(
        "UPDATE usher_user SET role_id = ?, version = version + 1 WHERE role_id = ?",
        new.id,
        old.id,
    )


def _indexed(store: "Store", old: Role, new: Role, last: int) -> list[index.Change]:
    """What the search index holds of some of them, and what it shall hold."""
    rows = store.sql(
        "SELECT id, search_key, status FROM usher_user WHERE role_id = ? AND id > ?"
        " ORDER BY id LIMIT ?",
        old.id,
        last,
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
