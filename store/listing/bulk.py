"""People in bulk, in the order of the list: as texts, page by page, whatever their number.

A page is one statement, and nothing is held between two of them: no transaction, no cursor. So
writers never wait for a reader, and whoever is renamed meanwhile may be met twice or not at all.
"""

import json
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from store import access
from store.listing.counts import count
from store.listing.narrowing import narrowing
from store.listing.pages import nearest
from store.listing.rows import Cut, fetch, place_of, walk
from store.values import ALL, Filters

if TYPE_CHECKING:
    from store.database import Store
    from store.listing.narrowing import Narrowing
    from store.session import Session

PAGE = 500
MANY = 20_000
"""Matches above which the whole list is walked: then those who are passed over cost little."""

_PLACE = 4
"""Columns of the place, which stand before those asked for."""

_SHOWN = itemgetter(slice(_PLACE, None))

_TEXTS = ("first_name", "last_name", "email", "login", "phone", "country", "language", "position",
          "status")  # fmt: skip
_FLAGS = ("admin", "owner", "simulator_only")
_MOMENTS = ("last_seen", "created")
_CARD = ("currency", "number", "address", "notes")


def people(
    session: "Session", filters: Filters, columns: Sequence[str]
) -> Iterator[list[tuple[str, ...]]]:
    """Pages of those whom the filters show, each person as the texts of the columns.

    Times are RFC 3339 in UTC, flags `true` or `false`, several teams or sub-accounts are
    joined by `|`.

    Raises:
        NotAllowed: the actor may not export users; looked at anew for each page.
    """
    known = expressions(session.store)
    shown = ", ".join(known[column] for column in columns)
    yield from _pages(session, filters, shown, "users.export")


def numbers(session: "Session", filters: Filters) -> Iterator[list[int]]:
    """Pages of the ids of those whom the filters show.

    Raises:
        NotAllowed: the actor may not see users; looked at anew for each page.
    """
    for page in _pages(session, filters, "u.id", "users.view"):
        yield [number for (number,) in page]


def _pages(
    session: "Session", filters: Filters, shown: str, permission: str
) -> Iterator[list[tuple[Any, ...]]]:
    store = session.store
    access.require(session, permission)
    with store.read():
        wanted = narrowing(store, filters)
    if wanted is None:
        return
    few = not wanted.everyone and not count(session, filters, MANY).capped
    cut, more = Cut(), True
    while more:
        with store.read():
            access.require(session, permission)
            if few:
                found = nearest(store, wanted, cut, PAGE)
                read = _read(store, wanted, [one[_PLACE - 1] for one in found], shown)
            else:
                found = read = walk(store, wanted, cut, PAGE, shown=shown)
        if read:
            yield list(map(_SHOWN, read))
        more = len(found) == PAGE
        cut = Cut(place_of(found[-1])) if more else cut


def _read(
    store: "Store", wanted: "Narrowing", numbers: Sequence[int], shown: str
) -> list[tuple[Any, ...]]:
    """The people of these ids, as far as the filters still show them."""
    members = (
        ("SELECT unnest(?::int[])", [list(numbers)])
        if store.postgres
        else ("SELECT value FROM json_each(?)", [json.dumps(numbers)])
    )
    return fetch(store, wanted, Cut(), len(numbers), members, shown=shown)


def expressions(store: "Store") -> dict[str, str]:
    """Each column as SQL that gives a text, about a user `u` with the role `r`."""
    teams = "FROM usher_membership m JOIN usher_team t ON t.id = m.team_id WHERE m.user_id = u.id"
    granted = (
        "FROM usher_sub_access a JOIN usher_sub_account s ON s.id = a.sub_account_id"
        " WHERE a.user_id = u.id"
    )
    if store.postgres:
        moment = "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
        joined = "(SELECT string_agg({0}.name, '|' ORDER BY {0}.name_key) {1})"
    else:
        # Before version 3.44 the order comes from below the aggregate.
        moment = "substr({}, 1, 19) || 'Z'"
        joined = "(SELECT group_concat(name, '|') FROM (SELECT {0}.name {1} ORDER BY {0}.name_key))"
    return {
        **{name: f"u.{name}" for name in _TEXTS},
        **{name: _flag(f"u.{name}") for name in _FLAGS},
        **{name: f"coalesce({moment.format(f'u.{name}')}, '')" for name in _MOMENTS},
        **{
            name: f"coalesce((SELECT e.{name} FROM usher_employee e WHERE e.user_id = u.id), '')"
            for name in _CARD
        },
        "id": "CAST(u.id AS TEXT)",
        "role": "coalesce(r.name, '')",
        "team": f"coalesce({joined.format('t', teams)}, '')",
        "sub_accounts": f"CASE WHEN u.all_sub_accounts THEN '{ALL}'"
        f" ELSE coalesce({joined.format('s', granted)}, '') END",
        "confirmed": _flag("u.confirmed_at IS NOT NULL"),
    }


def _flag(condition: str) -> str:
    return f"CASE WHEN {condition} THEN 'true' ELSE 'false' END"
