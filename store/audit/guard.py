"""What is refused when an account is opened: a database that is not the one known here.

An account that is lost, or replaced by another one, is never taken for a new one; and without its
key nothing is read or written.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from store.audit import anchor, chain, key
from store.errors import Unavailable
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store


def require_known(store: "Store", *, migrating: bool = False) -> None:
    """Check that there is a database at an address where the data folder knows an account.

    Creates nothing, not even an empty file. Whether the account is in an SQLite database is seen
    by `check`, which reads it anyway; what migrates is not checked by that.

    Raises:
        Unavailable: It is lost (code `account_lost`).
    """
    known = anchor.known_here(store)
    if known is None:
        return
    if not store.postgres and not migrating:
        if not _is_empty_file(store):
            return
    elif _holds_account(store):
        return
    raise _lost(store, known)


def check(store: "Store", *, any_key: bool = False, replace: bool = False) -> None:
    """Check that this is the account that the data folder knows, and that the key is its own.

    Raises:
        Unavailable: It is lost (code `account_lost`; not with `replace`), it is another account
            (code `account_replaced`), or the key is missing or another one (code `server_key`; not
            with `any_key`).
    """
    with store.read():
        head = chain.head(store)
        known = anchor.known_here(store)
        if not head.account:
            if known is not None and not replace:
                raise _lost(store, known)
            return
        if known is not None and known.account not in {"", head.account}:
            raise Unavailable(
                _(
                    "{where} holds another account than the one that {path} knows. Restore a"
                    " backup of that account. If the other account is meant, copy its own data"
                    " folder as a whole."
                ).format(where=store.where, path=anchor.path_of(store)),
                code="account_replaced",
            )
        if not any_key:
            found = key.require(store, head.key_check, head.seq)
            store.key_check = key.check_value(found) if head.key_check else ""


def _lost(store: "Store", known: anchor.Anchor) -> Unavailable:
    return Unavailable(
        _(
            "The account at {where} is gone: {path} knows its history up to entry {seq}. Restore a"
            " backup of the database. To begin a new account in its place instead:"
            " usher init --replace"
        ).format(where=store.where, path=anchor.path_of(store), seq=known.seq),
        code="account_lost",
    )


def _is_empty_file(store: "Store") -> bool:
    path = Path(store.where)
    return not path.is_file() or not path.stat().st_size


def _holds_account(store: "Store") -> bool:
    if not store.postgres and _is_empty_file(store):
        return False
    with store.read():
        if "usher_account" not in store.database.get_tables():
            return False
        return bool(store.sql("SELECT id FROM usher_account"))
