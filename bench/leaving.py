"""Somebody who owns very much leaves, in batches, and how long others wait beside it.

    python -m bench.leaving [--rows 100000]

The floor is one UPDATE of the same rows in one transaction, for all of which everybody else would
wait. Beside the batches another process changes somebody again and again: its longest wait may be
350 ms (DESIGN 3.8).
"""

import argparse
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from itertools import islice
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from time import perf_counter, sleep

from store import account, teams, users
from store.database import Store
from store.leaving import batches
from store.leaving.leave import leave
from store.opening import open_store
from store.session import operator_session
from store.users.status import set_status
from store.values import Draft, Status

BUDGET_MS = 350
PASSWORD = "correct horse battery"
CHUNK = 10_000


def main() -> None:
    """Give somebody records, let them leave, and print the figures."""
    options = argparse.ArgumentParser(prog="bench.leaving", description=__doc__)
    options.add_argument("--rows", type=int, default=100_000)
    number = options.parse_args().rows
    context = get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        os.environ["USHER_DATA"] = f"{folder}/data"
        store = open_store(create=True)
        ana, rui, eva = _settled(store, number)
        floor = _raw(f"{folder}/data/usher.db", ana)
        over, began = context.Event(), context.Event()
        with context.Pool(1, _share, (over, began)) as pool:
            writer = pool.apply_async(_change, (eva,))
            began.wait()
            begun = perf_counter()
            leave(operator_session(store), "deactivate", ana, rui)
            assert batches.carry_on(store) == ()
            seconds = perf_counter() - begun
            over.set()
            waits = sorted(writer.get())
        assert users.show(operator_session(store), ana).status is Status.INACTIVE
        store.close()
    print(f"{number:<24,}   seconds    rows/s  against the floor")
    for what, took in (("one UPDATE", floor), ("in batches", seconds)):
        print(f"{what:24}{took:10.2f}{number / took:10,.0f}{took / floor:17.2f} x")
    print(
        f"another writer meanwhile: {len(waits)} acts, half within"
        f" {waits[len(waits) // 2] * 1000:.0f} ms, the longest {waits[-1] * 1000:.0f} ms"
        f" (budget {BUDGET_MS})"
    )


def _settled(store: Store, number: int) -> tuple[int, int, int]:
    """Somebody who owns so many records, who gets them, and somebody else."""
    draft = Draft(first_name="Olga", last_name="Bakum", login="olga", email="olga@example.com")
    account.init(store, "Acme", draft, PASSWORD)
    session = operator_session(store)
    teams.create(session, "North")
    people = []
    for name in ("ana", "rui", "eva"):
        draft = Draft(
            first_name=name, last_name="Silva", login=name, email=f"{name}@example.com",
            role="Salesperson", teams=("North",),
        )  # fmt: skip
        user = users.create(session, draft)
        with store.write(session) as unit:
            set_status(unit, user, Status.ACTIVE)
        people.append(user.id)
    ana, rui, eva = people
    columns = ("kind", "ref", "title", "state", "owner_id")
    rows = _rows(number, ana)
    while chunk := list(islice(rows, CHUNK)):
        with store.write(session):
            store.insert_rows("usher_record", columns, chunk)
    return ana, rui, eva


def _rows(number: int, owner: int) -> Iterator[tuple[str, str, str, str, int]]:
    kinds = ("client", "opportunity", "task")
    for one in range(number):
        yield kinds[one % len(kinds)], str(one), f"Number {one}", "open", owner


def _raw(path: str, ana: int) -> float:
    """What one statement takes for all of them; it is taken back."""
    database = sqlite3.connect(path)
    begun = perf_counter()
    database.execute("UPDATE usher_record SET owner_id = 1 WHERE owner_id = ?", (ana,))
    took = perf_counter() - begun
    database.rollback()
    database.close()
    return took


_shared: dict[str, Event] = {}


def _share(over: Event, began: Event) -> None:
    _shared.update(over=over, began=began)


def _change(who: int) -> list[float]:
    """Change somebody until it is over; how long each change took."""
    store, waits = open_store(), list[float]()
    session = operator_session(store)
    users.edit(session, who, {"position": "warm"})
    _shared["began"].set()
    while not _shared["over"].is_set():
        begun = perf_counter()
        users.edit(session, who, {"position": f"number {len(waits)}"})
        waits.append(perf_counter() - begun)
        sleep(0.01)
    store.close()
    return waits


if __name__ == "__main__":
    main()
