"""Records, a line each, with marks; more are asked for before the cursor gets there."""

from textual.message import Message
from textual.strip import Strip

from store.values import Record, RecordPage, RecordPlace
from tui.safe import fit
from tui.signs import SIGNS
from tui.widgets.marks import Marks
from tui.widgets.window import Window

KIND, REF, STATE, SUB_ACCOUNT = 12, 14, 12, 16
WIDE = 100
"""Cells of a screen from which the sub-account has a column."""

Key = tuple[str, str]
"""What a record is known by: its kind and its ref."""


class RecordLines(Window):
    """The records read so far. Posts `Wanted` when more are needed, `Marked` with the marks."""

    class Wanted(Message):
        """More records are wanted, behind a place."""

        def __init__(self, place: RecordPlace) -> None:
            super().__init__()
            self.place = place

    class Marked(Message):
        """Other records are marked than before."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[Record] = []
        self.next: RecordPlace | None = None
        self.marks: Marks[Key] = Marks()
        self._anchor: Key | None = None
        self._asked = False

    @property
    def count(self) -> int:
        return len(self.records)

    def show(self, page: RecordPage) -> None:
        """Replace everything by a first page; nothing is marked."""
        self.records, self.next, self._asked = list(page.records), page.next, False
        self.cursor = self.top = 0
        self.mark(Marks())

    def extend(self, page: RecordPage) -> None:
        """Add what follows."""
        self.records += page.records
        self.next, self._asked = page.next, False
        self._look_ahead()
        self.refresh()

    def give_up(self) -> None:
        """More could not be had; it may be asked for again."""
        self._asked = False

    def mark(self, marks: Marks[Key]) -> None:
        """Mark these and no others."""
        self.marks = marks
        self.refresh()
        self.post_message(self.Marked())

    def toggle(self) -> None:
        """Mark or unmark the record under the cursor and go on to the next."""
        if self.records:
            self._anchor = key_of(self.records[self.cursor])
            self.marks = self.marks.toggled(self._anchor)
            self.redraw(self.cursor)
            self.post_message(self.Marked())
            self.go(self.cursor + 1)

    def mark_range(self) -> None:
        """Mark all between the record marked last and the one under the cursor."""
        keys = [key_of(one) for one in self.records]
        at = keys.index(self._anchor) if self._anchor in keys else self.cursor
        low, high = sorted((at, self.cursor))
        self.mark(self.marks.with_all(set(keys[low : high + 1])))

    def strip(self, number: int) -> Strip:
        one = self.records[number]
        sign = SIGNS.marked if key_of(one) in self.marks else " "
        width = self.size.width
        sub = f" {fit(one.sub_account, SUB_ACCOUNT)}" if width >= WIDE else ""
        room = max(width - KIND - REF - STATE - len(sub) - 8, 8)
        text = f"{sign} {fit(one.kind, KIND)} {fit(one.ref, REF)} {fit(one.title, room)}"
        text = f"{text} {fit(one.state, STATE)}{sub}"
        return self.marked(text.rstrip(), here=number == self.cursor and self.has_focus)

    def go(self, to: int, *, top: int | None = None) -> None:
        super().go(to, top=top)
        self._look_ahead()

    def _look_ahead(self) -> None:
        if self.next and not self._asked and self.cursor + 2 * self.room >= len(self.records):
            self._asked = True
            self.post_message(self.Wanted(self.next))


def key_of(one: Record) -> Key:
    """What a record is known by."""
    return one.kind, one.ref
