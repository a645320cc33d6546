"""Erase the values of entries about a removed user.

Triggers protect the table of values like the entries themselves. A row in `usher_audit_erasing`
allows deletions within one transaction. Chained entries say which values may be missing: `remove`
and `revoke` cover all earlier entries about that user, and other entries are listed by number.
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
"""The key under which an entry lists erased entries that have no target."""
ADOPT = "adopt_history"
"""The verb of the entry that lists values missing from before triggers protected them."""
MISSING = "missing_values"
WITHOUT_ENTRY, OPEN = "values without an entry", "values unprotected"
"""What can be wrong: values of no entry, or a row that lets values be deleted at any time."""


def erase(unit: "Unit", target: int, cards: Collection[int] = ()) -> str:
    """Erase the values and commands of all entries about a user and the employee records `cards`.

    The entries stay and still verify: what was done, when, by whom and why. Returns the numbers of
    the erased entries that do not name the user. The action records them under `NAMED`.
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
    """Allow values to be deleted in this transaction."""
    ((number,),) = store.sql("INSERT INTO usher_audit_erasing DEFAULT VALUES RETURNING id")
    yield
    store.sql("DELETE FROM usher_audit_erasing WHERE id = ?", number)


def drop_after(store: "Store", seq: int) -> None:
    """Delete leftover values of entries after `seq`."""
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
    """Return the numbers of entries whose values are missing for no recorded reason."""
    rows = store.sql(
        "SELECT a.seq FROM usher_audit a LEFT JOIN usher_audit_values v ON v.seq = a.seq"
        " WHERE a.values_hash IS NOT NULL AND v.seq IS NULL AND NOT EXISTS (SELECT 1"
        " FROM usher_audit r WHERE r.target = a.target AND r.seq > a.seq AND r.verb IN (?, ?))",
        *VERBS,
    )
    return ranges.written(number for (number,) in rows)


def _erase_card(store: "Store", card: int) -> list[int]:
    # The two patterns match the values of a created and of an edited employee record.
    rows = store.sql(
        "DELETE FROM usher_audit_values WHERE (changes LIKE ? OR changes LIKE ?) AND seq IN"
        " (SELECT seq FROM usher_audit WHERE target IS NULL"
        " AND verb IN ('create_employee', 'edit_employee')) RETURNING seq",
        f'%"employee": [null, {card}]%',
        f'%"employee": [{card}, {card}]%',
    )
    return [number for (number,) in rows]
