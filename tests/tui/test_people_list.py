"""The window on the list: it never holds many rows, and nobody is skipped or shown twice."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from store.values import Page, Place, Row, Status
from tests.tui.driving import drive
from tui.widgets.marks import Marks
from tui.widgets.people_list import KEEP, PAGE, Direction, PeopleList

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PERSON = Row(
    0, Status.ACTIVE, "Maria", "Silva", "maria", "m@acme.com.ua", "", "Support", False, False, None,
    Place(0, "", "", 0),
)  # fmt: skip


def person(number: int) -> Row:
    return replace(PERSON, id=number, place=Place(0, "", "", number))


class ListApp(App[None]):
    """The list over a keyset of numbers, answered at once."""

    def __init__(self, total: int) -> None:
        super().__init__()
        self.total = total
        self.people = PeopleList(lambda: NOON)

    def compose(self) -> ComposeResult:
        yield self.people

    def on_mount(self) -> None:
        self.people.focus()
        self.people.show(self.page(range(1, PAGE + 1)), search="")

    def page(self, numbers: range) -> Page:
        inside = [number for number in numbers if 1 <= number <= self.total]
        rows = tuple(map(person, inside))
        return Page(
            rows,
            rows[0].place if rows else None,
            rows[-1].place if rows else None,
            before=bool(inside) and inside[0] > 1,
            after=bool(inside) and inside[-1] < self.total,
        )

    def on_people_list_wanted(self, event: PeopleList.Wanted) -> None:
        at = event.place.id
        down = event.direction is Direction.DOWN
        numbers = range(at + 1, at + 1 + PAGE) if down else range(at - PAGE, at)
        self.people.extend(self.page(numbers), event.direction)

    def on_people_list_jumped(self, event: PeopleList.Jumped) -> None:
        numbers = range(self.total - PAGE + 1, self.total + 1) if event.end else range(1, PAGE + 1)
        self.people.show(self.page(numbers), search="", end=event.end)


def at(app: ListApp) -> int:
    assert app.people.current
    return app.people.current.id


def walk(keys: list[str], total: int = 2_000) -> ListApp:
    """Press keys on a list of so many people; the app as it is then."""
    app = ListApp(total)

    async def steps(pilot: Pilot[None]) -> None:
        for key in keys:
            await pilot.press(key)

    drive(app, steps)
    return app


@pytest.mark.parametrize(
    ("keys", "number"),
    [
        ([], 1),
        (["down"], 2),
        (["j", "j", "k"], 2),
        (["up"], 1),
        (["pagedown"], 24),
        (["pagedown", "pagedown", "pageup"], 24),
        (["end"], 2_000),
        (["G", "up"], 1_999),
        (["G", "g"], 1),
        (["end", "pageup", "home", "down"], 2),
    ],
)
def test_the_keys_move_the_cursor_as_they_do_everywhere(keys: list[str], number: int) -> None:
    assert at(walk(keys)) == number


def test_walking_down_and_up_meets_everybody_once_in_order() -> None:
    """Across many pages of the window, and back."""
    app, met = ListApp(700), []

    async def steps(pilot: Pilot[None]) -> None:
        for number, step in enumerate([1] * 700 + [-1] * 700):
            met.append(at(app))
            app.people.action_move(step)
            if number % 20 == 0:
                await pilot.pause()

    drive(app, steps)
    assert met == [*range(1, 701), *range(700, 0, -1)]


def test_the_window_stays_small_however_far_one_walks() -> None:
    app = walk(["pagedown"] * 70)
    assert at(app) > 1_500
    assert len(app.people.rows) <= KEEP + PAGE


def test_what_one_looks_at_stays_where_it_is_when_it_is_loaded_anew() -> None:
    """Whoever comes back from a person finds the same line under the cursor."""
    app = ListApp(2_000)
    seen: list[tuple[int, int, int]] = []

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press(*["pagedown"] * 3, *["down"] * 9)
        for _time in range(2):
            assert app.people.top_row
            first = app.people.top_row.id
            seen.append((first, at(app), app.people.cursor - app.people.top))
            app.people.show(app.page(range(first, first + PAGE)), search="", keep=at(app))
            await pilot.pause()

    drive(app, steps)
    assert seen[0] == seen[1]
    assert seen[0][2] > 5


def test_a_taller_terminal_shows_again_what_was_scrolled_out() -> None:
    app = ListApp(20)

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.resize_terminal(80, 6)
        await pilot.press("end")
        assert (app.people.top, at(app)) == (14, 20)
        await pilot.resize_terminal(80, 24)
        assert (app.people.top, at(app)) == (0, 20)

    drive(app, steps)


def test_rows_are_there_before_the_cursor_needs_them() -> None:
    app = walk(["pagedown"])
    assert len(app.people.rows) > 2 * app.people.size.height


def test_marks_survive_paging_and_belong_to_people_not_to_lines() -> None:
    app = ListApp(2_000)

    async def steps(pilot: Pilot[None]) -> None:
        app.people.toggle()
        app.people.toggle()
        await pilot.press(*["pagedown"] * 40, "home")

    drive(app, steps)
    assert {row.id for row in app.people.rows if row.id in app.people.marks} == {1, 2}


def test_a_range_is_marked_from_the_last_mark_to_the_cursor() -> None:
    app = ListApp(2_000)

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("down", "down")
        app.people.toggle()
        await pilot.press("down", "down")
        app.people.mark_range()

    drive(app, steps)
    assert app.people.marks.ids == frozenset({3, 4, 5, 6})


def test_everybody_marked_keeps_the_exceptions_not_a_million_ids() -> None:
    everybody: Marks[int] = Marks(everybody=True)
    marks = everybody.toggled(7)
    assert 7 not in marks
    assert 8 in marks
    assert marks.count(1_000_412) == 1_000_411
    assert 7 in marks.with_all({7})


def test_an_empty_list_takes_every_key_and_has_nobody() -> None:
    app = walk(["down", "up", "pagedown", "end", "home"], total=0)
    assert app.people.current is None
