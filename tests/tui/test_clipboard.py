"""Copying by OSC 52: to the terminal itself, and through what stands before it."""

import base64
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

from store.database import Store
from store.session import Session
from store.values import User
from tests.tui.driving import drive
from tests.tui.one_screen import Seat, sit, visit_of
from tui.app import Usher
from tui.clipboard import SCREEN_CHUNK, osc52, passed_on
from tui.dialogs.copy import Copy
from tui.screens.person import Person
from tui.screens.users import Users

OSC = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


def copied(sequences: str) -> list[str]:
    return [base64.b64decode(found).decode() for found in OSC.findall(sequences)]


@pytest.mark.parametrize("text", ["104213", "josé@acme.com.br", "usher users show 7 " * 40])
def test_the_sequence_holds_the_text(text: str) -> None:
    assert copied(osc52(text)) == [text]


@pytest.mark.parametrize("term", ["xterm", "xterm-256color", "linux", "putty", "vt220", ""])
def test_a_terminal_of_its_own_gets_nothing_more(term: str) -> None:
    assert passed_on("x", {"TERM": term}) == ""


@pytest.mark.parametrize(
    "environment",
    [{"TERM": "screen", "TMUX": "/run/tmux,1,0"}, {"TERM": "tmux-256color"}],
)
def test_tmux_hands_on_what_is_doubled_and_wrapped(environment: dict[str, str]) -> None:
    sequence = passed_on("ana", environment)
    assert sequence.startswith("\x1bPtmux;\x1b\x1b]52;")
    assert sequence.endswith("\x07\x1b\\")
    assert sequence.count("\x1b") == 4


@pytest.mark.parametrize(
    "environment", [{"TERM": "screen-256color"}, {"TERM": "xterm", "STY": "1"}]
)
def test_screen_hands_on_pieces_that_it_does_not_cut(environment: dict[str, str]) -> None:
    text = "a" * 1000
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", passed_on(text, environment), re.DOTALL)
    assert max(map(len, pieces)) <= SCREEN_CHUNK
    assert copied("".join(pieces)) == [text]


def test_what_is_copied_holds_no_control_character(store: Store, owner: Session) -> None:
    """A clipboard is pasted into shells."""

    async def steps(seat: Seat) -> None:
        seat.app.copy_to_clipboard("one\nrm -rf /\x1b[A")
        assert seat.app.clipboard == "one<U+000A>rm -rf /<U+001B>[A"

    drive(Usher(store, owner), lambda pilot: steps(Seat(pilot)))


@pytest.mark.parametrize(
    ("keys", "text"),
    [(("y", "y"), "2"), (("y", "j", "y"), "ana"), (("y", "down", "down", "enter"), "ana@acme.com")],
)
@pytest.mark.parametrize("screen", ["list", "person"])
def test_y_copies_what_the_cursor_is_on_and_shows_it(
    owner: Session, make_user: Callable[..., User], screen: str, keys: tuple[str, ...], text: str
) -> None:
    ana = make_user(login="ana", email="ana@acme.com", first_name="Ana", last_name="Aaa")
    shown = Users(visit_of(owner)) if screen == "list" else Person(visit_of(owner), ana)

    async def steps(seat: Seat) -> None:
        await seat.press(*keys)
        assert seat.app.copied == [text]
        assert f"Sent to your terminal's clipboard: {text}" in seat.text

    sit(shown, steps)


def test_going_back_copies_nothing(owner: Session, make_user: Callable[..., User]) -> None:
    async def steps(seat: Seat) -> None:
        for key in ("escape", "q"):
            await seat.press("y", key)
            assert "y copy" not in seat.text
        assert seat.app.copied == []

    sit(Users(visit_of(owner)), steps)


def test_who_has_no_address_is_offered_none(owner: Session, make_user: Callable[..., User]) -> None:
    rui = make_user("handed over in person", login="rui", email="")

    async def steps(seat: Seat) -> None:
        await seat.press("y")
        assert "rui" in seat.line("▸ id") + seat.line("login")
        assert "e-mail  " not in seat.text.split("Copy")[1].split("y copy")[0]

    sit(Person(visit_of(owner), rui), steps)


def test_the_commands_of_a_screen_can_be_copied(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("ctrl+o", "down", "y")
        assert seat.app.copied == ["usher users show 1"]

    sit(Users(visit_of(owner)), steps)


def test_a_text_that_is_cut_is_shown_in_full_and_copied_whole() -> None:
    text = " ".join(f"word{n}" for n in range(40))

    async def steps(seat: Seat) -> None:
        assert all(f"word{n}" in seat.text for n in range(40))
        await seat.press("j")
        assert "word39" not in seat.text
        await seat.press("k", "y")
        assert seat.app.copied == [text]

    sit(Copy("Copy", [("", text), ("", "short")]), steps)


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
@pytest.mark.parametrize(
    ("option", "arrives"),
    [
        ("set-option -s set-clipboard on", True),
        ("set-option -gw allow-passthrough on", True),
        ("set-option -s set-clipboard external", False),
    ],
)
def test_a_real_tmux_hands_it_on_if_it_is_told_to(
    tmp_path: Path, option: str, arrives: bool
) -> None:
    """By default it takes no clipboard from programs: docs/terminals.md says what to set."""
    sequences = osc52("ana@acme.com") + passed_on("ana@acme.com", {"TMUX": "x"})
    told = tmp_path / "told"
    told.write_text(f"{sequences}told")
    server = ["tmux", "-f", "/dev/null", "-S", str(tmp_path / "tmux")]
    # Nothing is sent before somebody looks: what no terminal is there for is lost.
    pane = f"echo ready; read _line; cat {told}; exec cat"
    words = [*option.split(), ";", "new-session", pane]
    child = pexpect.spawn(
        server[0],
        [*server[1:], "start-server", ";", *words],
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=20,
        env={"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8"},
    )
    try:
        child.expect_exact("ready")
        child.send("\r")
        child.expect_exact("told")
    finally:
        subprocess.run([*server, "kill-server"], check=True)
    output = str(child.before) + str(child.read())
    child.close()
    assert (base64.b64encode(b"ana@acme.com").decode() in output) is arrives
