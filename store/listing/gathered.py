"""Pages and counts of those who are locked, or soon will be: by their ids where they are few.

Where they are many, as on an account whose people are away for the summer, fifty are found soon by
walking the list's own index.
"""

from typing import TYPE_CHECKING, Any

from store.listing import postgres
from store.listing.locked import Condition
from store.listing.narrowing import Narrowing
from store.listing.rows import Cut, Found, counted, fetch, find, walk

if TYPE_CHECKING:
    from store.database import Store

FEW = 5_000
"""People who are read and sorted; above it walking costs less."""
CROWDED = 20_000
"""People whose ids are gathered before walking; above it everyone is tested."""

_BOTTOM = (1, "")
"""Where the blocked and inactive begin, none of whom is ever here."""


def nearest(
    store: "Store", narrowing: Narrowing, held: Condition, cut: Cut, limit: int, shown: str
) -> list[Found] | None:
    """The people nearest to the start of the cut, in its direction: at most `limit`.

    None where there are many and words are sought besides: the search index knows better.
    """
    with store.database.atomic(*(() if store.postgres else ("DEFERRED",))):
        if store.postgres:
            postgres.steer(store)
        members = (held.members, held.members_params)
        number = counted(store, *members, CROWDED + 1)
        if number <= FEW:
            return fetch(store, narrowing, cut, limit, members, shown=shown)
        if searched(narrowing):
            return None
        return walk(
            store,
            narrowing,
            cut.up_to(*_BOTTOM) if cut.backwards else cut,
            limit,
            edge=None if cut.backwards else _BOTTOM,
            members=members if number <= CROWDED else None,
            shown=shown,
        )


def count(store: "Store", narrowing: Narrowing, held: Condition, limit: int | None) -> int | None:
    """How many match, at most `limit`; None as for `nearest`."""
    members, params = held.members, list(held.members_params)
    if searched(narrowing) and counted(store, members, params, FEW + 1) > FEW:
        return None
    tests, test_params = narrowing.tests(find(store))
    with store.database.atomic(*(() if store.postgres else ("DEFERRED",))):
        if store.postgres:
            postgres.steer(store)
        select = (
            f"SELECT 1 FROM ({members}) j CROSS JOIN usher_user u WHERE u.id = j.id AND {tests}"
        )
        all_params: list[Any] = [*params, *test_params]
        return counted(store, select, all_params, limit)


def searched(narrowing: Narrowing) -> bool:
    """Whether the search index knows something of what else is asked for."""
    return bool(narrowing.words or narrowing.role_id or narrowing.team_id)
