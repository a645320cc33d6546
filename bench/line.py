"""What every key costs on the line, and how far the screen lags behind a key that is held.

    python -m bench.line [--patience SECONDS]

The same list of the example people: in curses, as Textual's DataTable, and Usher with Textual's
driver and with its own. Bytes are what reaches a terminal of 80×24. The budgets are LINE's, and
held by `tests/e2e/test_line.py`.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from store.listing import page
from store.opening import open_store
from store.session import operator_session
from store.upkeep import examples
from tests.e2e.seat import Seat, SlowLine

PEOPLE = 400
FRAME, LONGEST = 0.6, 2.0
"""Seconds without a byte after which a frame is taken for whole, and those it may take at most."""
PAGE_DOWN, ESC, ENTER, TAB = "\x1b[6~", "\x1b", "\r", "\t"
CLEAR = "/" + "\x7f" * 4 + ESC
KEYS, EVERY = 150, 1 / 30
SLOW = {"9.6 kbit/s, 300 ms": (1200.0, 0.3), "56 kbit/s, 200 ms": (7000.0, 0.2)}
"""Bytes a second and seconds of delay."""
STEPS = (
    "start", "down", "scroll", "page", "search", "a character", "dialog", "closes", "screen",
)  # fmt: skip


@dataclass(frozen=True)
class Program:
    """What is measured, and the keys that lead to the same things in each."""

    name: str
    words: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    usher: bool = False

    def sit(self, line: SlowLine | None = None) -> Seat:
        return Seat([sys.executable, *self.words], environment=self.environment, line=line)

    def come_in(self, seat: Seat) -> None:
        """To the list."""
        if self.usher:
            seat.until("Sign in with")
            seat.send(f"olga{TAB}{examples.PASSWORD}{ENTER}")
        seat.until("Abernathy, Samuel")
        _settle(seat)


def main() -> None:
    """Print both tables."""
    options = argparse.ArgumentParser(prog="bench.line", description=__doc__)
    options.add_argument("--patience", type=float, default=120, help="seconds a lag may take")
    patience = options.parse_args().patience
    with tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        os.environ["USHER_DATA"] = f"{folder}/data"
        people = _people(Path(folder))
        programs = (
            Program("curses", ("-m", "bench.baselines", "curses", people)),
            Program("Textual, DataTable", ("-m", "bench.baselines", "textual", people)),
            Program("Usher, Textual's driver", ("-m", "tui"), {"USHER_DRIVER": "stock"}, True),
            Program("Usher", ("-m", "tui"), usher=True),
        )
        print(f"{'bytes':26}" + "".join(f"{step:>12}" for step in STEPS))
        for program in programs:
            costs = _costs(program)
            print(f"{program.name:26}" + "".join(f"{costs[step]:12}" for step in STEPS))
        for name, (speed, delay) in SLOW.items():
            print(f"\nseconds of lag after {KEYS} x down at 30/s on {name}")
            for program in programs:
                lag = _lag(program, SlowLine(speed, delay), patience)
                shown = f"{lag:10.1f}" if lag < patience else f"over {patience:5.0f}"
                print(f"{program.name:26}{shown}")


def _people(folder: Path) -> str:
    """An account of the example people, and a file with the lines of its list."""
    store = open_store(f"sqlite:///{folder}/data/usher.db", create=True)
    examples.fill(store, PEOPLE)
    rows = page(operator_session(store), limit=PEOPLE).rows
    store.close()
    file = folder / "people.txt"
    lines = (
        f"{row.status:10}{row.id:>8}  {row.last_name + ', ' + row.first_name:18.18} "
        f"{row.login:18.18} {row.role:12.12}"
        for row in rows
    )
    file.write_text("\n".join(lines), encoding="utf-8")
    return str(file)


def _costs(program: Program) -> dict[str, int]:
    with program.sit() as seat:
        program.come_in(seat)
        costs = {"start": seat.bytes}

        def press(step: str, keys: str) -> None:
            before = seat.bytes
            seat.send(keys)
            _settle(seat)
            costs[step] = seat.bytes - before

        press("down", "j")
        press("", "j" * 40)
        press("scroll", "j")
        press("page", PAGE_DOWN)
        press("search", "/")
        # Where nobody was found anyway, one more letter is an echo and nothing else.
        press("", "qqq")
        press("a character", "q")
        press("", ESC)
        if program.usher:
            press("", ESC)
            press("screen", "n")
            press("", "a")
            press("dialog", ESC)
            press("closes", ESC)
        else:
            press("", CLEAR)
            press("dialog", "d")
            press("closes", ESC)
            press("screen", "n")
    return costs


def _settle(seat: Seat) -> None:
    """Read until nothing has come for a while; a cursor that blinks is never quiet."""
    begun = time.monotonic()
    while time.monotonic() - begun < LONGEST:
        seat.read(0.05)
        if time.monotonic() - max(seat.last, begun) > FRAME:
            return


def _lag(program: Program, line: SlowLine, patience: float) -> float:
    """Seconds from the last of the keys to the last of the bytes."""
    with program.sit(line) as seat:
        program.come_in(seat)
        begun = time.monotonic()
        for number in range(KEYS):
            while (left := begun + number * EVERY - time.monotonic()) > 0:
                seat.read(left)
            seat.send("j")
        released = time.monotonic()
        while time.monotonic() - released < patience:
            seat.read(0.05)
            if line.empty and time.monotonic() - max(seat.last, released) > 2:
                return max(seat.last - released, 0)
    return patience


if __name__ == "__main__":
    main()
