"""Terminals that never answer, answer late, or unasked amid typing; and a line that is slow.

Answers that come in pieces are `tests/tui/driver/test_replies.py`'s.
"""

import random
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from store.upkeep import examples
from tests.e2e.seat import ANSWER, Seat, SlowLine
from tests.e2e.step import ENTER, ESC, TAB, make_people
from tui.driver.pace import PIECE_SECONDS

MODEM = 1200.0, 0.3
"""Bytes a second and seconds of delay: 9.6 kbit/s over a satellite."""
LAG = 2.5
MACHINE = 1.0
"""Seconds that a busy machine may take besides."""
KEYS, EVERY = 150, 1 / 30
CTRL_L = "\x0c"
TYPED = "Maria Zoë Шевченко"


class Late:
    """A terminal that answers so many seconds late."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.due: list[float] = []

    def __call__(self, _seat: Seat, questions: int) -> None:
        self.due += [monotonic() + self.seconds] * questions

    def until(self, seat: Seat, words: str) -> None:
        """Read until these words stand there, answering what is due."""

        def there() -> bool:
            while self.due and self.due[0] <= monotonic():
                self.due.pop(0)
                seat.send(ANSWER)
            return words in seat.text

        seat.wait(there, words)


def come_in(seat: Seat) -> None:
    seat.until("Sign in with")
    seat.send(f"olga{TAB}{examples.PASSWORD}{ENTER}")
    seat.until("Abernathy, Conor", "401")


def type_a_name(seat: Seat) -> None:
    """Into the first field of a new user."""
    seat.send("n")
    seat.until("New user")
    seat.send(TYPED)
    seat.until(f"first name      {TYPED}")


def test_a_terminal_that_never_answers(database: Path, sit: Callable[..., Seat]) -> None:
    """It is asked once, waited for two seconds, and served like any other from then on."""
    make_people(database)
    asked = []

    def count(_seat: Seat, questions: int) -> None:
        asked.append(questions)

    seat = sit(answering=count)
    come_in(seat)
    type_a_name(seat)
    assert sum(asked) == 1


def test_a_terminal_that_answers_three_seconds_late(
    database: Path,
    sit: Callable[..., Seat],
) -> None:
    make_people(database)
    late = Late(3)
    seat = sit(answering=late)
    late.until(seat, "Sign in with")
    seat.send(f"olga{TAB}{examples.PASSWORD}{ENTER}")
    late.until(seat, "Abernathy, Conor")
    seat.send("n")
    late.until(seat, "New user")
    seat.send(TYPED)
    late.until(seat, f"first name      {TYPED}")


def test_a_burst_of_answers_that_nobody_asked_for(
    database: Path,
    sit: Callable[..., Seat],
) -> None:
    make_people(database)
    seat = sit()
    come_in(seat)
    seat.send("n")
    seat.until("New user")
    chance = random.Random(7)  # noqa: S311  (a test)
    for letter in TYPED:
        seat.send(ANSWER * chance.randint(0, 200) + letter.encode())
        seat.read(0)
    seat.until(f"first name      {TYPED}")
    seat.send(ESC)
    seat.until("Drop what was typed?")


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_a_held_key_builds_up_no_lag(database: Path, sit: Callable[..., Seat]) -> None:
    """LINE: 150 times down at 30 a second on 9.6 kbit/s with 300 ms; the newest state in 2.5 s."""
    make_people(database)
    seat = sit(line=SlowLine(*MODEM))
    come_in(seat)
    seat.quiet(1)
    begun = monotonic()
    for number in range(KEYS):
        while (left := begun + number * EVERY - monotonic()) > 0:
            seat.read(left)
        seat.send("j")
    released = monotonic()
    seat.quiet(2)
    assert seat.last - released <= LAG
    shown = seat.judge.cells
    seat.send(CTRL_L)
    seat.quiet(2)
    assert seat.judge.cells == shown


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_typing_is_echoed_before_the_list_that_it_finds(
    database: Path,
    sit: Callable[..., Seat],
) -> None:
    """On the modem each letter stands there after one piece of half a second, and the delay."""
    make_people(database)
    seat = sit(line=SlowLine(*MODEM))
    come_in(seat)
    seat.quiet(1)
    seat.send("/")
    seat.quiet(1)
    for end in range(1, 7):
        seat.send("benedi"[end - 1])
        typed = monotonic()
        seat.until(f" / {'benedi'[:end]} ")
        assert monotonic() - typed <= PIECE_SECONDS + 2 * MODEM[1] + MACHINE
