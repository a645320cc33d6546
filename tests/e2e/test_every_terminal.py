"""The whole program on terminals of many names, pulled to many sizes, with every door tried."""

import os
import random
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import PASSWORD
from tests.e2e.terminal import Terminal, open_sessions, signed_in
from tests.e2e.test_terminal import COLOURS
from tui.clipboard import osc52, passed_on

SETTLED = 1.0
"""Seconds after a storm of resizes (the request)."""
LOADED = 5
"""How much longer that may take where four tests share two processors."""


@pytest.mark.parametrize(
    ("term", "coloured"),
    [
        ("screen", True),
        ("tmux-256color", True),
        ("linux", True),
        ("putty", True),
        ("vt100", False),
    ],
)
def test_one_works_on_it(
    people: Path,
    terminal: Callable[..., Terminal],
    monkeypatch: pytest.MonkeyPatch,
    term: str,
    coloured: bool,
) -> None:
    """Status, cursor, mark, error and the way out."""
    monkeypatch.setenv("TERM", term)
    one = signed_in(terminal)
    cursor, marked, error = (">", "+", "!") if term == "linux" else ("▸", "◆", "▲")
    assert f"{cursor}  " in one.text
    assert "active" in one.text
    one.child.send(" ")
    one.wait_for(f"{cursor}{marked} ")
    one.child.send("n")
    one.wait_for("New user")
    one.child.send("\x1b[12~")
    one.wait_for(error)
    one.child.send("\x1b")
    one.wait_for("People")
    one.child.send("q")
    one.wait_while(marked)
    one.settle()
    one.child.send("q")
    assert one.wait_for_end() == 0
    assert bool(COLOURS.search(one.raw)) is coloured


def test_in_ascii_nothing_of_our_own_is_a_question_mark(
    people: Path, terminal: Callable[..., Terminal], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lists, forms, choices, dialogs, help: nobody's name is in another script here."""
    monkeypatch.setenv("LC_ALL", "C")
    one = signed_in(terminal)
    for keys, shown, hidden in (
        ("y", "esc back", ""),
        ("q", "People", "esc back"),
        (":", "do it", ""),
        ("\x1b", "People", "do it"),
        ("\x0f", "This as a command", ""),
        ("q", "People", "This as"),
        ("?", "Help", ""),
        ("q", "People", "Help"),
        ("n", "New user", ""),
        ("\t\t\t\t\tu", "take", ""),
    ):
        one.child.send(keys)
        one.wait_for(shown)
        one.wait_while(hidden)
        assert "?" not in one.text.replace("? help", "").replace("? F1", ""), one.text
    one.child.kill(signal.SIGTERM)
    one.wait_for_end()
    assert one.raw.isascii()


@pytest.mark.parametrize("term", ["xterm", "tmux-256color", "screen"])
def test_what_is_copied_reaches_the_terminal_whole(
    people: Path, terminal: Callable[..., Terminal], monkeypatch: pytest.MonkeyPatch, term: str
) -> None:
    """Plain, and wrapped for what the terminal may be behind; none of it is drawn."""
    monkeypatch.setenv("TERM", term)
    one = signed_in(terminal)
    one.child.send("y")
    one.wait_for("esc back")
    one.settle()
    one.child.send("jy")
    one.wait_for("Sent to your terminal's clipboard: olga")
    assert osc52("olga") in one.raw
    assert passed_on("olga", {"TERM": term}) in one.raw
    assert one.raw.count("tmux;") == (term == "tmux-256color")


def test_a_storm_of_resizes_settles_on_what_stood_there(
    people: Path, terminal: Callable[..., Terminal]
) -> None:
    """Two hundred sizes down to 1×1, while one fills in a form; then the first size again."""
    one = signed_in(terminal)
    one.child.send("n")
    one.wait_for("New user")
    one.child.send("Half typed")
    one.wait_for("Half typed")
    one.settle()
    before = one.text
    sizes = random.Random(1)  # noqa: S311
    for _step in range(200):
        one.resize(
            sizes.choice((1, 2, 20, 59, 60, 80, 132, 300)), sizes.choice((1, 5, 15, 16, 24, 100))
        )
        one.read(0.001)
    one.resize(80, 24)
    one.wait_until(lambda: one.text == before, "form as it was", SETTLED * LOADED)
    one.child.send(" and on")
    one.wait_for("Half typed and on")


def test_the_size_is_that_of_the_terminal_and_not_of_the_environment(
    people: Path, terminal: Callable[..., Terminal], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shell that exports COLUMNS and LINES does not know when a window is pulled."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("LINES", "60")
    one = signed_in(terminal)
    assert one.screen.display[-1].startswith(" enter open")


def test_no_variable_of_textual_opens_a_door(
    people: Path,
    terminal: Callable[..., Terminal],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """CHECKLIST E43: no module is loaded, no file written, no key pressed for anybody."""
    doors = tmp_path / "doors"
    doors.mkdir()
    (tmp_path / "foreign.py").write_text(f"open({str(doors / 'driver')!r}, 'w')\n")
    for name, value in {
        "TEXTUAL": "devtools,debug",
        "TEXTUAL_LOG": str(doors / "log"),
        "TEXTUAL_DRIVER": "foreign:Driver",
        "TEXTUAL_SCREENSHOT": "0",
        "TEXTUAL_SCREENSHOT_LOCATION": str(doors),
        "TEXTUAL_SCREENSHOT_FILENAME": "shot.svg",
        "TEXTUAL_PRESS": "q",
        "TEXTUAL_DEBUG": "1",
        "TEXTUAL_ALLOW_SIGNALS": "1",
        "TEXTUAL_THEME": "dracula",
        "PYTHONPATH": str(tmp_path),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(Path(__file__).parents[2])
    one = signed_in(terminal)
    one.child.send("\x1a\x11\x1c\x04\x03")
    one.wait_for("Press esc to go one step back")
    one.child.send("q")
    assert one.wait_for_end() == 0
    assert list(doors.iterdir()) == []
    assert not Path("keys.log").exists()


def test_no_key_leads_to_a_shell_or_writes_a_file(
    people: Path,
    terminal: Callable[..., Terminal],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """CHECKLIST E43: every control character and function key, on the list."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    one = signed_in(terminal)
    for number in range(32):
        if chr(number) not in "\r\n\x0f\x10\x1b":
            one.child.send(chr(number))
    for sequence in ("[17~", "[18~", "[19~", "[20~", "[21~", "[23~", "[24~", "[2~", "[Z"):
        one.child.send(f"\x1b{sequence}")
    one.child.send("\x0f")
    one.wait_for("This as a command")
    one.child.send("q/zzz")
    one.wait_for("No user matches")
    assert list(home.iterdir()) == []
    assert open_sessions(people) == 1
    one.child.kill(signal.SIGTERM)
    assert one.wait_for_end() == 0
    assert PASSWORD not in one.raw


@pytest.mark.parametrize("noise", [b"\xe1", b"\xff\xfe", b"\xc3(", b"\x9b1;2H"])
def test_noise_on_the_line_is_no_end(
    people: Path, terminal: Callable[..., Terminal], noise: bytes
) -> None:
    """A terminal that sends alt as the eighth bit, or a bad line: it is no UTF-8, and no key."""
    one = signed_in(terminal)
    os.write(one.child.child_fd, noise)
    one.child.send("n")
    one.wait_for("New user")
