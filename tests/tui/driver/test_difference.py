"""What is sent takes the terminal to what it shall show, and no dearer than painting it anew."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.tui.driver.grids import Painter, heights, seeds, widths
from tests.tui.driver.judge import Judge, cells_of
from tui.colours import Depth
from tui.driver.difference import NO_LIMIT, Difference
from tui.driver.grid import Grid
from tui.driver.styles import Styles

EXAMPLES = settings(
    max_examples=80,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
"""A seed does not become simpler by becoming smaller."""
PER_ROW, ONCE = 6, 12
"""Bytes by which it may be dearer than clearing, of which one sequence does for all rows."""


class Line:
    """A terminal at the end of a line, and what goes there."""

    def __init__(self, width: int, height: int, **options: object) -> None:
        self.styles = Styles(Depth.TRUE)
        self.difference = Difference(self.styles, width, height)
        self.judge = Judge(width, height, **options)  # type: ignore[arg-type]

    def send(self, target: Grid, rows: set[int] | None = None, limit: int = NO_LIMIT) -> str:
        """Send as much as is allowed; `rows` loses what was sent."""
        rows = set(range(target.height)) if rows is None else rows
        sent = self.difference.toward(target, rows, limit)
        self.judge.feed(sent)
        return sent

    def fresh(self, target: Grid) -> str:
        """What it would take to a terminal of which nothing is known."""
        other = Difference(self.styles, target.width, target.height)
        return other.toward(target, set(range(target.height)))

    def shows(self, target: Grid) -> bool:
        return self.judge.cells == cells_of(target, self.styles)


def walk(line: Line, seed: int, width: int, height: int, steps: int = 6) -> Iterator[Grid]:
    """One screen after the other."""
    painter = Painter(line.styles, seed)
    target = painter.grid(width, height)
    for _step in range(steps):
        yield target
        target = painter.after(target)


@EXAMPLES
@given(seeds, widths, heights)
def test_what_the_terminal_shows_is_the_target(seed: int, width: int, height: int) -> None:
    line = Line(width, height)
    for target in walk(line, seed, width, height):
        line.send(target)
        assert line.judge.cells == cells_of(target, line.styles)
        assert line.difference.have.texts == target.texts


@settings(EXAMPLES, max_examples=6)
@given(seeds)
def test_a_screen_of_full_size(seed: int) -> None:
    line = Line(80, 24)
    for target in walk(line, seed, 80, 24, steps=4):
        line.send(target)
        assert line.judge.cells == cells_of(target, line.styles)


@EXAMPLES
@given(seeds, widths, heights, st.integers(1, 120))
def test_in_pieces_it_comes_to_the_same(seed: int, width: int, height: int, limit: int) -> None:
    """However often one is interrupted by a newer state, the newest one stands there in the end."""
    line = Line(width, height)
    rows: set[int] = set()
    target = Grid(width, height)
    for target in walk(line, seed, width, height):
        rows |= set(range(height))
        line.send(target, rows, limit)
    pieces = 0
    while rows:
        line.send(target, rows, limit)
        pieces += 1
        assert pieces <= height + 1, "each piece gets a row further"
    assert line.shows(target)


@EXAMPLES
@given(seeds, widths, heights, st.data())
def test_rows_that_were_not_drawn_stay(
    seed: int, width: int, height: int, data: st.DataObject
) -> None:
    line = Line(width, height)
    drawn = Grid(width, height)
    for target in walk(line, seed, width, height):
        rows = data.draw(st.sets(st.integers(0, height - 1)))
        for row in rows:
            drawn.texts[row], drawn.styles[row] = target.texts[row][:], target.styles[row][:]
        line.send(drawn, set(rows))
        assert line.shows(drawn)


@EXAMPLES
@given(seeds, widths, heights)
def test_it_is_hardly_ever_dearer_than_clearing_and_painting(
    seed: int, width: int, height: int
) -> None:
    line = Line(width, height)
    for target in walk(line, seed, width, height):
        anew = line.fresh(target)
        sent = line.send(target)
        assert len(sent.encode()) <= len(anew.encode()) + PER_ROW * height + ONCE


@EXAMPLES
@given(seeds, widths, heights, widths, heights)
def test_another_size_is_begun_by_clearing(
    seed: int, width: int, height: int, new_width: int, new_height: int
) -> None:
    line = Line(width, height)
    for target in walk(line, seed, width, height, steps=2):
        line.send(target)
    line.difference.forget(new_width, new_height)
    line.judge.resize(new_height, new_width)
    line.judge.feed("\x1b[3;2Hleft over\x1b[41;7m")
    for target in walk(line, seed + 1, new_width, new_height, steps=3):
        line.send(target)
        assert line.shows(target)


@EXAMPLES
@given(seeds, widths, heights)
def test_what_is_there_already_is_gone_on_from(seed: int, width: int, height: int) -> None:
    """The first frame was painted by somebody else; the cursor may be anywhere."""
    line = Line(width, height)
    first, *others = walk(line, seed, width, height)
    line.judge.feed(line.fresh(first) + "\x1b[m\x1b[2;2H")
    line.difference.assume(first.resized(width, height))
    assert line.send(first) == ""
    for target in others:
        line.send(target)
        assert line.shows(target)


@EXAMPLES
@given(seeds, st.integers(8, 40), heights)
def test_a_terminal_that_takes_wide_for_narrow_is_wrong_in_those_cells_alone(
    seed: int, width: int, height: int
) -> None:
    """What is newer than its tables: all other cells are right, for the cursor is put by number."""
    line = Line(width, height, widths=lambda _cluster, _width: 1)
    for target in walk(line, seed, width, height, steps=1):
        line.send(target)
        meant = cells_of(target, line.styles)
        for shown, row in zip(line.judge.cells, meant, strict=True):
            for column, (text, _look) in enumerate(row):
                if text and not (column + 1 < width and row[column + 1][0] == ""):
                    assert shown[column] == row[column]


def test_nothing_new_costs_nothing() -> None:
    line = Line(80, 24)
    for target in walk(line, 1, 80, 24, steps=2):
        line.send(target)
        assert line.send(target) == ""


def test_one_letter_costs_little_more_than_a_letter() -> None:
    line = Line(80, 24)
    target = Grid(80, 24)
    line.send(target)
    target.put(5, 20, "a", 1, 0)
    line.send(target)
    target.put(5, 21, "b", 1, 0)
    assert line.send(target) == "b"


@pytest.mark.parametrize("by", [1, 3, -1, -6])
def test_what_has_moved_is_scrolled(by: int) -> None:
    line = Line(80, 24)
    target = Grid(80, 24)
    for row in range(24):
        for column, char in enumerate(f"line {row} of this text, which is rather long"):
            target.put(row, column, char, 1, 0)
    line.send(target)
    target.shift(4, 20, by)
    assert len(line.send(target)) <= 40
    assert line.shows(target)


def test_a_typed_letter_goes_before_a_page() -> None:
    """Typing into a field stays ahead of everything else (LINE)."""
    line = Line(80, 24)
    target = Grid(80, 24)
    line.send(target)
    for row in range(24):
        for column in range(60 if row != 20 else 1):
            target.put(row, column, "abcdefg"[(row + column) % 7], 1, 0)
    rows = set(range(24))
    line.send(target, rows, limit=1)
    assert rows == set(range(24)) - {20}


def test_one_cell_that_becomes_blank_costs_a_blank() -> None:
    """What is blank already behind it is not erased again: a cursor that leaves a field."""
    line = Line(80, 24)
    target = Grid(80, 24)
    target.put(5, 20, "x", 1, 0)
    target.put(5, 70, "y", 1, 0)
    line.send(target)
    target.put(5, 21, "z", 1, 0)
    line.send(target)
    target.put(5, 21, " ", 1, 0)
    assert line.send(target) == "\b "


def test_behind_a_joined_letter_the_column_is_given() -> None:
    """Some terminals draw it in the previous cell, and the rest too far left."""
    line, target = Line(10, 1), Grid(10, 1)
    target.texts[0][:4] = ["क्\u200d", "ष", "|", "|"]
    assert re.search("ष\x1b\\[(1;)?3[GH]\\|\\|", line.send(target))
