"""What somebody owns among a million records, against raw SQL in the same run.

    python -m bench.records [--records 1000000] [--postgres URL]

Prints the list of one owner, page by page, their counts, and assigning fifty of theirs.
`--postgres` names an empty database that may be filled.
"""

import argparse
import os
import random
import tempfile
import time

from bench.people import settle
from bench.timing import driver, in_turn, say, times
from store.opening import open_store
from store.records import listing
from store.records.assign import assign
from store.session import Session, operator_session
from store.values import RecordFilters, RecordPlace

ROUNDS = 60
OWNERS, MANY = 1_000, 10_000
"""People among whom the records are, and what the first of them owns at least."""
KINDS = ("client", "opportunity", "task", "chat", "trigger", "source")
STATES = ("open", "won", "lost", "")
GIVEN = 50


def main() -> None:
    """Fill an account, measure, print."""
    options = argparse.ArgumentParser(prog="bench.records", description=__doc__)
    options.add_argument("--records", type=int, default=1_000_000)
    options.add_argument("--postgres", metavar="URL")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        os.environ["USHER_DATA"] = f"{folder}/data"
        url = chosen.postgres or f"sqlite:///{folder}/many.db"
        store = open_store(url, create=True)
        began = time.perf_counter()
        settle(store, OWNERS)
        session = operator_session(store)
        _own(session, chosen.records)
        took = time.perf_counter() - began
        print(f"{chosen.records} records on {url.partition(':')[0]}, filled in {took:.0f} s")
        print(f"{'milliseconds':34}{'p50':>9}{'p95':>9}{'worst':>9}   against the floor's p50")
        with store.read():
            _measure(session)
        store.close()


def _own(session: Session, number: int) -> None:
    """The first person has many, the others share the rest."""
    dice = random.Random(5)
    columns = ("kind", "ref", "title", "state", "owner_id")
    with session.store.write(session):
        for start in range(0, number, 10_000):
            rows = [
                (
                    dice.choice(KINDS), str(one), f"Record {one}", dice.choice(STATES),
                    1 if one < MANY else dice.randint(1, OWNERS),
                )
                for one in range(start, min(start + 10_000, number))
            ]  # fmt: skip
            session.store.insert_rows("usher_record", columns, rows)
        session.store.sql("ANALYZE")


def _measure(session: Session) -> None:
    store, mine = session.store, RecordFilters(owner=1)
    places: list[RecordPlace] = []
    page = listing.listed(session, mine, limit=ROUNDS)
    while page.next and len(places) < ROUNDS:
        places.append(page.next)
        page = listing.listed(session, mine, after=page.next, limit=ROUNDS)
    with driver(store) as run:
        ours, raw = in_turn(
            [
                lambda n: listing.listed(session, mine, after=places[n]),
                lambda n: run(
                    "SELECT kind, ref, title, state, owner_id, sub_account_id FROM usher_record"
                    " WHERE owner_id = 1 AND (kind, state, ref) > (?, ?, ?)"
                    " ORDER BY kind, state, ref LIMIT 50",
                    (places[n].kind, places[n].state, places[n].ref),
                ),
            ],
            ROUNDS,
        )
        say("a page of one owner's", ours, raw, "the raw query", 20)
        ours, raw = in_turn(
            [
                lambda _: listing.counts(session, 1),
                lambda _: run(
                    "SELECT kind, state, count(*) FROM usher_record WHERE owner_id = 1"
                    " GROUP BY kind, state",
                    (),
                ),
            ],
            ROUNDS,
        )
        say("the counts of one owner", ours, raw, "the raw query", 3)
        say("a page of everybody's", times(lambda _: listing.listed(session), ROUNDS))
        say("a page of one state's", times(
            lambda n: listing.listed(session, RecordFilters(kind=KINDS[n % 6], state="won")), ROUNDS
        ))  # fmt: skip
    clients = listing.listed(session, RecordFilters(1, "client"), limit=GIVEN).records
    taken = [one.ref for one in clients]
    ((heir,),) = store.sql("SELECT min(id) FROM usher_user WHERE status = 'active' AND id > 1")

    def give(_round: int) -> None:
        with store.rehearse(session):
            assign(session.because("a benchmark"), {"client": taken}, heir)

    say(f"rehearsing to give {GIVEN}", times(give, ROUNDS))


if __name__ == "__main__":
    main()
