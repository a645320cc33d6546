"""Taking over the history of a database from before the check value of the key.

It happens when the database is migrated, or with the first action for which the key is there.
"""

from typing import TYPE_CHECKING

from store.audit import chain, erasing, key
from store.session import operator_session

if TYPE_CHECKING:
    from store.database import Store


def adopt(store: "Store") -> None:
    """Fill in the check value of the key, if it is the one with which the history is written.

    Values that are missing already are named by an entry: nobody can say any more who took them.
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
    """Return what is wrong with the key of the account as a sentence; empty where nothing is."""
    with store.read():
        head = chain.head(store)
        return key.problem(store, head.key_check, head.seq) if head.account else ""
