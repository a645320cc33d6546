"""Two people at two terminals: what one does to the other's session, and how soon it is told."""

import os
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from store import audit, users
from store.models import UserRow
from store.opening import open_store
from store.session import operator_session
from store.values import Draft, Status
from tests.conftest import PASSWORD
from tests.e2e.seat import Seat
from tests.e2e.step import ENTER, F2, TAB
from tests.e2e.terminal import open_sessions

TOLD = 5.0
"""Seconds (CHECKLIST E40)."""
REAPED = 60.0
"""Seconds (CHECKLIST E42), where somebody else has a screen open."""

BLOCKED = "You have been blocked, so your session has ended"
ENDED = "This session was ended by an administrator"


@pytest.fixture
def two(people: Path) -> Path:
    """Olga, the owner, and Ada, an admin; both have passwords of their own."""
    store = open_store(f"sqlite:///{people}")
    session = operator_session(store).because("a test")
    users.create(session, Draft("Ada", "Adler", "ada", admin=True), password=PASSWORD)
    with store.write(session):
        UserRow.update(status=Status.ACTIVE, password_temporary=False).execute()
    store.close()
    return people


def come_in(seat: Seat, login: str) -> Seat:
    seat.until("Sign in with your login")
    seat.send(f"{login}{TAB}{PASSWORD}{ENTER}")
    seat.until("Bakum, Olga", "Adler, Ada")
    seat.quiet()
    return seat


def test_whoever_is_blocked_is_told_within_five_seconds(
    two: Path, sit: Callable[..., Seat]
) -> None:
    """CHECKLIST E40: no key is pressed, and what was typed is gone."""
    seat = come_in(sit(), "ada")
    seat.press("n", "New user")
    seat.press("Half typed", "Half typed")
    store = open_store(f"sqlite:///{two}")
    users.block(operator_session(store).because("a test"), "ada")
    store.close()
    begun = monotonic()
    seat.until(BLOCKED, "Sign in with your login", without="Half typed")
    assert monotonic() - begun < TOLD
    seat.send(f"ada{TAB}{PASSWORD}{ENTER}")
    seat.until("Login or password not accepted")
    assert open_sessions(two) == 0


def test_the_next_action_of_whoever_is_blocked_is_refused_and_writes_nothing(
    two: Path, sit: Callable[..., Seat]
) -> None:
    """CHECKLIST E40."""
    seat = come_in(sit(), "ada")
    seat.press("n", "New user")
    seat.press(f"Maria{TAB}Silva{TAB}maria@acme.com.ua", "maria@acme.com.ua")
    store = open_store(f"sqlite:///{two}")
    session = operator_session(store).because("a test")
    users.block(session, "ada")
    before = audit.count(session)
    seat.send(F2)
    seat.until(BLOCKED)
    assert audit.count(session) == before
    with store.read():
        assert UserRow.select().count() == 2
    store.close()


def test_one_ends_the_session_of_the_other_on_the_screen(
    two: Path, sit: Callable[..., Seat]
) -> None:
    olga, ada = come_in(sit(), "olga"), come_in(sit(), "ada")
    olga.press("/ada" + ENTER, "Adler, Ada", without="Bakum, Olga")
    olga.press("S", "Ada Adler · Sessions", "1 session")
    olga.press("x", "End this session of Ada Adler?")
    olga.send("y")
    begun = monotonic()
    ada.until(ENDED, "Sign in with your login")
    assert monotonic() - begun < TOLD
    olga.until("is signed in nowhere")


def test_an_open_screen_that_asks_whether_its_session_stands_sends_nothing(
    two: Path, sit: Callable[..., Seat]
) -> None:
    """LINE: an idle minute costs nothing; here is a question, and a word."""
    seat = come_in(sit(), "ada")
    before, end = seat.bytes, monotonic() + 4.5
    while monotonic() < end:
        seat.read(0.1)
    assert seat.bytes == before
    with sqlite3.connect(two) as connection:
        ((heard,),) = connection.execute("SELECT seen > started FROM usher_session").fetchall()
    connection.close()
    assert heard


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_whose_process_dies_or_is_stopped_is_signed_out_within_a_minute(
    two: Path, sit: Callable[..., Seat]
) -> None:
    """CHECKLIST E42; and who comes back finds the sentence."""
    olga, killed, stopped = (come_in(sit(), login) for login in ("olga", "ada", "ada"))
    for seat in (killed, stopped):
        end = monotonic() + 5
        while monotonic() < end:
            seat.read(0.1)
    os.kill(killed.child.pid, signal.SIGKILL)
    os.kill(stopped.child.pid, signal.SIGSTOP)
    end = monotonic() + REAPED
    while open_sessions(two) > 1:
        assert monotonic() < end
        olga.read(0.5)
    os.kill(stopped.child.pid, signal.SIGCONT)
    stopped.until("Your session was inactive for too long", "Sign in with your login")
