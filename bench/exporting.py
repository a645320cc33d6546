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

from bench.importing import Times, _elsewhere, _megabytes, _now, _since
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
        found, rows, before, after = _elsewhere(_measure, Path(folder))
    floor = found[0]
    print(f"{number:<30,}      rows/s  against the floor  in processor time")
    for what, times, written in zip(
        ("raw statement and csv.writer", "export", "the active alone"),
        found,
        (number, number, rows),
        strict=True,
    ):
        part = written / number
        clock, processor = (mine / other / part for mine, other in zip(times, floor, strict=True))
        print(f"{what:30}{written / times[0]:12,.0f}{clock:17.2f} x{processor:17.2f} x")
    print(f"memory at most {after:.0f} MB, {before:.0f} MB of it before the first row")


def _settle(number: int) -> None:
    store = open_store(create=True)
    settle(store, number)
    store.close()


def _raw(path: Path) -> Times:
    """The times that the floor takes."""
    store = open_store()
    cells = expressions(store)
    store.close()
    database = sqlite3.connect(store.folder.path / "usher.db")
    begun = _now()
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
    times = _since(begun)
    database.close()
    return times


def _measure(folder: Path) -> tuple[tuple[Times, Times, Times], int, float, float]:
    """The best times of the floor, the export and that of the active alone, turn by turn.

    With them the number of the active, and megabytes before and at most.
    """
    session = operator_session(open_store())
    path = folder / "people.csv"
    export_people(session, path, Filters("nobody at all"))
    before = _megabytes()
    rounds, rows = [], 0
    for _round in range(ROUNDS):
        floor, begun = _raw(folder / "raw.csv"), _now()
        export_people(session, path, replace=True)
        whole, begun = _since(begun), _now()
        rows = export_people(session, path, Filters(statuses=(Status.ACTIVE,)), replace=True).rows
        rounds.append((floor, whole, _since(begun)))
    floors, wholes, actives = zip(*rounds, strict=True)
    return (_best(floors), _best(wholes), _best(actives)), rows, before, _megabytes()


def _best(times: tuple[Times, ...]) -> Times:
    clock, processor = zip(*times, strict=True)
    return min(clock), min(processor)


if __name__ == "__main__":
    main()
