"""Erasing the values of entries: what was said of a user who is removed.

The table of values is protected by triggers as the entries are. A row in `usher_audit_erasing`
lets values go, within one transaction. Which ones may be missing is said by chained entries:
`remove` and `revoke` of a user stand for all entries about that user before them, and others are
named by their numbers.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from store.audit import ranges

if TYPE_CHECKING:
    from store.database import Store, Unit

VERBS = ("remove", "revoke")
"""The verbs of entries that erase all values of their target before them."""
NAMED = "erased_entries"
"""Under which name an entry says which entries without a target it has erased as well."""
ADOPT = "adopt_history"
"""The verb of the entry that names what was missing before values were protected."""
MISSING = "missing_values"
WITHOUT_ENTRY, OPEN = "values without an entry", "values unprotected"
"""What can be wrong: values of no entry, or a row that lets values be deleted at any time."""


def erase(unit: "Unit", target: int, cards: Collection[int] = ()) -> str:
    """Erase the values and commands of all entries about a user, and about their `cards`.

    That something was done to the user, when, by whom and why, stays and still verifies. Returns
    the numbers of the erased entries that do not name the user, for `NAMED` of the entry that the
    action records.
    """
    store = unit.session.store
    with permitted(store):
        numbers = [number for card in cards for number in _erase_card(store, card)]
        store.sql(
            "DELETE FROM usher_audit_values"
            " WHERE seq IN (SELECT seq FROM usher_audit WHERE target = ?)",
            target,
        )
    unit.entries[:] = [
        replace(entry, changes={}, command="") if entry.target == target else entry
        for entry in unit.entries
    ]
    return ranges.written(numbers)


@contextmanager
def permitted(store: "Store") -> Iterator[None]:
    """Let values be deleted in this transaction; an error rolls it back as a whole."""
    ((number,),) = store.sql("INSERT INTO usher_audit_erasing DEFAULT VALUES RETURNING id")
    yield
    store.sql("DELETE FROM usher_audit_erasing WHERE id = ?", number)


def drop_after(store: "Store", seq: int) -> None:
    """Delete values that belong to no entry, after the newest one."""
    with permitted(store):
        store.sql("DELETE FROM usher_audit_values WHERE seq > ?", seq)


def has_values_after(store: "Store", seq: int) -> bool:
    """Return whether there are values of entries that are still to be written."""
    return bool(store.sql("SELECT 1 FROM usher_audit_values WHERE seq > ? LIMIT 1", seq))


def first_without_entry(store: "Store") -> int | None:
    """Return the number of the first values that belong to no entry."""
    ((seq,),) = store.sql(
        "SELECT min(v.seq) FROM usher_audit_values v LEFT JOIN usher_audit a ON a.seq = v.seq"
        " WHERE a.seq IS NULL"
    )
    return seq if seq is None else int(seq)


def is_left_open(store: "Store") -> bool:
    """Return whether values can be deleted outside an erasure, whose row no other one sees."""
    return bool(store.sql("SELECT 1 FROM usher_audit_erasing LIMIT 1"))


def clear(store: "Store") -> None:
    """Delete values of no entry, and rows that let values be deleted: their damage is accepted."""
    with permitted(store):
        store.sql("DELETE FROM usher_audit_values WHERE seq NOT IN (SELECT seq FROM usher_audit)")
    store.sql("DELETE FROM usher_audit_erasing")


def unexplained(store: "Store") -> str:
    """Return the numbers of entries whose values are missing and that no entry accounts for."""
    rows = store.sql(
        "SELECT a.seq FROM usher_audit a LEFT JOIN usher_audit_values v ON v.seq = a.seq"
        " WHERE a.values_hash IS NOT NULL AND v.seq IS NULL AND NOT EXISTS (SELECT 1"
        " FROM usher_audit r WHERE r.target = a.target AND r.seq > a.seq AND r.verb IN (?, ?))",
        *VERBS,
    )
    return ranges.written(number for (number,) in rows)


def _erase_card(store: "Store", card: int) -> list[int]:
    # As values are written of a card that was created, and of one that was edited.
    rows = store.sql(
        "DELETE FROM usher_audit_values WHERE (changes LIKE ? OR changes LIKE ?) AND seq IN"
        " (SELECT seq FROM usher_audit WHERE target IS NULL"
        " AND verb IN ('create_employee', 'edit_employee')) RETURNING seq",
        f'%"employee": [null, {card}]%',
        f'%"employee": [{card}, {card}]%',
    )
    return [number for (number,) in rows]
