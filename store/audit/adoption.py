"""Taking over the history of a database from before the check value of the key.

It happens in `usher migrate` alone, once, as soon as the key is there.
"""

from typing import TYPE_CHECKING

from store.audit import anchor, erasing, head_row, key
from store.presence import has_account
from store.session import operator_session

if TYPE_CHECKING:
    from store.database import Store


def adopt(store: "Store") -> None:
    """Fill in the check value of the key, if it is the one with which the history is written.

    Values that are missing already are named by an entry: nobody can say any more who took them.
    """
    with store.read():
        head = head_row.head(store)
        if not (head.account and head.is_of_before) or _is_known(store):
            return
        if key.problem(store, head.key_check):
            return
    with store.write(operator_session(store)) as unit:
        head = head_row.head(store, lock=True)
        if not head.is_of_before:
            return
        missing = erasing.unexplained(store)
        secret = key.require(store, "")
        check = key.check_value(secret)
        store.sql("UPDATE usher_audit_head SET key_check = ? WHERE id = 1", check)
        head_row.seal(store, secret)
        changes = {erasing.MISSING: (None, missing)} if missing else {}
        unit.record(erasing.ADOPT, None, changes, "usher migrate")


def _is_known(store: "Store") -> bool:
    """Return whether the history was taken over before, as the data folder knows.

    Then somebody has emptied the head: that is damage, and excuses no missing values.
    """
    known = anchor.known_here(store)
    return known is not None and bool(known.account)


def key_problem(store: "Store") -> str:
    """Return what is wrong with the key of the account as a sentence; empty where nothing is."""
    with store.read():
        head = head_row.head(store)
        return key.problem(store, head.key_check) if has_account(store) else ""
