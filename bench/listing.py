"""The list against what it could be at best, both measured in the same run.

    python -m bench.listing [--users 100000] [--postgres URL]

Prints each figure with its floor and the ratio to it; the budgets are those of STORE.md.
`--postgres` names an empty database that may be filled.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

from bench.people import people, settle
from bench.timing import driver, in_turn, say, times
from store.database import Store
from store.listing import count, fold, page, rows
from store.listing.narrowing import Narrowing
from store.opening import open_store
from store.session import Session, operator_session
from store.values import Filters, Place, Status

ROUNDS = 60
SEARCHES = 500
SCANS = 20
OPENINGS = 15
OPENING = (
    "import sys; from store import open_store, operator_session; from store.listing import page;"
    " page(operator_session(open_store(sys.argv[1])))"
)


def main() -> None:
    """Fill an account, measure, print."""
    options = argparse.ArgumentParser(prog="bench.listing", description=__doc__)
    options.add_argument("--users", type=int, default=100_000)
    options.add_argument("--postgres", metavar="URL")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        os.environ["USHER_DATA"] = f"{folder}/data"
        url = chosen.postgres or f"sqlite:///{folder}/many.db"
        began = time.perf_counter()
        _fill(url, chosen.users)
        took = time.perf_counter() - began
        print(f"{chosen.users} users on {url.partition(':')[0]}, filled in {took:.0f} s")
        print(f"{'milliseconds':34}{'p50':>9}{'p95':>9}{'worst':>9}   against the floor's p50")
        store = open_store(url)
        with store.read():
            _measure(operator_session(store), chosen.users)
        _close(store)
        if not chosen.postgres:
            _measure_opening(url, f"sqlite:///{folder}/ten.db")


def _fill(url: str, number: int) -> None:
    store = open_store(url, create=True)
    settle(store, number)
    _close(store)


def _close(store: Store) -> None:
    store.close()
    if store.postgres:
        store.database.close_all()  # type: ignore[attr-defined]


def _measure(session: Session, number: int) -> None:
    store = session.store
    chance = random.Random(5)
    places = _some_places(store, number, chance)
    with driver(store) as run:
        ours, raw = in_turn(
            [
                lambda n: page(session, after=places[n]),
                lambda n: run(*_raw_page(store, places[n])),
            ],
            ROUNDS,
        )
        say("a page anywhere", ours, raw, "the raw query", 1.5)
        first, last = in_turn([lambda _: page(session), lambda _: page(session, end=True)], ROUNDS)
        say("first page", first, ours, "a page", 3)
        say("last page", last, ours, "a page", 3)
        typed = list(_typed(number, chance))[:SEARCHES]
        scanned = [typed[n] for n in chance.sample(range(len(typed)), SCANS)]
        (scans,) = in_turn([lambda n: run(*_scan(scanned[n]))], SCANS, warm=False)
        found = times(lambda n: page(session, typed[n]), len(typed))
        say("a search, letter by letter", found, scans, "a LIKE scan of the key", 1 / 20, p95=True)
        counted = times(lambda n: count(session, typed[n]), len(typed))
        say("its capped count", counted)
        pages = [(typed[n], page(session, typed[n]).last) for n in range(0, len(typed), 5)]
        nexts = [(filters, place) for filters, place in pages if place]
        say(
            "its next page",
            times(lambda n: page(session, nexts[n][0], after=nexts[n][1]), len(nexts)),
        )


def _measure_opening(many: str, ten: str) -> None:
    """A process of its own each time: from nothing to the first page, without the screens."""
    _fill(ten, 10)

    def opened(url: str) -> None:
        subprocess.run([sys.executable, "-c", OPENING, url], check=True)

    ours, floor = in_turn([lambda _: opened(many), lambda _: opened(ten)], OPENINGS)
    say("opening, to the first page", ours, floor, "with ten users", 1.1)


def _some_places(store: Store, number: int, chance: random.Random) -> list[Place]:
    found = [
        store.sql(
            "SELECT bottom, last_key, first_key, id FROM usher_user WHERE id = ?",
            chance.randint(1, number),
        )
        for _ in range(ROUNDS)
    ]
    return [Place(*row) for ((*row,),) in found]


def _typed(number: int, chance: random.Random) -> Iterator[Filters]:
    """Names as they are typed, letter by letter; 45 in 100 with a filter."""
    someone = list(people(min(number, 20_000)))
    while True:
        one = chance.choice(someone)
        text = chance.choice(
            [one.last, f"{one.first} {one.last}", one.login, one.email, one.phone[-7:]]
        )
        filters: dict[str, Any] = {}
        if chance.random() < 0.45:
            filters = chance.choice(
                [
                    {"statuses": (Status(one.status),)},
                    {"role": f"role {one.role}"},
                    {"team": f"Team {one.teams[0]}"},
                ]
            )
        for end in range(1, min(len(text), 12) + 1):
            yield Filters(text[:end], **filters)
        if chance.random() < 0.002:
            return


def _raw_page(store: Store, place: Place) -> tuple[str, list[Any]]:
    """The same columns of the same fifty people, without the program round it."""
    tests, params = Narrowing().tests(rows.find(store))
    return (
        "SELECT u.bottom, u.last_key, u.first_key, u.id, u.status, u.first_name, u.last_name,"
        " u.login, u.email, u.phone, r.name, u.last_seen, u.admin, u.owner, u.attempts,"
        " u.attempted_at, u.attempted_from, u.locked_at, u.lock_rounds, u.idle_from"
        " FROM usher_user u"
        " LEFT JOIN usher_role r ON r.id = u.role_id"
        " WHERE (u.bottom, u.last_key, u.first_key, u.id) > (?, ?, ?, ?)"
        f" AND {tests} ORDER BY u.bottom, u.last_key, u.first_key, u.id LIMIT 51",
        [place.bottom, place.last_key, place.first_key, place.id, *params],
    )


def _scan(filters: Filters) -> tuple[str, list[Any]]:
    words = [f"%{word}%" for word in fold(filters.search).split()] or ["%"]
    tests = " AND ".join(["search_key LIKE ?"] * len(words))
    return (
        f"SELECT id FROM (SELECT id, bottom, last_key, first_key FROM usher_user WHERE {tests})"
        " found ORDER BY bottom + 0, last_key, first_key, id LIMIT 50",
        words,
    )


if __name__ == "__main__":
    main()
