"""Pages of the list, by place and never by number: a page costs the same anywhere (STORE.md)."""

from typing import TYPE_CHECKING

from store import access
from store.listing import gathered, postgres, sqlite
from store.listing.lines import Lines
from store.listing.narrowing import Narrowing, narrowing
from store.listing.rows import Cut, Found, place_of, walk
from store.values import Filters, Page, Place

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session

PAGE = 50


def page(
    session: "Session",
    filters: Filters = Filters(),  # noqa: B008  (frozen)
    *,
    at: Place | None = None,
    after: Place | None = None,
    before: Place | None = None,
    end: bool = False,
    limit: int = PAGE,
) -> Page:
    """Consecutive rows of the list, ordered by bottom flag, folded last and first name, id.

    Without a place: the first page, or with `end` the last one. `after` and `before` leave out
    the place itself and follow from it in that direction; `at` begins with whoever stands there
    now or comes next, which is how a list is loaded anew in place. At most one of them is given.
    Rows always come in the order of the list. An unknown role or team matches nobody.

    Raises:
        NotAllowed: the actor may not see users.
    """
    start = after or before
    cut = Cut(at or start, inclusive=True, backwards=bool(before or end))
    store = session.store
    with store.read():
        access.require(session, "users.view")
        wanted = narrowing(store, filters)
        if wanted is None:
            return Page()
        lines = Lines(store, filters)
        found = nearest(store, wanted, cut, limit + 1 + bool(start), lines.columns)
        if start and found and place_of(found[0]) == start:
            # Who was last on the page before still stands there, so there is someone behind.
            del found[0]
            behind = True
        else:
            behind = _behind(store, wanted, cut)
        further = len(found) > limit
        del found[limit:]
        if cut.backwards:
            found.reverse()
        shown = lines.rows(found)
    return Page(
        rows=shown,
        first=shown[0].place if shown else None,
        last=shown[-1].place if shown else None,
        before=further if cut.backwards else behind,
        after=behind if cut.backwards else further,
    )


def nearest(
    store: "Store", wanted: Narrowing, cut: Cut, limit: int, shown: str = "1"
) -> list[Found]:
    """The people nearest to the start of the cut, in its direction: at most `limit`.

    `shown` is what to read of each, as SQL about a user `u` with the role `r`.
    """
    if wanted.everyone:
        return walk(store, wanted, cut, limit, shown=shown)
    if wanted.locked is not None:
        found = gathered.nearest(store, wanted, wanted.locked, cut, limit, shown)
        if found is not None:
            return found
    searched = postgres.nearest if store.postgres else sqlite.nearest
    return searched(store, wanted, cut, limit, shown)


def _behind(store: "Store", wanted: Narrowing, cut: Cut) -> bool:
    """Whether someone stands on the side from which the reading came."""
    if cut.start is None:
        return False
    back = Cut(cut.start, backwards=not cut.backwards)
    return bool(nearest(store, wanted, back, 1))
