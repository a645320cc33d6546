"""Search on SQLite: FTS5 yields people in the order of their places, so reading stops early.

Places know only how a last name begins, so people come in groups. A small group is read whole
and sorted. A larger one is walked in the list's own index, looking only at those of whom the
search index knows; and where these are very many, at everyone, for then fifty are found soon.
"""

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from store.listing.index import number_of
from store.listing.narrowing import Alternatives, Narrowing
from store.listing.places import ID_BITS, bounds, group
from store.listing.rows import Cut, Found, counted, fetch, find, walk

if TYPE_CHECKING:
    from store.database import Store

LARGE = 500
"""People of one group that are read and sorted; above it walking costs less."""
CROWDED = 20_000
"""People of one group whose ids are gathered before walking; above it everyone is tested."""

_END = (1 << 63) - 1
_IDS = number_of(_END)


def nearest(store: "Store", narrowing: Narrowing, cut: Cut, wanted: int, shown: str) -> list[Found]:
    """The people nearest to the start of the cut, in its direction: at most `wanted`."""
    # One snapshot: nobody may move from one group to the next between two statements.
    with store.database.atomic("DEFERRED"):
        return _groups(store, narrowing, cut, wanted, shown)


def _groups(store: "Store", narrowing: Narrowing, cut: Cut, wanted: int, shown: str) -> list[Found]:
    expression = match(narrowing.tokens())
    low, high = 0, _END
    if cut.start:
        code = group(cut.start.bottom, cut.start.last_key)
        low, high = (low, _last(code)) if cut.backwards else (_first(code), high)
    found: list[Found] = []
    size = 3 * wanted
    while len(found) < wanted:
        places = _places(store, expression, (low, high), cut.backwards, size)
        exhausted = len(places) < size
        code = places[-1] >> ID_BITS if places else 0
        complete = places if exhausted else [one for one in places if one >> ID_BITS != code]
        if complete:
            members = json.dumps([number_of(one) for one in complete])
            found += fetch(
                store,
                narrowing,
                cut,
                wanted - len(found),
                ("SELECT value FROM json_each(?)", [members]),
                shown=shown,
            )
        elif size >= LARGE:
            found += _walk_group(store, narrowing, cut, wanted - len(found), code, shown)
            code += -1 if cut.backwards else 1
        if exhausted:
            break
        low, high = (low, _last(code)) if cut.backwards else (_first(code), high)
        size = max(size, LARGE)
    return found


def match(tokens: Sequence[Alternatives]) -> str:
    """The FTS5 expression of what must hold. Tokens are quoted and hold no quotes."""
    return _joined(" AND ", [_joined(" OR ", map(_all, any_of)) for any_of in tokens])


def _all(tokens: Iterable[str]) -> str:
    return _joined(" AND ", [f'"{token}"' for token in tokens])


def _joined(operator: str, expressions: Iterable[str]) -> str:
    return f"({operator.join(expressions)})"


def _first(code: int) -> int:
    return code << ID_BITS


def _last(code: int) -> int:
    return (code + 1 << ID_BITS) - 1


def _places(
    store: "Store", expression: str, between: tuple[int, int], backwards: bool, limit: int
) -> list[int]:
    rows = store.sql(
        "SELECT rowid FROM usher_grams WHERE usher_grams MATCH ? AND rowid BETWEEN ? AND ?"
        f" ORDER BY rowid {'DESC' if backwards else 'ASC'} LIMIT ?",
        expression,
        *between,
        limit,
    )
    return [row[0] for row in rows]


def _walk_group(
    store: "Store", narrowing: Narrowing, cut: Cut, wanted: int, code: int, shown: str
) -> list[Found]:
    where = "FROM usher_grams WHERE usher_grams MATCH ? AND rowid BETWEEN ? AND ?"
    params = [match(narrowing.tokens()), _first(code), _last(code)]
    crowded = counted(store, f"SELECT 1 {where}", params, CROWDED) == CROWDED
    begin, beyond = bounds(code)
    return walk(
        store,
        narrowing,
        cut.up_to(*beyond) if cut.backwards else cut.from_(*begin),
        wanted,
        edge=begin if cut.backwards else beyond,
        members=None if crowded else (f"SELECT rowid & {_IDS} {where}", params),
        shown=shown,
    )


def count(store: "Store", narrowing: Narrowing, limit: int | None) -> int:
    """How many match, at most `limit`; the rows are read only where grams do not decide."""
    select = "SELECT 1 FROM usher_grams g"
    params: list[Any] = [match(narrowing.tokens())]
    if narrowing.exact:
        select += " WHERE g.usher_grams MATCH ?"
    else:
        tests, test_params = narrowing.tests(find(store))
        select += (
            f" CROSS JOIN usher_user u ON u.id = (g.rowid & {_IDS})"
            f" WHERE g.usher_grams MATCH ? AND {tests}"
        )
        params += test_params
    return counted(store, select, params, limit)
