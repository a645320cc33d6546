"""A step of a walk through the program: the keys, and what then shows; and taking it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.screen import Screen

from store.opening import open_store
from store.upkeep import examples
from tests.e2e.seat import LONG_QUIET, QUIET, Seat

PEOPLE = 400
UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
PAGE_DOWN, PAGE_UP, END = "\x1b[6~", "\x1b[5~", "\x1b[F"
TAB, ENTER, ESC, F1, F2 = "\t", "\r", "\x1b", "\x1bOP", "\x1bOQ"
CTRL_O, CTRL_U = "\x0f", "\x15"
LOGIN = "olga"


@dataclass(frozen=True)
class Step:
    """A key, or several; `budget` names what it may cost, and is empty where it only leads on.

    The step is over when all `words` stand there and `without` does not.
    """

    name: str
    keys: str
    budget: str = ""
    words: tuple[str, ...] = ()
    without: str = ""
    shows: type[Screen[Any]] | None = None
    before: Callable[[], object] | None = None
    """What happens elsewhere before the key is pressed."""
    size: tuple[int, int] | None = None
    """The terminal has this size before the key is pressed."""


def make_people(database: Path) -> None:
    """The example people, the same ones every time."""
    store = open_store(f"sqlite:///{database}", create=True)
    examples.fill(store, PEOPLE)
    store.close()


def take(seat: Seat, step: Step) -> int:
    """Do a step; the bytes that came."""
    if step.before:
        step.before()
    before = seat.bytes
    if step.size:
        seat.resize(*step.size)
    if step.keys:
        seat.send(step.keys)
    seat.until(*step.words, without=step.without)
    seat.quiet(QUIET if step.words or step.without else LONG_QUIET)
    return seat.bytes - before
