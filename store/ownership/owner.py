"""Who owns the account, for everybody who may have to act where the owner does not."""

from typing import TYPE_CHECKING

from store import access
from store.ownership import standing
from store.values import Ownership

if TYPE_CHECKING:
    from store.session import Session


def show(session: "Session") -> Ownership:
    """Who owns the account since when, whether they are absent, and from when it may be claimed.

    Raises:
        NotAllowed: the actor is no admin.
    """
    store = session.store
    with store.read():
        access.require(session, "owner.view")
        return standing.load(store, store.now())
