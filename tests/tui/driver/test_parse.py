"""What Textual writes is drawn as a terminal would draw it; all else goes on unchanged."""

import random

import pytest
from hypothesis import given, settings
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tests.tui.driver.grids import MARKED, NARROW, WIDE, heights, seeds, widths
from tests.tui.driver.judge import Judge, cells_of
from tui.driver import parse
from tui.driver.grid import Grid
from tui.driver.parse import Parser
from tui.driver.styles import Styles

CONSOLE = Console(color_system="truecolor", force_terminal=True)
LOOKS = (
    "", "bold", "dim red", "reverse", "bold white on blue", "#010203 on #a0b0c0", "underline",
    "italic bright_green", "strike", "on color(200)", "bold dim reverse", "overline conceal",
)  # fmt: skip


def strip(chance: random.Random, room: int) -> Strip:
    """A piece of a line, as a widget gives it."""
    segments = []
    while room > 0:
        text, left = "", chance.randint(1, room)
        room -= left
        while left:
            kind = chance.choice((NARROW, NARROW, [" "], [*"abc XYZ"], MARKED, WIDE))
            width = 2 if kind is WIDE else 1
            if width > left:
                continue
            text, left = text + chance.choice(kind), left - width
        segments.append(Segment(text, Style.parse(chance.choice(LOOKS))))
    return Strip(segments)


@settings(max_examples=150, deadline=None)
@given(seeds, widths, heights)
def test_the_target_is_what_a_terminal_would_show(seed: int, width: int, height: int) -> None:
    """The judge gets the very same bytes."""
    chance, styles = random.Random(seed), Styles()  # noqa: S311  (a test)
    parser, judge = Parser(Grid(width, height), styles), Judge(width, height)
    touched = set()
    for _piece in range(12):
        row, column = chance.randrange(height), chance.randrange(width)
        piece = strip(chance, chance.randint(1, width - column))
        data = f"\x1b[{row + 1};{column + 1}H{piece.render(CONSOLE)}"
        touched.add(row)
        assert parser.feed(data) == ""
        judge.feed(data)
    assert parser.rows == touched
    assert cells_of(parser.target, styles) == judge.cells


@pytest.mark.parametrize(
    "data",
    [
        "\x1b[?1049h", "\x1b[?1049l", "\x1b[?25l", "\x1b[?25h", "\x1b[?2004h", "\x1b[?2004l",
        "\x07", "\x1b]52;c;b2xnYQ==\x07", "\x1b]0;a title\x1b\\", "\x1b[>q", "\x1b[c",
    ],
)  # fmt: skip
def test_what_is_no_drawing_goes_on(data: str) -> None:
    parser = Parser(Grid(10, 2), Styles())
    assert parser.feed(data) == data
    assert not parser.rows


@pytest.mark.parametrize(
    "data",
    [
        "\x1b[?1000h", "\x1b[?1003h", "\x1b[?1015h", "\x1b[?1006h", "\x1b[?1004h", "\x1b[?1004l",
        "\x1b[>1u", "\x1b[<u", "\x1b[?2026h", "\x1b[?2026l", "\x1b[?2026$p", "\x1b[?2048$p",
        "\x1b[?2048h", "\x1b]22;text\x1b\\",
    ],
)  # fmt: skip
def test_what_a_slow_line_can_do_without_is_not_sent(data: str) -> None:
    """LINE: no focus reports, no mouse, no kitty keys, no resize in band, no pointer shapes."""
    parser = Parser(Grid(10, 2), Styles())
    assert parser.feed(data) == ""
    assert not parser.rows


def test_links_are_text() -> None:
    parser = Parser(Grid(10, 2), Styles())
    assert parser.feed("\x1b[1;1H\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\") == ""
    assert "".join(parser.target.texts[0]) == "link      "


def test_what_does_not_fit_is_left_out() -> None:
    """After the terminal has become smaller a frame of the old size may still come."""
    parser = Parser(Grid(6, 2), Styles())
    parser.feed("\x1b[1;4Hабвгд\x1b[2;5H中中\x1b[2;9Hx\x1b[7;1Hgone\x1b[1;30Hgone")
    assert ["".join(row) for row in parser.target.texts] == ["   абв", "    中"]


def test_no_control_character_is_drawn() -> None:
    parser = Parser(Grid(6, 1), Styles())
    assert parser.feed("\x1b[1;1Ha\x00\x08\x85b\r\nc") == ""
    assert "".join(parser.target.texts[0]) == "abc   "


def test_a_mark_that_comes_by_itself_belongs_to_what_stands_before_it() -> None:
    parser = Parser(Grid(6, 1), Styles())
    parser.feed("\x1b[1;1He\x1b[1m\u0301\x1b[1;3H中\u0301")
    assert parser.target.texts[0] == ["e\u0301", " ", "中\u0301", "", " ", " "]


def test_what_is_taken_for_single_cells_is_so_in_the_tables() -> None:
    """The short way gives what the long way gives."""
    single = [char for char in map(chr, range(0x20, 0x3000)) if parse._SINGLE.fullmatch(char)]
    assert {cell_len(char) for char in single} == {1}
    assert len(single) > 1000


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("क्\u200dष", ["क्\u200d", "ष"]),
        ("علی\u200cرضا", ["ع", "ل", "ی\u200c", "ر", "ض", "ا"]),
    ],
)
def test_a_joiner_takes_no_cell_and_the_letter_after_it_its_own(
    name: str, cells: list[str]
) -> None:
    target = Grid(10, 1)
    Parser(target, Styles()).feed(f"\x1b[1;1H{name}|")
    assert target.texts[0][: len(cells) + 1] == [*cells, "|"]
