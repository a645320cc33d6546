"""Erasing the values of entries: what was said of a user who is removed."""

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.database import Unit


def erase(unit: "Unit", target: int, cards: Collection[int] = ()) -> None:
    """Let go of what was said of a person: the values and commands of all entries about them.

    So it is of their `cards` while these waited for them. That something was done to them, when,
    by whom and why, stays and still verifies.
    """
    store = unit.session.store
    for card in cards:
        # As `_changes_json` writes the number of a card that was made, and of one that was edited.
        store.sql(
            "DELETE FROM usher_audit_values WHERE (changes LIKE ? OR changes LIKE ?) AND seq IN"
            " (SELECT seq FROM usher_audit WHERE target IS NULL"
            " AND verb IN ('create_employee', 'edit_employee'))",
            f'%"employee": [null, {card}]%',
            f'%"employee": [{card}, {card}]%',
        )
    store.sql(
        "DELETE FROM usher_audit_values"
        " WHERE seq IN (SELECT seq FROM usher_audit WHERE target = ?)",
        target,
    )
    unit.entries[:] = [
        replace(entry, changes={}, command="") if entry.target == target else entry
        for entry in unit.entries
    ]
