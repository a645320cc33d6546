"""How many a list holds: at once and capped for the screen, exact when there is time."""

from typing import TYPE_CHECKING

from store import access
from store.listing import gathered, postgres, sqlite
from store.listing.narrowing import narrowing
from store.listing.rows import counted
from store.values import Count, Filters

if TYPE_CHECKING:
    from store.database import Store
    from store.listing.narrowing import Narrowing
    from store.session import Session

CAP = 1000

_EVERYONE = "SELECT 1 FROM usher_user WHERE status <> 'removed'"


def count(
    session: "Session",
    filters: Filters = Filters(),  # noqa: B008  (frozen)
    cap: int | None = CAP,
) -> Count:
    """How many match, at most `cap`; with None however many there are, however long it takes.

    Raises:
        NotAllowed: the actor may not see users.
    """
    store = session.store
    with store.read():
        access.require(session, "users.view")
        wanted = narrowing(store, filters)
        if wanted is None:
            return Count(0)
        limit = None if cap is None else cap + 1
        if wanted.everyone:
            number = counted(store, _EVERYONE, [], limit)
        else:
            number = _matching(store, wanted, limit)
    return Count(number) if cap is None or number <= cap else Count(cap, capped=True)


def _matching(store: "Store", wanted: "Narrowing", limit: int | None) -> int:
    if wanted.locked is not None:
        number = gathered.count(store, wanted, wanted.locked, limit)
        if number is not None:
            return number
    matching = postgres.count if store.postgres else sqlite.count
    return matching(store, wanted, limit)
