"""How many colours a terminal gets: by its name, and by what the person wants."""

import subprocess
import sys

import pytest

from tui.colours import Depth, depth

TERMINALS = {
    "xterm": Depth.SIXTEEN,
    "xterm-256color": Depth.TWO_FIFTY_SIX,
    "xterm-direct": Depth.TRUE,
    "tmux": Depth.SIXTEEN,
    "tmux-256color": Depth.TWO_FIFTY_SIX,
    "screen": Depth.SIXTEEN,
    "screen-256color": Depth.TWO_FIFTY_SIX,
    "screen.xterm-256color": Depth.TWO_FIFTY_SIX,
    "linux": Depth.SIXTEEN,
    "linux-16color": Depth.SIXTEEN,
    "putty": Depth.SIXTEEN,
    "putty-256color": Depth.TWO_FIFTY_SIX,
    "rxvt-unicode-256color": Depth.TWO_FIFTY_SIX,
    "xterm-kitty": Depth.TRUE,
    "alacritty": Depth.TRUE,
    "ansi": Depth.SIXTEEN,
    "something-new": Depth.SIXTEEN,
    "vt100": Depth.NONE,
    "vt102": Depth.NONE,
    "vt220": Depth.NONE,
    "vt320": Depth.NONE,
    "vt420": Depth.NONE,
    "wy60": Depth.NONE,
    "xterm-mono": Depth.NONE,
    "linux-m": Depth.NONE,
    "dumb": Depth.NONE,
    "unknown": Depth.NONE,
    "": Depth.NONE,
}


@pytest.mark.parametrize(("term", "expected"), TERMINALS.items())
def test_the_name_tells(term: str, expected: Depth) -> None:
    assert depth({"TERM": term}) is expected


def test_a_terminal_without_a_name_gets_none() -> None:
    assert depth({}) is Depth.NONE


@pytest.mark.parametrize("term", [term for term in TERMINALS if term])
def test_never_more_than_the_terminal_is_known_to_have(term: str) -> None:
    """Where the machine's terminfo knows it: colours only where it has some, and 256 if it has."""
    check = f"import curses; curses.setupterm({term!r}); print(curses.tigetnum('colors'))"
    known = subprocess.run(
        [sys.executable, "-c", check], check=False, capture_output=True, text=True
    )
    if known.returncode:
        pytest.skip(f"terminfo does not know {term}")
    colours = int(known.stdout)
    found = depth({"TERM": term})
    assert (found is not Depth.NONE) == (colours > 0)
    assert found <= Depth.SIXTEEN or colours >= 256


@pytest.mark.parametrize("value", ["truecolor", "24bit", "TrueColor"])
def test_colorterm_tells_of_true_colour(value: str) -> None:
    assert depth({"TERM": "xterm-256color", "COLORTERM": value}) is Depth.TRUE
    assert depth({"TERM": "tmux-256color", "COLORTERM": value, "TMUX": "x"}) is Depth.TRUE
    assert depth({"TERM": "screen-256color", "COLORTERM": value, "TMUX": "x"}) is Depth.TRUE


def test_colorterm_is_not_believed_of_another_terminal() -> None:
    """GNU screen hands on what the terminal around it has exported, and knows no true colour."""
    assert depth({"TERM": "screen", "COLORTERM": "truecolor", "STY": "1.x"}) is Depth.SIXTEEN
    assert depth({"TERM": "screen-256color", "COLORTERM": "truecolor"}) is Depth.TWO_FIFTY_SIX
    assert depth({"TERM": "linux", "COLORTERM": "truecolor"}) is Depth.SIXTEEN
    assert depth({"TERM": "vt220", "COLORTERM": "truecolor"}) is Depth.NONE
    assert depth({"TERM": "xterm", "COLORTERM": "yes"}) is Depth.SIXTEEN


@pytest.mark.parametrize("term", ["xterm", "xterm-256color", "xterm-direct", "linux"])
def test_whoever_wants_no_colour_gets_none(term: str) -> None:
    """https://no-color.org: set and not empty, whatever it says; and the option."""
    assert depth({"TERM": term, "NO_COLOR": "1"}) is Depth.NONE
    assert depth({"TERM": term, "NO_COLOR": "0"}) is Depth.NONE
    assert depth({"TERM": term}, no_color=True) is Depth.NONE
    assert depth({"TERM": term, "NO_COLOR": ""}) is not Depth.NONE


def test_it_is_known_before_anything_is_imported() -> None:
    """The first frame is painted by the standard library alone (LINE)."""
    check = (
        "import tui.colours, sys; sys.exit(bool({'textual', 'rich', 'click'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", check], check=True)
