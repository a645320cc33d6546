"""The screens in a real pseudo-terminal: they begin, and end cleanly however they end."""

import re
import signal
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import PASSWORD
from tests.e2e.terminal import Terminal, open_sessions, signed_in

COLOURS = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:[349][0-79]|10[0-7]|[34]8)(?:;[0-9;]*)?m")
"""A rendition that names a colour, the default one among them."""
ATTRIBUTES = re.compile(r"\x1b\[[147]m")


def test_one_signs_in_looks_and_leaves(people: Path, terminal: Callable[..., Terminal]) -> None:
    one = signed_in(terminal)
    assert open_sessions(people) == 1
    one.child.send("q")
    assert one.wait_for_end() == 0
    assert open_sessions(people) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_session_and_gives_the_terminal_back(
    people: Path, terminal: Callable[..., Terminal], number: signal.Signals
) -> None:
    """CHECKLIST E42: restored, exit code 0, no row of an open session left."""
    one = signed_in(terminal)
    one.child.kill(number)
    assert one.wait_for_end() == 0
    assert "\x1b[?1049l" in one.raw
    assert "\x1b[?25h" in one.raw.rpartition("\x1b[?1049h")[2]
    assert open_sessions(people) == 0


def test_a_line_that_drops_leaves_no_process_and_no_open_session(
    people: Path, terminal: Callable[..., Terminal]
) -> None:
    """CHECKLIST E42, F9: the terminal is closed under it while a form is open."""
    one = signed_in(terminal)
    one.child.send("n")
    one.wait_for("New user")
    one.child.ptyproc.fileobj.close()
    one.child.wait()
    assert open_sessions(people) == 0


def test_keys_that_come_all_at_once_go_where_they_were_meant(
    people: Path, terminal: Callable[..., Terminal]
) -> None:
    """After a stall of the line: login, tab, password, enter, and the next screen's keys."""
    one = terminal()
    one.wait_for("Sign in with your login")
    one.child.send(f"olga\t{PASSWORD}\r")
    one.wait_for("Bakum, Olga")
    one.child.send("nMaria\tSilva\tmaria@acme.com.ua\t")
    one.wait_for("maria@acme.com.ua")
    one.wait_for("Silva")
    assert PASSWORD not in one.raw


def test_a_password_is_never_echoed(people: Path, terminal: Callable[..., Terminal]) -> None:
    one = signed_in(terminal)
    one.child.send("q")
    one.wait_for_end()
    assert PASSWORD not in one.raw


def test_nothing_is_asked_of_the_terminal_that_costs_bytes(
    people: Path, terminal: Callable[..., Terminal]
) -> None:
    """LINE: no mouse."""
    one = signed_in(terminal)
    assert "\x1b[?1000h" not in one.raw
    assert "\x1b[?1003h" not in one.raw


def test_terminal_attributes_are_as_they_were(
    people: Path, terminal: Callable[..., Terminal]
) -> None:
    one = terminal()
    before = termios.tcgetattr(one.child.child_fd)
    one.wait_for("Sign in with your login")
    one.child.send("\x1b")
    assert one.wait_for_end() == 0
    assert termios.tcgetattr(one.child.child_fd)[:4] == before[:4]


def test_a_terminal_without_utf8_gets_ascii_signs(
    people: Path, terminal: Callable[..., Terminal], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    one = signed_in(terminal)
    assert "> * active" in one.text.replace("   ", " ").replace("  ", " ")
    one.child.send("q")
    assert one.wait_for_end() == 0
    assert one.raw.isascii()


@pytest.mark.parametrize("words", [(), ("--no-color",)])
def test_whoever_wants_no_colour_gets_none(
    people: Path,
    terminal: Callable[..., Terminal],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:
    if not words:
        monkeypatch.setenv("NO_COLOR", "1")
    one = signed_in(terminal, *words)
    one.child.send("5")
    one.wait_for("Nobody matches")
    one.child.send("q")
    one.wait_for("Bakum, Olga")
    assert not COLOURS.findall(one.raw)
    assert ATTRIBUTES.findall(one.raw)


def test_there_are_colours_where_nobody_minds(
    people: Path, terminal: Callable[..., Terminal]
) -> None:
    assert COLOURS.findall(signed_in(terminal).raw)
