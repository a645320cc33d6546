"""Keys that arrive in one write, as after a stall: none confirms an unseen dialog."""

from collections.abc import Callable
from pathlib import Path

import pytest

from store import signin, teams, users
from store.opening import open_store
from store.values import Door, Draft, Origin, Status
from tests.conftest import PASSWORD
from tests.e2e.seat import ANSWER, Seat, at_once, never
from tests.e2e.step import ENTER, ESC, TAB
from tests.store.standing import activate

Sit = Callable[..., Seat]
IGNORED = "Keys pressed before this was shown were ignored."


@pytest.fixture
def team(people: Path) -> Path:
    """The users Ana Alba, Rui Costa and Rosa Dias. The owner is second in the list."""
    store = open_store(f"sqlite:///{people}")
    session = signin.sign_in(store, "olga", PASSWORD, Door.USHER, Origin()).session
    teams.create(session, "North")
    for first, last in (("Ana", "Alba"), ("Rui", "Costa"), ("Rosa", "Dias")):
        login = first.lower()
        draft = Draft(
            first_name=first, last_name=last, login=login, email=f"{login}@acme.com.ua",
            role="Support", teams=("North",),
        )  # fmt: skip
        activate(session, users.create(session, draft))
    signin.sign_out(session)
    store.close()
    return people


def status_of(database: Path, login: str) -> Status:
    store = open_store(f"sqlite:///{database}")
    with store.read():
        found = users.read.load(store, [users.read.find(store, login) or 0])
    store.close()
    return found[0].status


def sign_in(seat: Seat, then: str = "") -> None:
    seat.until("Sign in with your login")
    seat.send(f"olga{TAB}{PASSWORD}{ENTER}{then}")
    seat.until("Alba, Ana", "Dias, Rosa")
    seat.quiet()


def cursor_on(seat: Seat, words: str) -> bool:
    return any("▸" in line and words in line for line in seat.text.splitlines())


def test_a_key_typed_ahead_confirms_nothing_and_reaches_nothing_behind(
    team: Path, sit: Sit
) -> None:
    seat = sit()
    sign_in(seat)
    seat.send("by")
    seat.until("Block Ana Alba", IGNORED)
    seat.quiet()
    assert "Copy" not in seat.text
    assert status_of(team, "ana") is Status.ACTIVE
    seat.press("y", "Blocked: Ana Alba")
    assert status_of(team, "ana") is Status.BLOCKED


def test_a_dialog_takes_yes_only_when_the_terminal_has_acknowledged_it(
    team: Path, sit: Sit
) -> None:
    owed: list[int] = []
    seat = sit()
    sign_in(seat)
    seat.answering = lambda _seat, questions: owed.append(questions)
    seat.send("b")
    seat.until("Block Ana Alba")
    seat.send("y")
    seat.quiet()
    seat.send(ANSWER * sum(owed))
    owed.clear()
    seat.until(IGNORED)
    seat.quiet()
    assert status_of(team, "ana") is Status.ACTIVE
    seat.answering = at_once
    seat.send(ANSWER * sum(owed))
    seat.press("y", "Blocked: Ana Alba")


def test_in_one_packet_only_a_yes_behind_the_acknowledgment_counts(team: Path, sit: Sit) -> None:
    """A stalled line delivers what was typed and what the terminal answered in their order."""
    owed: list[int] = []
    seat = sit()
    sign_in(seat)
    seat.answering = lambda _seat, questions: owed.append(questions)
    seat.send("b")
    seat.until("Block Ana Alba")
    seat.quiet()
    assert sum(owed) == 1
    seat.answering = at_once
    seat.send(b"y" + ANSWER)
    seat.until("Block Ana Alba", IGNORED)
    seat.quiet()
    assert status_of(team, "ana") is Status.ACTIVE
    seat.press(ESC, without="Block Ana Alba")
    owed.clear()
    seat.answering = lambda _seat, questions: owed.append(questions)
    seat.send("b")
    seat.until("Block Ana Alba")
    seat.quiet()
    assert sum(owed) == 1
    seat.answering = at_once
    seat.send(ANSWER + b"y")
    seat.until("Blocked: Ana Alba")
    assert status_of(team, "ana") is Status.BLOCKED


def test_with_a_terminal_that_never_answers_a_dialog_counts_as_seen_once_it_was_sent(
    team: Path, sit: Sit
) -> None:
    seat = sit(answering=never)
    sign_in(seat)
    seat.send("by")
    seat.until("Block Ana Alba", IGNORED)
    seat.quiet()
    assert status_of(team, "ana") is Status.ACTIVE
    seat.press("y", "Blocked: Ana Alba")


def test_keys_behind_a_search_act_on_what_it_found(team: Path, sit: Sit) -> None:
    seat = sit()
    sign_in(seat)
    seat.send(f"/rui{ENTER}e")
    seat.until("Rui Costa (3)", "first name")
    seat.quiet()


def test_what_is_typed_behind_the_key_of_a_form_goes_into_the_form(team: Path, sit: Sit) -> None:
    seat = sit()
    sign_in(seat)
    seat.send("eAna Maria")
    seat.until("Ana Alba (2)", "AnaAna Maria")


def test_a_key_behind_the_password_belongs_to_the_list(team: Path, sit: Sit) -> None:
    seat = sit()
    sign_in(seat, "j")
    assert cursor_on(seat, "Bakum, Olga")


def test_a_key_behind_a_wrong_password_is_not_part_of_the_next_attempt(
    team: Path, sit: Sit
) -> None:
    seat = sit()
    seat.until("Sign in with your login")
    seat.send(f"olga{TAB}wrong{ENTER}jjj")
    seat.until("Login or password not accepted")
    seat.quiet()
    seat.send(f"{PASSWORD}{ENTER}")
    seat.until("Alba, Ana")


def test_esc_does_not_leave_the_list_and_q_only_when_the_list_was_seen(
    team: Path, sit: Sit
) -> None:
    seat = sit()
    sign_in(seat)
    for _time in range(3):
        seat.send(ESC)
        seat.quiet(0.2)
    assert not seat.ended
    seat.press(ENTER, "Ana Alba", "Lately")
    seat.send("qq")
    seat.until("Dias, Rosa", IGNORED)
    seat.quiet()
    assert not seat.ended
    seat.send("q")
    assert seat.end() == 0


def test_esc_after_a_search_keeps_the_cursor_on_who_was_found(team: Path, sit: Sit) -> None:
    seat = sit()
    sign_in(seat)
    seat.press("/rui", "Costa, Rui", without="Alba, Ana")
    seat.send(ENTER)
    seat.quiet()
    seat.press(ESC, "Alba, Ana")
    assert cursor_on(seat, "Costa, Rui")
