"""Keys in a real pseudo-terminal: in one packet, in pieces, and late."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from store.upkeep import examples
from tests.e2e.seat import ANSWER, Seat, at_once
from tests.e2e.step import DOWN, ENTER, ESC, TAB, make_people

CTRL_J, SHIFT_A = "\x1b[27;5;106~", "\x1b[27;2;65~"

LATE_REST = 0.15
"""Seconds until the rest of a key's sequence arrives on a slow line (issue 14)."""


@pytest.fixture
def seat(database: Path, sit: Callable[..., Seat]) -> Seat:
    """A seat that shows the list of users."""
    make_people(database)
    return come_in(sit())


def come_in(seat: Seat) -> Seat:
    seat.until("Sign in with")
    seat.send(f"olga{TAB}{examples.PASSWORD}{ENTER}")
    seat.until("Abernathy, Conor", "401")
    seat.quiet()
    return seat


def row(seat: Seat) -> str:
    """Return the line of the list under the cursor."""
    return next((line for line in seat.text.splitlines() if line.startswith("▸")), "")


def go_down(seat: Seat, keys: str) -> str:
    """Press keys that move to another line of the list, and return the line."""
    before = row(seat)
    seat.send(keys)
    seat.wait(lambda: row(seat) not in {"", before} and "Cancel" not in seat.text, "another line")
    seat.quiet()
    return row(seat)


def first_name(seat: Seat) -> str:
    """Return the text in the first field of a new user."""
    line = next((one for one in seat.text.splitlines() if "first name" in one), "")
    return line.partition("first name")[2].strip()


def never(_seat: Seat, _questions: int) -> None:
    """The line stalls or is slow, and a response is pending."""


def test_escape_and_a_letter_in_one_packet_are_two_keys(seat: Seat) -> None:
    """Issue 14: esc closes the dialog, and the next key moves the cursor in the list."""
    second = go_down(seat, "j")
    go_down(seat, "g")
    seat.press("b", "Block", "Cancel")
    assert go_down(seat, f"{ESC}j") == second


def test_a_letter_after_escape_is_text_in_the_field_that_comes_back(seat: Seat) -> None:
    """Escape answers "Drop what was typed?", and typing continues in the form."""
    seat.press("n", "New user")
    seat.press("Mar", "Mar")
    seat.press(ESC, "Drop what was typed?")
    seat.press(f"{ESC}ia", "Maria", without="Drop what was typed?")


def test_an_arrow_in_two_pieces_is_an_arrow_while_an_answer_is_under_way(seat: Seat) -> None:
    """Issue 14: `ESC`, 150 ms, `[B`. In the open dialog, the escape would count as a key."""
    seat.press("b", "▸ Cancel")
    seat.answering = never
    seat.press("r", "reason")
    seat.press(ENTER)
    seat.send(ESC)
    seat.read(LATE_REST)
    seat.send(DOWN[1:] + ANSWER.decode())
    seat.answering = at_once
    seat.quiet()
    assert "Cancel" in seat.text


def test_an_answer_byte_by_byte_reaches_no_field(seat: Seat) -> None:
    """Issue 14: even if it arrives late, in the middle of typed text."""
    seat.press("n", "New user")
    asked: list[int] = []

    def asked_about(number: int) -> bool:
        return len(asked) == number

    seat.answering = lambda _seat, questions: asked.append(questions)
    for number, letter in enumerate("Maria", 1):
        seat.send(letter)
        seat.wait(partial(asked_about, number), "a question")
        for byte in ANSWER:
            seat.read(LATE_REST)
            seat.send(bytes([byte]))
    seat.answering = at_once
    seat.quiet()
    assert first_name(seat) == "Maria"
    assert "New user" in seat.text
    assert "Drop what was typed?" not in seat.text


def test_enter_typed_before_the_program_is_up_is_enter(
    database: Path, sit: Callable[..., Seat]
) -> None:
    """Issue 14: the terminal sends a line feed. The next word belongs to the password."""
    make_people(database)
    seat = sit((sys.executable, "-c", TYPED_AHEAD))
    seat.until("ready for keys")
    seat.send(f"olga{ENTER}")
    seat.until("Sign in with", without="ready for keys")
    seat.send(f"{examples.PASSWORD}{ENTER}")
    seat.until("Abernathy, Conor", "401")


def test_a_key_with_its_modifiers_spelled_out_types_nothing(seat: Seat) -> None:
    """Issue 14: modifyOtherKeys for ctrl+j is not the letter j, in a field or in a list."""
    before = row(seat)
    seat.press(CTRL_J)
    assert row(seat) == before
    seat.press("n", "New user")
    seat.press(f"Ma{CTRL_J}ri{CTRL_J}a")
    assert first_name(seat) == "Maria"
    seat.press(SHIFT_A)
    assert first_name(seat) == "MariaA"


def test_a_paste_with_escape_and_line_feeds_in_it_is_only_text(seat: Seat) -> None:
    """CHECKLIST L71: pasted text never triggers a key binding."""
    seat.press("n", "New user")
    seat.press(f"\x1b[200~Ana{ESC}j\nSilva{ESC}[B\r{ENTER}\x1b[201~", "Ana")
    seat.press("x", "x")
    assert "New user" in seat.text
    assert "Drop what was typed?" not in seat.text
    assert first_name(seat).startswith("Ana")
    assert first_name(seat).endswith("x")
    assert "Silva" in first_name(seat)


TYPED_AHEAD = """
import select
from tui.__main__ import main
print("ready for keys", flush=True)
select.select([0], [], [])
main()
"""
