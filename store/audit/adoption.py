"""Adopt the history of a database that is older than the check value of the key.

This happens in `usher migrate`, or in the first action that has the key.
"""

from typing import TYPE_CHECKING

from store.audit import chain, erasing, key
from store.session import operator_session

if TYPE_CHECKING:
    from store.database import Store


def adopt(store: "Store") -> None:
    """Store the check value of the key if the history was written with this key.

    Values that are missing already get an entry that lists them, because their cause is unknown.
    """
    with store.read():
        head = chain.head(store)
        if not head.account or head.key_check or key.problem(store, head.key_check, head.seq):
            return
    with store.write(operator_session(store)) as unit:
        head = chain.head(store, lock=True)
        if head.key_check:
            return
        missing = erasing.unexplained(store)
        check = key.check_value(key.require(store, "", head.seq))
        store.sql("UPDATE usher_audit_head SET key_check = ? WHERE id = 1", check)
        if missing:
            unit.record(erasing.ADOPT, None, {erasing.MISSING: (None, missing)}, "usher migrate")


def key_problem(store: "Store") -> str:
    """Return a sentence about what is wrong with the account's key, or an empty text."""
    with store.read():
        head = chain.head(store)
        return key.problem(store, head.key_check, head.seq) if head.account else ""
