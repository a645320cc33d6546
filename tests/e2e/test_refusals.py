"""Whoever is not let in sees the same screen, whatever the reason (CHECKLIST C24)."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from store import account, teams
from store.opening import open_store, system_clock
from store.session import Session, operator_session
from store.values import Draft
from tests import refused
from tests.conftest import PASSWORD
from tests.e2e.seat import Seat
from tests.e2e.step import CTRL_U, ENTER, TAB, UP
from tests.tui.driver.judge import Cell

REFUSAL = "Login or password not accepted. Ask an administrator if it persists."


@pytest.fixture
def shut_out(database: Path) -> Path:
    """An account with everybody in it whom no door lets in."""
    store = open_store(f"sqlite:///{database}", create=True)
    draft = Draft(first_name="Olga", last_name="Bakum", login="olga", email="olga@acme.com.ua")
    account.init(store, "Acme", draft, PASSWORD)
    session: Session = operator_session(store)
    teams.create(session, "North")
    refused.plant(session)
    store.close()
    return database


def without(login: str, cells: list[list[Cell]]) -> list[list[Cell]]:
    """The screen with the same signs in the place of every login."""
    rows = []
    for row in cells:
        texts = [text for text, _look in row]
        for at in range(len(row) - len(login) + 1):
            if texts[at : at + len(login)] == list(login):
                texts[at : at + len(login)] = "*" * len(login)
        rows.append([(text, look) for text, (_old, look) in zip(texts, row, strict=True)])
    return rows


@pytest.mark.timeout(180)
def test_every_refusal_is_the_same_screen_to_the_last_cell(
    shut_out: Path, sit: Callable[..., Seat]
) -> None:
    seat = sit()
    seat.until("Sign in with your login")
    frames: list[list[list[Cell]]] = []
    for login, password in refused.tries(system_clock()):
        seat.press(f"{CTRL_U}{login}{TAB}", f"login           {login}", "▸ password")
        seat.press(f"{password}{ENTER}", REFUSAL, without="*")
        frames.append(without(login, seat.judge.cells))
        assert login in seat.text
        seat.press(UP, "▸ login")
    assert all(frame == frames[0] for frame in frames)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_every_refusal_is_the_same_to_the_last_byte_on_the_command_line(shut_out: Path) -> None:
    answers = set()
    tries = [*refused.tries(system_clock()), (refused.SIMULATOR, refused.RIGHT)]
    for login, password in tries:
        for words in (
            ("sign-in", login, "--door", "platform", "--json", "--password-stdin"),
            ("--as", login, "users", "list", "--json"),
        ):
            if login == refused.SIMULATOR and words[0] == "--as":
                continue
            done = subprocess.run(
                [sys.executable, "-m", "tui", *words], input=f"{password}\n".encode(),
                capture_output=True, check=False,
            )  # fmt: skip
            answers.add((done.returncode, done.stdout, done.stderr))
    assert len(answers) == 1
    ((code, out, err),) = answers
    assert (code, err) == (4, b"")
    assert REFUSAL.encode() in out
