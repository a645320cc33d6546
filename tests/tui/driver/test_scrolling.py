"""What has only moved is found; what has not is not taken for it."""

from hypothesis import given
from hypothesis import strategies as st

from tui.driver import scrolling
from tui.driver.grid import Grid
from tui.driver.scrolling import Shift

WIDTH, HEIGHT = 40, 20


def page(first: int, top: int = 0, bottom: int = HEIGHT - 1) -> Grid:
    """Lines by their numbers, in a frame that stays."""
    grid = Grid(WIDTH, HEIGHT)
    for row in range(HEIGHT):
        number = first + row
        person = "".join(chr(97 + (number * step) % 26) for step in range(1, 30))
        line = f"{number} {person}" if top <= row <= bottom else f"frame {row}"
        for column, char in enumerate(line):
            grid.put(row, column, char, 1, 0)
    return grid


@given(st.integers(0, 5), st.integers(14, HEIGHT - 1), st.integers(-6, 6))
def test_a_part_that_moved_is_found_with_its_bounds(top: int, bottom: int, by: int) -> None:
    have, target = page(100, top, bottom), page(100 + by, top, bottom)
    found = scrolling.find(have, target, range(HEIGHT))
    assert found == (Shift(top, bottom, by) if by else None)
    if found:
        have.shift(*found)
        stale = [row for row in range(HEIGHT) if not target.same_row(have, row)]
        assert len(stale) == abs(by)


def test_other_people_are_no_movement() -> None:
    assert scrolling.find(page(100), page(500), range(HEIGHT)) is None


def test_two_lines_are_not_worth_it() -> None:
    have, target = page(100), page(500)
    for row in (4, 5):
        target.texts[row] = have.texts[row + 1][:]
    assert scrolling.find(have, target, range(HEIGHT)) is None


def test_blank_lines_have_not_moved() -> None:
    have, target = Grid(WIDTH, HEIGHT), Grid(WIDTH, HEIGHT)
    have.put(3, 3, "x", 1, 0)
    assert scrolling.find(have, target, range(HEIGHT)) is None


def test_where_the_cursor_of_a_list_stands_is_another_style_and_moves_all_the_same() -> None:
    have, target = page(100), page(103)
    have.styles[7] = [1] * WIDTH
    target.styles[9] = [1] * WIDTH
    assert scrolling.find(have, target, range(HEIGHT)) == Shift(0, HEIGHT - 1, 3)
