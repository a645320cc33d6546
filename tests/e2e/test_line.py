"""The budgets of the slow line: bytes that reach a real terminal, on every screen there is."""

import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from time import monotonic

import pytest

from tests.e2e import walk, walk_letters, walk_owning
from tests.e2e.seat import Seat
from tests.e2e.step import ESC, Step, make_people, take

SMALL, LARGE = (80, 24), (120, 40)

BUDGETS = {
    "start": 1500,
    "sign-in to a full list": 2600,
    "down": 220,
    "scroll": 240,
    "page": 1700,
    # A Cyrillic letter takes two bytes, a Chinese one three.
    "page in another script": 2000,
    # Two cells, and the line below that says what the one under the cursor comes from.
    "cell": 300,
    "into the search": 40,
    "a character": 25,
    "dialog": 750,
    "dialog closes": 500,
    # The frame alone takes 370, for lines of it take three bytes a character.
    "dialog of eleven lines": 1060,
    "dialog of eleven lines closes": 600,
    # Eight lines: whom it is about, what it ends, what stays theirs kind by kind, a line for the
    # reason; and when it closes, eight lines of people come back.
    "dialog over the list": 1100,
    "dialog over the list closes": 650,
    # The same; a busy machine has had to say that it is saving, over the rule and back.
    "dialog after saving": 950 + 350,
    "screen": 1800,
    "back": 1800,
    # 18 rows of 93 bytes of which next to nothing is common to the screen before.
    "back to the full list": 2300,
    # The list as it was, then the page where the new one stands; on a slow line pacing leaves
    # out what of the first is not sent by then.
    "back to a list that has changed": 3500,
    # The echo, and a page of other people.
    "a letter and what it finds": 25 + 1700,
    # 288 cells of two colours each, drawn only where somebody asks for it; sometimes below the
    # word that it is made small. True colours take half as much again.
    "a photo": 2900,
    # What a dialog covered of it comes back before it is gone.
    "a photo goes": 1900,
    # A field that is no longer empty says no more what to type: the hint is erased.
    "a character for a hint": 35,
}
"""Bytes at 80×24 (LINE)."""

LARGER = 1.8
LISTS_LARGER = {
    "sign-in to a full list": 2.1,
    "page": 2.6,
    "page in another script": 2.6,
    "a letter and what it finds": 2.6,
    "back to the full list": 2.3,
    "back to a list that has changed": 2.6,
}
"""At 120×40 by so many times; a list has 34 rows there for 18, and a third more in each."""


def allowed(budget: str, size: tuple[int, int]) -> float:
    """So many bytes at a terminal of this size."""
    return BUDGETS[budget] * (1 if size == SMALL else LISTS_LARGER.get(budget, LARGER))


def dearer(seat: Seat, steps: Iterable[Step]) -> list[str]:
    """Take the steps; those that cost more than they may."""
    size = seat.judge.columns, seat.judge.lines
    over = []
    for step in steps:
        cost = take(seat, step)
        if step.budget and cost > (most := allowed(step.budget, size)):
            over.append(f"{step.name}: {cost} bytes, {step.budget} may have {most:.0f}")
    return over


@pytest.mark.timeout(240)
@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_every_screen_keeps_to_its_bytes(
    database: Path, tmp_path: Path, sit: Callable[..., Seat], size: tuple[int, int]
) -> None:
    make_people(database)
    steps = (
        walk.coming_in(),
        walk.in_the_list(),
        walk.looking(),
        walk_owning.belonging(),
        walk.grouping(),
        walk_owning.carding(),
        walk_owning.showing(tmp_path),
        walk_owning.whose(),
        walk.permitting(),
        walk_letters.writing(database),
        walk.ticking(),
        walk.changing(database),
        walk.handing_over(),
        walk_letters.carrying(tmp_path),
        walk_owning.leaving(database),
        walk.moving(),
        walk_letters.inviting(),
        walk.shrinking(),
    )
    over = dearer(sit(size=size), chain(*steps))
    assert not over, "\n".join(over)


def test_the_first_run_keeps_to_its_bytes(sit: Callable[..., Seat]) -> None:
    assert dearer(sit(), walk.setting_up()) == []


def test_a_forgotten_password_keeps_to_its_bytes(database: Path, sit: Callable[..., Seat]) -> None:
    make_people(database)
    assert dearer(sit(), walk.forgetting()) == []


def test_what_comes_with_time_keeps_to_its_bytes(database: Path, sit: Callable[..., Seat]) -> None:
    make_people(database)
    seat = sit((sys.executable, "-m", "tests.e2e.later", str(database)))
    assert dearer(seat, walk.coming_in()) == []
    seat.signal(signal.SIGUSR1)
    assert dearer(seat, walk.coming_back()) == []
    seat.signal(signal.SIGUSR2)
    assert dearer(seat, walk.proving()) == []


def test_every_screen_is_walked_through() -> None:
    """Whoever adds a screen or a dialog adds the step that leads there (tests/e2e/walk*.py)."""
    nowhere = Path()
    steps = chain(
        walk.coming_in(),
        walk.looking(),
        walk_owning.belonging(),
        walk.grouping(),
        walk_owning.carding(),
        walk_owning.showing(nowhere),
        walk_owning.whose(),
        walk.permitting(),
        walk_letters.writing(nowhere),
        walk.ticking(),
        walk.forgetting(),
        walk.changing(nowhere),
        walk.handing_over(),
        walk_letters.carrying(nowhere),
        walk_owning.leaving(nowhere),
        walk.moving(),
        walk_letters.inviting(),
        walk.shrinking(),
        walk.setting_up(),
        walk.coming_back(),
        walk.proving(),
    )
    walked = {step.shows for step in steps if step.shows}
    assert {one.__name__ for one in walk.screens() - walked} == set()


def idle(seat: Seat, seconds: float) -> int:
    """The bytes of so many seconds in which nobody does anything."""
    before, end = seat.bytes, monotonic() + seconds
    while monotonic() < end:
        seat.read(0.1)
    return seat.bytes - before


def idle_places(seat: Seat) -> Iterator[str]:
    """A screen of every kind."""
    for step in walk.coming_in():
        take(seat, step)
        yield step.name
    for keys, words in (
        ("/", "People"),
        ("b", "/ b"),
        (ESC + ESC, "People"),
        ("n", "New user"),
        ("M", "M"),
        (ESC, "Drop what"),
        ("y", "People"),
        ("?", "Help"),
    ):
        seat.press(keys, words)
        yield words


def test_what_nobody_touches_costs_nothing(database: Path, sit: Callable[..., Seat]) -> None:
    """No clock, no blinking, nothing that ticks (LINE)."""
    make_people(database)
    seat = sit()
    cost = {place: idle(seat, 1.1) for place in idle_places(seat)}
    assert not any(cost.values()), cost


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_minute_costs_nothing(database: Path, sit: Callable[..., Seat]) -> None:
    make_people(database)
    seat = sit()
    cost = {place: idle(seat, 60) for place in idle_places(seat)}
    assert not any(cost.values()), cost
