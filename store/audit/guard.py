"""Refuse to open a database that is not the one this data folder knows.

A lost or replaced account is never taken for a new one. Without the account's key, nothing is read
or written.
"""

from typing import TYPE_CHECKING

from store.audit import anchor, head_row, key
from store.errors import Unavailable
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store


def refuse_lost(store: "Store") -> None:
    """Refuse an address without an account if the data folder knows one there.

    Raises:
        Unavailable: The account is lost (code `account_lost`).
    """
    known = anchor.known_here(store)
    if known is None and not store.has_database and _has_key_of_lost(store):
        raise Unavailable(
            _(
                "{where} is gone: {path} is the key of an account. Restore a backup of the"
                " database. To begin a new account in its place instead: usher init --replace"
            ).format(where=store.where, path=store.folder.key_path),
            code="account_lost",
        )
    if known is not None:
        raise Unavailable(
            _(
                "The account at {where} is missing. {path} has its history up to entry {seq}."
                " Restore a backup of the database. To create a new account in its place instead:"
                " usher init --replace"
            ).format(where=store.where, path=anchor.path_of(store), seq=known.seq),
            code="account_lost",
        )


def _has_key_of_lost(store: "Store") -> bool:
    """Return whether the folder has a key that belongs to none of the other accounts in it."""
    folder = store.folder
    return folder.key_path.exists() and not any(folder.path.glob(anchor.PATTERN))


def check(store: "Store", *, any_key: bool = False) -> None:
    """Check that the data folder knows this account and has its key.

    Raises:
        Unavailable: It is another account (code `account_replaced`), or `server.key` is missing
            or wrong (code `server_key`, not with `any_key`).
    """
    with store.read():
        head = head_row.head(store)
        known = anchor.known_here(store)
        if head.account and known is not None and known.account not in {"", head.account}:
            raise Unavailable(
                _(
                    "{where} holds a different account than {path} expects. Restore a backup of the"
                    " expected account. To use the other account, copy its whole data folder."
                ).format(where=store.where, path=anchor.path_of(store)),
                code="account_replaced",
            )
        if not any_key:
            found = key.require(store, head.key_check)
            if head.is_of_before and not (known is not None and known.account):
                raise Unavailable(
                    _(
                        "The history at {where} was written by an older version of Usher. Take it"
                        " over: usher migrate"
                    ).format(where=store.where),
                    code="migration_needed",
                )
            store.key_check = key.check_value(found)
