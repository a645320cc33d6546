"""Search on PostgreSQL: GIN over the grams, for what is rare at once, else bucket by bucket.

GIN gives no order and never stops early, so it is asked for little at a time: a glance at the
first rows of the list finds the frequent, one answer sorts out the rare, and for what lies
between, everyone also carries tokens for the first one and two characters of the last name, in
the order of which the buckets are gone through until there are enough.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from store.listing.index import SAMPLE, bucket_token, sample_token
from store.listing.narrowing import Alternatives, Narrowing
from store.listing.places import RANKS, ranks, sunk
from store.listing.rows import Cut, Found, counted, fetch, find, glance

if TYPE_CHECKING:
    from store.database import Store

GLANCE = 1000
"""Rows of the list that are tested before the index is asked."""
RARE = 4000
"""People who are read and sorted at once."""
FREQUENT = 20_000
"""People among whom a thousand are counted sooner without the index."""

_PLANS = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin", "jit")
"""What the planner must not choose: it cannot know how many have a gram."""


def nearest(store: "Store", narrowing: Narrowing, cut: Cut, wanted: int, shown: str) -> list[Found]:
    """The people nearest to the start of the cut, in its direction: at most `wanted`."""
    tokens = narrowing.tokens()
    with store.database.atomic():
        steer(store)
        found = glance(store, narrowing, cut, wanted, GLANCE, shown)
        if len(found) >= wanted:
            return found
        if _about(store, tokens) <= RARE:
            return fetch(store, narrowing, cut, wanted, members(tokens), shown=shown)
        found = []
        for bucket in _buckets(store, narrowing, cut):
            here = members(tokens, bucket)
            found += fetch(store, narrowing, cut, wanted - len(found), here, shown=shown)
            if len(found) >= wanted:
                break
        return found


def count(store: "Store", narrowing: Narrowing, limit: int | None) -> int:
    """How many match, at most `limit`; the rows are read only where grams do not decide."""
    tokens = narrowing.tokens()
    tests, test_params = narrowing.tests(find(store))
    if limit is not None and _about(store, tokens) > FREQUENT:
        return counted(store, f"SELECT 1 FROM usher_user u WHERE {tests}", test_params, limit)
    with store.database.atomic():
        steer(store)
        select, params = members(tokens)
        if not narrowing.exact:
            select = (
                f"WITH j (id) AS MATERIALIZED ({select})"
                f" SELECT 1 FROM j CROSS JOIN usher_user u WHERE u.id = j.id AND {tests}"
            )
            params += test_params
        return counted(store, select, params, limit)


def members(tokens: Sequence[Alternatives], *also: str) -> tuple[str, list[Any]]:
    """The SELECT of the ids of all who have these tokens, with its parameters."""
    common = [one for any_of in tokens if len(any_of) == 1 for one in any_of[0]]
    tests, params = ["grams @> ?"], [[*common, *also]]
    for any_of in tokens:
        if len(any_of) > 1:
            tests.append(f"({' OR '.join(['grams @> ?'] * len(any_of))})")
            params += [list(all_of) for all_of in any_of]
    return f"SELECT user_id FROM usher_grams WHERE {' AND '.join(tests)}", params


def steer(store: "Store") -> None:
    """For this transaction, keep the planner to the indexes."""
    store.sql("SELECT " + ", ".join(f"set_config('{plan}', 'off', true)" for plan in _PLANS))


def _about(store: "Store", tokens: Sequence[Alternatives]) -> int:
    """About how many there are, from the sample that carries a token of its own."""
    select, params = members(tokens, sample_token())
    return counted(store, select, params, None) * SAMPLE


def _buckets(store: "Store", narrowing: Narrowing, cut: Cut) -> Iterator[str]:
    """The tokens of the buckets of two characters in which there is anyone, from the cut on."""
    start = cut.start
    edge = (start.bottom, *ranks(start.last_key)[:2]) if start else None
    ordered = range(RANKS - 1, -1, -1) if cut.backwards else range(RANKS)
    bottoms = sorted({sunk(status) for status in narrowing.statuses}, reverse=cut.backwards)
    tokens = narrowing.tokens()

    def ahead(*prefix: int) -> bool:
        if edge is None:
            return True
        here = edge[: len(prefix)]
        return prefix <= here if cut.backwards else prefix >= here

    firsts = [(bottom, rank) for bottom in bottoms for rank in ordered if ahead(bottom, rank)]
    for bottom, first in _inhabited(store, tokens, firsts):
        seconds = [(bottom, first, rank) for rank in ordered if ahead(bottom, first, rank)]
        for prefix in _inhabited(store, tokens, seconds):
            yield bucket_token(*prefix)


def _inhabited(
    store: "Store", tokens: Sequence[Alternatives], prefixes: Sequence[tuple[int, ...]]
) -> Iterator[tuple[int, ...]]:
    """Those of the prefixes, in order, with whom someone matches; each is sought when needed."""
    select, params = members(tokens)
    position = 0
    while position < len(prefixes):
        rows = store.sql(
            "SELECT b.n FROM unnest(?::text[]) WITH ORDINALITY b (token, n) CROSS JOIN LATERAL"
            f" ({select} AND grams @> ARRAY[b.token] LIMIT 1) someone LIMIT 1",
            [bucket_token(*prefix) for prefix in prefixes[position:]],
            *params,
        )
        if not rows:
            return
        position += rows[0][0]
        yield prefixes[position - 1]
