"""The cursor gets from anywhere to anywhere by what is sent, also where its column is unsure."""

from hypothesis import given
from hypothesis import strategies as st

from tests.tui.driver.judge import Judge
from tui.driver.cursor import Cursor
from tui.driver.grid import Width

WIDTH, HEIGHT = 80, 24
rows, columns = st.integers(0, HEIGHT - 1), st.integers(0, WIDTH - 1)
places = st.tuples(rows, columns)


def at(place: tuple[int, int]) -> tuple[Cursor, Judge]:
    """A cursor and a terminal that agree about where it is."""
    cursor, judge = Cursor(), Judge(WIDTH, HEIGHT)
    cursor.put(*place)
    judge.cursor.y, judge.cursor.x = place
    return cursor, judge


@given(places, places)
def test_from_anywhere_to_anywhere(one: tuple[int, int], other: tuple[int, int]) -> None:
    cursor, judge = at(one)
    judge.feed(cursor.go(*other))
    assert (judge.cursor.y, judge.cursor.x) == other
    assert cursor.is_at(*other)


@given(places, places)
def test_never_longer_than_by_number(one: tuple[int, int], other: tuple[int, int]) -> None:
    cursor, _judge = at(one)
    row, column = other
    assert len(cursor.go(row, column)) <= len(f"\x1b[{row + 1};{column + 1}H")


@given(places)
def test_from_nowhere_it_goes_by_number(place: tuple[int, int]) -> None:
    cursor, judge = Cursor(), Judge(WIDTH, HEIGHT)
    judge.cursor.y, judge.cursor.x = 5, 50
    assert not cursor.is_at(*place)
    judge.feed(cursor.go(*place))
    assert (judge.cursor.y, judge.cursor.x) == place


@given(places, places, st.sampled_from([Width.LIKELY, Width.DOUBTFUL]), st.integers(-2, 2))
def test_where_the_column_is_not_sure_only_numbers_lead_on(
    one: tuple[int, int], other: tuple[int, int], trust: Width, error: int
) -> None:
    """Whatever the terminal thinks of the character before, one ends where one wants to be."""
    cursor, judge = at(one)
    cursor.wrote(1, trust, WIDTH)
    judge.cursor.x = min(max(cursor.column + error, 0), WIDTH - 1)
    judge.feed(cursor.go(*other))
    assert (judge.cursor.y, judge.cursor.x) == other


@given(rows, columns, st.lists(st.sampled_from(list(Width)), max_size=4))
def test_text_goes_on_only_behind_what_was_sure(row: int, column: int, trusts: list[Width]) -> None:
    cursor = Cursor()
    cursor.put(row, column)
    for trust in trusts:
        cursor.wrote(1, trust, WIDTH)
    end = column + len(trusts)
    sure = Width.DOUBTFUL not in trusts and (end < WIDTH or not trusts)
    assert cursor.is_at(row, end) == sure


def test_at_the_end_of_a_line_terminals_differ() -> None:
    cursor, judge = at((3, WIDTH - 1))
    judge.feed("x")
    cursor.wrote(1, Width.CERTAIN, WIDTH)
    assert not cursor.is_at(3, WIDTH)
    judge.feed(cursor.go(4, 10))
    assert (judge.cursor.y, judge.cursor.x) == (4, 10)
