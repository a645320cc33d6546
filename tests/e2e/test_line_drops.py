"""The line drops, whatever the program is at: gone within two seconds, and nothing half written."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from store import audit, listing
from store.opening import open_store
from store.session import operator_session
from store.values import Filters
from tests.conftest import PASSWORD
from tests.e2e.terminal import Terminal, open_sessions, signed_in

GONE = 2.0
"""Seconds (LINE)."""

WAYS: dict[str, Callable[[Terminal], object]] = {
    "hang-up": lambda one: one.child.kill(signal.SIGHUP),
    "end": lambda one: one.child.kill(signal.SIGTERM),
    "closed": Terminal.drop,
}
MOMENTS = {
    "a key is held": "j" * 400,
    "one searches": "/" + "olga\x7f\x7f\x7f\x7f" * 20,
    "one saves": "nMaria\tSilva\tmaria@acme.com.ua\t\x1b[12~",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("moment", MOMENTS)
def test_it_is_gone_within_two_seconds(
    people: Path, terminal: Callable[..., Terminal], moment: str, way: str
) -> None:
    """CHECKLIST E42, F9; nobody reads what it writes any more."""
    one = signed_in(terminal)
    one.child.send(MOMENTS[moment])
    WAYS[way](one)
    assert one.seconds_to_end() < GONE
    assert open_sessions(people) == 0
    judge(people)


def test_a_database_that_somebody_else_holds_keeps_nobody_here(
    people: Path, terminal: Callable[..., Terminal]
) -> None:
    """A save waits for another writer, and the line drops: the save is not made."""
    one = signed_in(terminal)
    one.child.send("e")
    one.wait_for("first name")
    one.child.send("\x1b[Bx")
    one.wait_for("Bakumx")
    store = open_store(f"sqlite:///{people}")
    with store.write(operator_session(store)):
        one.child.send("\x1b[12~")
        one.wait_for("Saving…")
        one.child.kill(signal.SIGHUP)
        assert one.seconds_to_end() < GONE
    store.close()
    judge(people)


def test_a_terminal_that_goes_without_a_word_is_missed(people: Path) -> None:
    """Where it does not control the process there is no signal: then no orphan may read its end
    over and over."""
    master, slave = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "tui"], stdin=slave, stdout=slave, stderr=slave,
        start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    read = b""
    while b"Sign in with your login" not in read:
        read += os.read(master, 65536)
    os.write(master, f"olga\t{PASSWORD}\r".encode())
    while b"Bakum" not in read:
        read += os.read(master, 65536)
    os.close(master)
    try:
        process.wait(GONE)
    finally:
        process.kill()
        process.wait()
    assert open_sessions(people) == 0


def test_ctrl_c_from_outside_ends_it_cleanly(
    people: Path, terminal: Callable[..., Terminal]
) -> None:
    one = signed_in(terminal)
    one.child.kill(signal.SIGINT)
    assert one.wait_for_end() == 0
    assert "\x1b[?1049l" in one.raw
    assert open_sessions(people) == 0


def judge(people: Path) -> None:
    """What was saved is saved whole: somebody who is there has a history that says so."""
    store = open_store(f"sqlite:///{people}")
    session = operator_session(store)
    for row in listing.page(session, Filters(), limit=10).rows:
        assert audit.history(session, row.id, 10)
    store.close()
