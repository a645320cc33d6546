"""Plain tables: in real terminals of several widths, in pipes, with colours and without."""

import os
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import starmap

import pexpect
import pytest
from wcwidth import wcswidth

from store.values import User
from tests.conftest import FakeClock
from tests.tui.cli.conftest import Usher
from tui.cli import output
from tui.cli.output import Column

COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def crowd(make_user: Callable[..., User], clock: FakeClock) -> None:
    # The command runs by the clock of the machine, and nobody shall be locked for being idle.
    clock.time = datetime.now(UTC)
    make_user(first_name="漢" * 90, last_name="Wolfeschlegelsteinhausenbergerdorff")
    make_user(first_name="Ana", last_name="Silva", login="a" * 60)


def on_terminal(
    url: str,
    width: int = 80,
    term: str = "xterm",
    no_color: str = "",
    *words: str,
    around: tuple[str, ...] = (),
) -> str:
    """What `usher users list` prints on a terminal that is so wide."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "tui", *around, "users", "list", *words],
        env={name: os.environ[name] for name in ("PATH", "USHER_DATA")}
        | {"TERM": term, "NO_COLOR": no_color, "USHER_DATABASE": url, "LANG": "C.UTF-8"},
        encoding="utf-8",
        dimensions=(24, width),
        timeout=30,
    )
    text = child.read()
    child.close()
    assert child.exitstatus == 0
    return str(text)


@pytest.mark.parametrize(
    ("width", "headings"),
    [
        (40, ["status", "id", "name"]),
        (80, ["status", "id", "name", "login", "role", "last seen (UTC)"]),
        (132, ["status", "id", "name", "login", "e-mail", "role", "last seen (UTC)"]),
    ],
)
def test_a_table_fits_the_terminal(crowd: None, url: str, width: int, headings: list[str]) -> None:
    lines = COLOURS.sub("", on_terminal(url, width)).splitlines()
    assert max(map(wcswidth, lines)) <= width
    assert re.split(r" {2,}", lines[0].strip()) == headings
    assert any("…" in line for line in lines)
    assert any(line.startswith("○ pending") for line in lines)


def test_a_pipe_gets_everything(crowd: None, usher: Usher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    answer = usher("users", "list").out
    assert "漢" * 90 in answer
    assert "a" * 60 in answer
    assert "\x1b" not in answer


def test_colours_are_for_a_status_on_a_terminal_that_has_them(crowd: None, url: str) -> None:
    text = on_terminal(url)
    assert "\x1b[33m○ pending" in text
    assert "\x1b[32m● active" in text
    assert len(COLOURS.findall(text)) == 2 * 3


@pytest.mark.parametrize(("term", "no_color"), [("xterm", "1"), ("dumb", ""), ("", "")])
def test_there_is_none_where_they_are_not_wanted(
    crowd: None, url: str, term: str, no_color: str
) -> None:
    text = on_terminal(url, term=term, no_color=no_color)
    assert "● active" in text
    assert "\x1b" not in text


def test_an_option_says_the_same_before_the_noun_and_after_the_verb(crowd: None, url: str) -> None:
    assert "\x1b" not in on_terminal(url, 80, "xterm", "", "--no-color")
    assert "\x1b" not in on_terminal(url, 80, "xterm", "", around=("--no-color",))


def test_a_terminal_of_one_colour_gets_none(crowd: None, url: str) -> None:
    assert "\x1b" not in on_terminal(url, term="vt220")


def test_numbers_are_never_cut(capsys: pytest.CaptureFixture[str]) -> None:
    columns = [Column("n", right=True), Column("word")]
    assert output._squeezed(columns, [30, 30], 40) == [30, 8]
    assert output._squeezed(columns, [30, 30], 10) == [30, output.NARROWEST]
    output.table(columns, starmap(lambda n, word: [str(n), word], [(7, "x"), (10**12, "y")]))
    assert capsys.readouterr().out.splitlines()[1:] == [f"{7:13}  x", f"{10**12}  y"]
