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
from itertools import islice, pairwise
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from bench.people import people
from store.access.roles import READY_MADE
from store.account import init
from store.exchange.headings import COLUMNS
from store.exchange.importing import BATCH, import_people, plan
from store.opening import open_store
from store.session import operator_session
from store.values import Draft

Result = TypeVar("Result")

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
        planned, imported, again, before, after = _elsewhere(_import, path)
    print(f"{number} rows                          rows/s   against the floor")
    for what, seconds in (
        ("raw csv and executemany", floor),
        ("import", imported),
        ("validation alone (--dry-run)", planned),
        ("the same file again", again),
    ):
        print(f"{what:30}{number / seconds:12,.0f}{seconds / floor:14.1f} x")
    print(f"memory at most {after:.0f} MB, {before:.0f} MB of it before the first row")


def _elsewhere(work: Callable[..., Result], *words: object) -> Result:
    """What the work returns when it is done in a process of its own."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as process:
        return process.submit(work, *words).result()


def _begin() -> None:
    store = open_store()
    init(store, "Acme", OWNER, "a lantern over the harbour")
    store.close()


def _write(path: Path, number: int) -> None:
    """A file of valid people, of whom three in four have a phone."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for place, one in enumerate(people(number)):
            phone = f"+38067{place:07}" if place % 4 else ""
            role, team = READY_MADE[one.role % len(READY_MADE)], TEAMS[one.teams[0] % len(TEAMS)]
            # What is left of another script in a made-up login would mix alphabets.
            login, email = (
                text.encode("ascii", "ignore").decode() for text in (one.login, one.email)
            )
            writer.writerow(
                [one.first, one.last, email, login, phone, "UA", "uk", role, team, "Sales"]
            )


def _ascii(text: str) -> str:
    return text.encode("ascii", "ignore").decode()


def _raw(path: Path) -> float:
    """Seconds that the floor takes."""
    path.with_name("raw.db").unlink(missing_ok=True)
    database = sqlite3.connect(path.with_name("raw.db"))
    database.execute("PRAGMA synchronous = FULL")
    database.execute(f"CREATE TABLE people ({', '.join(COLUMNS)})")
    begun = perf_counter()
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        while batch := list(islice(rows, BATCH)):
            with database:
                database.executemany(
                    f"INSERT INTO people VALUES ({', '.join('?' * len(COLUMNS))})", batch
                )
    seconds = perf_counter() - begun
    database.close()
    return seconds


def _import(path: Path) -> tuple[float, float, float, float, float]:
    """Seconds of the dry run, the import and a second import; megabytes before and at most."""
    store = open_store()
    session = operator_session(store)
    warming = path.with_name("warming.csv")
    warming.write_text(f"{','.join(COLUMNS)}\n,,,,+380671234567,UA,uk,,,\n", encoding="utf-8")
    plan(session, warming)
    before = _megabytes()
    moments = [perf_counter()]
    for verb in (plan, import_people, import_people):
        summary = verb(session, path, create_teams=True)
        assert not summary.failed
        moments.append(perf_counter())
    store.close()
    planned, imported, again = (after - begun for begun, after in pairwise(moments))
    return planned, imported, again, before, _megabytes()


def _megabytes() -> float:
    """The memory of this process at its highest."""
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return highest / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
