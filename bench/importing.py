"""Importing people with full validation, search index and audit, beside a raw loop over the file.

    python -m bench.importing [--rows 20000]

The floor reads the same file with `csv` and puts its cells into one table by `executemany`, a
transaction for as many rows, and does nothing else. The budgets are those of STORE.md: 5 000 rows
a second and 200 MB whatever the size.
"""

import argparse
import csv
import multiprocessing
import os
import resource
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

from bench.people import people
from store.access.catalogue import READY_MADE
from store.account import init
from store.exchange.headings import COLUMNS
from store.exchange.importing import BATCH, ImportSummary, Options, import_people, plan
from store.opening import open_store
from store.session import operator_session
from store.values import Draft

Result = TypeVar("Result")
Times = tuple[float, float]
"""Seconds on the clock, and of the processor: beside others that work, the latter say more."""

ROLES = tuple(READY_MADE)
TEAMS = ("North", "South", "East", "West", "Inside sales")
OWNER = Draft(first_name="Olga", last_name="Bakum", login="olga", email="olga@acme.com.ua")


def main() -> None:
    """Write a file of people, import it in a process of its own, and print the figures."""
    options = argparse.ArgumentParser(prog="bench.importing", description=__doc__)
    options.add_argument("--rows", type=int, default=20_000)
    number = options.parse_args().rows
    with tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        path = Path(folder) / "people.csv"
        _write(path, number)
        os.environ["USHER_DATA"] = f"{folder}/data"
        # Hashing the owner's password takes 64 MB, which would hide what the import takes.
        _elsewhere(_begin)
        floor = min(_raw(path) for _round in range(3))
        times, before, after = _elsewhere(_import, path)
    planned, imported, again, updated = times
    print(f"{number:<30,}      rows/s  against the floor  processor a row")
    for what, (seconds, processor) in (
        ("raw csv and executemany", floor),
        ("import", imported),
        ("validation alone (--dry-run)", planned),
        ("the same file again", again),
        ("a changed file with --update", updated),
    ):
        ratio, each = seconds / floor[0], processor / number * 1e6
        print(f"{what:30}{number / seconds:12,.0f}{ratio:17.1f} x{each:14.0f} µs")
    print(f"memory at most {after:.0f} MB, {before:.0f} MB of it before the first row")


def _elsewhere(work: Callable[..., Result], *words: object) -> Result:
    """What the work returns when it is done in a process of its own."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as process:
        return process.submit(work, *words).result()


def _begin() -> None:
    store = open_store(create=True)
    init(store, "Acme", OWNER, "a lantern over the harbour")
    store.close()


def _write(path: Path, number: int) -> None:
    """A file of valid people, of whom three in four have a phone."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for place, one in enumerate(people(number)):
            phone = f"+38067{place:07}" if place % 4 else ""
            role, team = ROLES[one.role % len(ROLES)], TEAMS[one.teams[0] % len(TEAMS)]
            # What is left of another script in a made-up login would mix alphabets.
            login, email = (
                text.encode("ascii", "ignore").decode() for text in (one.login, one.email)
            )
            writer.writerow(
                [one.first, one.last, email, login, phone, "UA", "uk", role, team, "Sales"]
            )


def _raw(path: Path) -> Times:
    """The times that the floor takes."""
    path.with_name("raw.db").unlink(missing_ok=True)
    database = sqlite3.connect(path.with_name("raw.db"))
    database.execute("PRAGMA synchronous = FULL")
    database.execute(f"CREATE TABLE people ({', '.join(COLUMNS)})")
    begun = _now()
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        while batch := list(islice(rows, BATCH)):
            with database:
                database.executemany(
                    f"INSERT INTO people VALUES ({', '.join('?' * len(COLUMNS))})", batch
                )
    times = _since(begun)
    database.close()
    return times


def _import(path: Path) -> tuple[list[Times], float, float]:
    """The times of the dry run, the import, a second one, and one that changes everybody.

    And the megabytes before and at most.
    """
    store = open_store()
    session = operator_session(store)
    warming = path.with_name("warming.csv")
    warming.write_text(f"{','.join(COLUMNS)}\n,,,,+380671234567,UA,uk,,,\n", encoding="utf-8")
    plan(session, warming)
    changed = path.with_name("changed.csv")
    with path.open(encoding="utf-8") as old, changed.open("w", encoding="utf-8") as new:
        new.writelines(line.replace(",Sales\n", ",Support\n") for line in old)
    before = _megabytes()
    times: list[Times] = []
    verbs: tuple[Callable[[], ImportSummary], ...] = (
        lambda: plan(session, path, Options(create_teams=True)),
        lambda: import_people(session, path, Options(create_teams=True)),
        lambda: import_people(session, path, Options(create_teams=True)),
        lambda: import_people(session, changed, Options(update=True)),
    )
    for verb in verbs:
        begun = _now()
        assert not verb().failed
        times.append(_since(begun))
    store.close()
    return times, before, _megabytes()


def _now() -> Times:
    return perf_counter(), process_time()


def _since(begun: Times) -> Times:
    seconds, processor = _now()
    return seconds - begun[0], processor - begun[1]


def _megabytes() -> float:
    """The memory of this process at its highest."""
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return highest / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
