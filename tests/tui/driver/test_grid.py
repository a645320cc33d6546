"""A screen in memory behaves as a terminal does; which widths are sure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.driver.grids import Painter, heights, seeds, widths
from tui.driver.grid import BLANK, TAIL, Grid, Width, width_of
from tui.driver.styles import Styles


@pytest.mark.parametrize(
    ("cell", "width"),
    [
        ("a", Width.CERTAIN),
        ("й", Width.LIKELY),
        ("é", Width.LIKELY),
        ("ł", Width.LIKELY),
        ("ї", Width.CERTAIN),
        ("─", Width.LIKELY),
        ("中", Width.DOUBTFUL),
        ("e\u0301", Width.DOUBTFUL),
        ("😀", Width.DOUBTFUL),
        ("⚿", Width.LIKELY),
        ("🇺", Width.LIKELY),
    ],
)
def test_how_sure_one_may_be_of_a_width(cell: str, width: Width) -> None:
    assert width_of(cell) is width


def test_half_of_a_wide_character_does_not_stay() -> None:
    grid = Grid(6, 1)
    grid.put(0, 1, "中", 2, 0)
    assert grid.texts[0] == [BLANK, "中", TAIL, BLANK, BLANK, BLANK]
    grid.put(0, 2, "x", 1, 0)
    assert grid.texts[0] == [BLANK, BLANK, "x", BLANK, BLANK, BLANK]
    grid.put(0, 3, "中", 2, 0)
    grid.put(0, 2, "字", 2, 0)
    assert grid.texts[0] == [BLANK, BLANK, "字", TAIL, BLANK, BLANK]


@given(seeds, widths, heights, widths, heights)
def test_another_size_keeps_what_fits(
    seed: int, width: int, height: int, new_width: int, new_height: int
) -> None:
    grid = Painter(Styles(), seed).grid(width, height)
    other = grid.resized(new_width, new_height)
    assert {len(row) for row in other.texts} == {len(row) for row in other.styles} == {new_width}
    assert len(other.texts) == len(other.styles) == new_height
    for row in range(min(height, new_height)):
        kept = min(width, new_width)
        assert other.texts[row][: kept - 1] == grid.texts[row][: kept - 1]
        ends_whole = other.texts[row][kept - 1] == grid.texts[row][kept - 1]
        assert ends_whole or grid.texts[row][kept] == TAIL


@given(seeds, st.integers(2, 12), st.data())
def test_shifted_lines_are_blank_where_nothing_came_from(
    seed: int, height: int, data: st.DataObject
) -> None:
    grid = Painter(Styles(), seed).grid(7, height)
    before = [row[:] for row in grid.texts]
    top = data.draw(st.integers(0, height - 2))
    bottom = data.draw(st.integers(top + 1, height - 1))
    by = data.draw(st.integers(-(bottom - top), bottom - top).filter(bool))
    grid.shift(top, bottom, by)
    for row in range(height):
        inside = top <= row <= bottom
        comes = row + by if inside else row
        there = not inside or top <= comes <= bottom
        assert grid.texts[row] == (before[comes] if there else [BLANK] * 7)
