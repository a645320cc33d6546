"""The list: a window on keyset pages. It never holds more than a few pages, however many people
there are, and asks for more before the cursor gets there."""

from collections.abc import Callable
from datetime import datetime
from enum import Enum

from textual.message import Message
from textual.strip import Strip

from store.values import Page, Place, Row
from tui.widgets.columns import Columns, Look, line
from tui.widgets.marks import Marks
from tui.widgets.window import Window

PAGE = 60
"""Rows asked for at a time: more than a screen, so that a page down finds them there."""
KEEP = 6 * PAGE
"""Rows kept; what lies further from the cursor is forgotten and fetched again."""


class Direction(Enum):
    """Where more rows are wanted."""

    UP = "up"
    DOWN = "down"


class PeopleList(Window):
    """Rows, a cursor and marks. Posts `Wanted` when rows are missing, `Marked` with the marks."""

    class Wanted(Message):
        """More rows are wanted beyond a place."""

        def __init__(self, direction: Direction, place: Place) -> None:
            super().__init__()
            self.direction, self.place = direction, place

    class Jumped(Message):
        """The first or the last page is wanted."""

        def __init__(self, *, end: bool) -> None:
            super().__init__()
            self.end = end

    class Marked(Message):
        """Other people are marked than before."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self.clock = clock
        self.rows: list[Row] = []
        self.search = ""
        self.view = ""
        """What the lines show: as `Columns.of` has it."""
        self._marks: Marks[int] = Marks()
        self._first: Place | None = None
        self._last: Place | None = None
        self._before = self._after = False
        self._anchor: int | None = None
        self._asked: Direction | None = None

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def current(self) -> Row | None:
        """The person under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    @property
    def top_row(self) -> Row | None:
        """The first person shown."""
        return self.rows[self.top] if self.rows else None

    @property
    def marks(self) -> Marks[int]:
        return self._marks

    @marks.setter
    def marks(self, marks: Marks[int]) -> None:
        self._marks = marks
        self.refresh()
        self.post_message(self.Marked())

    def show(
        self,
        page: Page,
        *,
        search: str,
        end: bool = False,
        keep: int | None = None,
        line: int = 0,
    ) -> None:
        """Replace everything by a page; the cursor goes to its first row, its last with `end`,
        to the person `keep` where they are still there, or else to this `line`."""
        self.rows = list(page.rows)
        self.search = search
        self._first, self._last = page.first, page.last
        self._before, self._after = page.before, page.after
        self._asked = None
        found = next((at for at, row in enumerate(self.rows) if row.id == keep), line)
        self.go(len(self.rows) - 1 if end else found, top=0)
        self.refresh()

    def extend(self, page: Page, direction: Direction) -> None:
        """Add the rows beyond one end of the window, and forget what is far from the cursor."""
        self._asked = None
        if direction is Direction.DOWN:
            self.rows += page.rows
            self._last, self._after = page.last or self._last, page.after
            surplus = min(len(self.rows) - KEEP, self.top - PAGE)
            if surplus > 0:
                self._forget_above(surplus)
        else:
            self.rows[:0] = page.rows
            self.cursor += len(page.rows)
            self.top += len(page.rows)
            if not self._after:
                # At the end of the list, show users above instead of empty lines.
                self.top = max(min(self.top, len(self.rows) - self.room), 0)
            self._first, self._before = page.first or self._first, page.before
            keep = max(KEEP, self.top + self.room + PAGE)
            if len(self.rows) > keep:
                del self.rows[keep:]
                self._last, self._after = self.rows[-1].place, True
        self._look_ahead()
        self.refresh()

    def replace(self, row: Row) -> None:
        """Show one person as they are now, where they are in the window."""
        for at, old in enumerate(self.rows):
            if old.id == row.id:
                self.rows[at] = row
                self.redraw(at)

    def give_up(self) -> None:
        """More rows could not be had; they may be asked for again."""
        self._asked = None

    def strip(self, number: int) -> Strip:
        row = self.rows[number]
        look = Look(
            Columns.of(self.size.width, self.view),
            self.clock(),
            self.search,
            cursor=number == self.cursor,
            marked=row.id in self._marks,
        )
        return Strip(line(row, look)).adjust_cell_length(self.size.width)

    def go(self, to: int, *, top: int | None = None) -> None:
        super().go(to, top=top)
        self._look_ahead()

    def action_jump(self, end: bool) -> None:
        beyond = self._after if end else self._before
        if beyond:
            self.post_message(self.Jumped(end=end))
        else:
            super().action_jump(end)

    def toggle(self) -> None:
        """Mark or unmark the person under the cursor and go on to the next."""
        row = self.current
        if row is None:
            return
        self._anchor = row.id
        self._marks = self._marks.toggled(row.id)
        self.redraw(self.cursor)
        self.post_message(self.Marked())
        self.go(self.cursor + 1)

    def mark_range(self) -> None:
        """Mark everybody between the person marked last and the one under the cursor."""
        at = next((at for at, row in enumerate(self.rows) if row.id == self._anchor), self.cursor)
        low, high = sorted((at, self.cursor))
        self.marks = self._marks.with_all({row.id for row in self.rows[low : high + 1]})

    def _look_ahead(self) -> None:
        """Ask for the rows beyond an end of the window before the cursor is there."""
        if self._asked or not self.rows:
            return
        margin = 2 * self.room
        if self._after and self._last and self.cursor + margin >= len(self.rows):
            self._asked = Direction.DOWN
            self.post_message(self.Wanted(Direction.DOWN, self._last))
        elif self._before and self._first and self.cursor < margin:
            self._asked = Direction.UP
            self.post_message(self.Wanted(Direction.UP, self._first))

    def _forget_above(self, number: int) -> None:
        del self.rows[:number]
        self.cursor -= number
        self.top -= number
        self._first, self._before = self.rows[0].place, True
