"""Exporting people, safe against formulae, beside a raw loop over the same rows.

    python -m bench.exporting [--rows 100000]

The floor is one statement that gives the very same cells, and `csv.writer` over its cursor:
nothing is protected, nothing recorded, and the transaction stays open until the end. The budget is
1.5 times that, in memory that does not grow with the rows.
"""

import argparse
import csv
import os
import sqlite3
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.importing import _elsewhere, _megabytes
from bench.people import settle
from store.exchange.exporting import export_people
from store.exchange.headings import COLUMNS
from store.listing.bulk import expressions
from store.opening import open_store
from store.session import operator_session
from store.values import Filters, Status

ROUNDS = 5


def main() -> None:
    """Settle people, export them in a process of its own, and print the figures."""
    options = argparse.ArgumentParser(prog="bench.exporting", description=__doc__)
    options.add_argument("--rows", type=int, default=100_000)
    number = options.parse_args().rows
    with tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        os.environ["USHER_DATA"] = f"{folder}/data"
        _elsewhere(_settle, number)
        floors, wholes, active, rows, before, after = _elsewhere(_measure, Path(folder))
    floor, whole = median(floors), median(wholes)
    print(f"{number} rows                          rows/s   against the floor")
    print(f"{'raw statement and csv.writer':30}{number / floor:12,.0f}{1:14.1f} x")
    print(f"{'export':30}{number / whole:12,.0f}{whole / floor:14.2f} x")
    print(f"{'the active alone':30}{rows / active:12,.0f}")
    print(f"memory at most {after:.0f} MB, {before:.0f} MB of it before the first row")


def _settle(number: int) -> None:
    store = open_store()
    settle(store, number)
    store.close()


def _raw(path: Path) -> float:
    """Seconds that the floor takes."""
    store = open_store()
    cells = expressions(store)
    store.close()
    database = sqlite3.connect(store.folder.path / "usher.db")
    begun = perf_counter()
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for row in database.execute(
            f"SELECT {', '.join(cells[column] for column in COLUMNS)}"
            " FROM usher_user u INDEXED BY usher_user_order"
            " LEFT JOIN usher_role r ON r.id = u.role_id WHERE u.status <> 'removed'"
            " ORDER BY u.bottom, u.last_key, u.first_key, u.id"
        ):
            writer.writerow(row)
    seconds = perf_counter() - begun
    database.close()
    return seconds


def _measure(folder: Path) -> tuple[list[float], list[float], float, int, float, float]:
    """Seconds of each round of the floor and the export, turn by turn, and of the active alone.

    With it the number of the active, and megabytes before and at most.
    """
    session = operator_session(open_store())
    path = folder / "people.csv"
    export_people(session, path, Filters("nobody at all"))
    before = _megabytes()
    floors, wholes = [], []
    for _round in range(ROUNDS):
        floors.append(_raw(folder / "raw.csv"))
        begun = perf_counter()
        export_people(session, path, replace=True)
        wholes.append(perf_counter() - begun)
    begun = perf_counter()
    summary = export_people(session, path, Filters(statuses=(Status.ACTIVE,)), replace=True)
    return floors, wholes, perf_counter() - begun, summary.rows, before, _megabytes()


if __name__ == "__main__":
    main()
