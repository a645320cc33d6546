"""Adopt the history of a database that is older than the check value of the key.

`usher migrate` does this once, as soon as the key is available.
"""

from typing import TYPE_CHECKING

from store.audit import anchor, erasing, head_row, key
from store.presence import has_account
from store.session import operator_session

if TYPE_CHECKING:
    from store.database import Store


def adopt(store: "Store") -> None:
    """Store the check value of the key if the history was written with this key.

    Values that are missing already get an entry that lists them, because their cause is unknown.
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
    """Return whether the data folder knows that the history was adopted before.

    In that case an empty head is damage, and excuses no missing values.
    """
    known = anchor.known_here(store)
    return known is not None and bool(known.account)


def key_problem(store: "Store") -> str:
    """Return a sentence about what is wrong with the account's key, or an empty text."""
    with store.read():
        head = head_row.head(store)
        return key.problem(store, head.key_check) if has_account(store) else ""
