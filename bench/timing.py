"""Milliseconds, ours beside the floor of the same run."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from statistics import median, quantiles
from typing import Any

from store.database import Store

Times = list[float]


@contextmanager
def driver(store: Store) -> Iterator[Callable[[str, Sequence[Any]], list[Any]]]:
    """The driver alone: a connection of its own and a function that runs a statement."""
    if store.postgres:
        connection = store.database.connection()  # type: ignore[no-untyped-call]
        yield lambda sql, params: connection.execute(
            sql.replace("%", "%%").replace("?", "%s"), params
        ).fetchall()
        return
    raw = sqlite3.connect(store.where)
    try:
        yield lambda sql, params: raw.execute(sql, params).fetchall()
    finally:
        raw.close()


def times(act: Callable[[int], object], rounds: int) -> Times:
    """Milliseconds of one act."""
    (found,) = in_turn([act], rounds)
    return found


def in_turn(
    acts: Sequence[Callable[[int], object]], rounds: int, *, warm: bool = True
) -> list[Times]:
    """Milliseconds of each act, taken in turn so that a busy machine slows them alike.

    A first round that is not counted brings the file into memory, else whoever comes first pays.
    """
    measured: list[Times] = [[] for _ in acts]
    for counted in (False, True) if warm else (True,):
        for n in range(rounds):
            for act, found in zip(acts, measured, strict=True):
                began = time.perf_counter()
                act(n)
                if counted:
                    found.append((time.perf_counter() - began) * 1000)
    return measured


def say(
    what: str,
    ours: Times,
    floor: Times | None = None,
    against: str = "",
    budget: float = 0,
    *,
    p95: bool = False,
) -> None:
    """Print a line: ours, and how many times the floor that is."""
    ninety_fifth = quantiles(ours, n=20)[-1]
    line = f"{what:34}{median(ours):9.2f}{ninety_fifth:9.2f}{max(ours):9.2f}"
    if floor:
        ratio = (ninety_fifth if p95 else median(ours)) / median(floor)
        line += f"   {ratio:5.3f} × {against} ({median(floor):.2f}), at most {budget:g}"
    print(line)
