"""Refuse to open a database that is not the one this data folder knows.

A lost or replaced account is never taken for a new one. Without the account's key, nothing is read
or written.
"""

from typing import TYPE_CHECKING

from store.audit import anchor, chain, key
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
    if known is not None:
        raise Unavailable(
            _(
                "The account at {where} is missing. {path} has its history up to entry {seq}."
                " Restore a backup of the database. To create a new account in its place instead:"
                " usher init --replace"
            ).format(where=store.where, path=anchor.path_of(store), seq=known.seq),
            code="account_lost",
        )


def check(store: "Store", *, any_key: bool = False) -> None:
    """Check that the data folder knows this account and has its key.

    Raises:
        Unavailable: It is another account (code `account_replaced`), or `server.key` is missing
            or wrong (code `server_key`, not with `any_key`).
    """
    with store.read():
        head = chain.head(store)
        if not head.account:
            return
        known = anchor.known_here(store)
        if known is not None and known.account not in {"", head.account}:
            raise Unavailable(
                _(
                    "{where} holds a different account than {path} expects. Restore a backup of the"
                    " expected account. To use the other account, copy its whole data folder."
                ).format(where=store.where, path=anchor.path_of(store)),
                code="account_replaced",
            )
        if not any_key:
            found = key.require(store, head.key_check, head.seq)
            store.key_check = key.check_value(found) if head.key_check else ""
