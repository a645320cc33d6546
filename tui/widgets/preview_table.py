"""The first rows of a file as they will be read, and which heading becomes which field."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from store.exchange.reading import Row
from store.wording import _
from tui.safe import fit, width
from tui.screens.user_fields import LABELS
from tui.signs import SIGNS

GUTTER = 10
"""What stands before the columns: a margin, and what the line is."""
NARROWEST, WIDEST, GAP = 6, 24, 3
"""Cells of a column, and between two; the cursor stands in what is between them."""
HEAD_LINES = 3
"""The headings, what they become, a rule."""
LOOKED_AT = 100
"""Letters of a cell, so that one of ten thousand costs nothing."""

COLUMN_LABELS = {**LABELS, "team": LABELS["teams"], "": _("left out")}
"""What people call a column of the file; the empty one is left out."""


class PreviewTable(Widget, can_focus=True):
    """A cursor on one heading. The columns that do not fit come in as it moves."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "preview-table--quiet",
        "preview-table--cursor",
        "preview-table--left-out",
    }

    def __init__(self, headings: Sequence[str], rows: Sequence[Row], columns: Mapping[str, str]):
        super().__init__()
        self.headings, self.file_rows = headings, rows
        self.columns = columns
        self.cursor = 0
        self._first = 0
        self._widths = self._measured()

    @property
    def heading(self) -> str:
        """The heading under the cursor."""
        return self.headings[self.cursor]

    def show(self, columns: Mapping[str, str]) -> None:
        """What the headings become now."""
        self.columns = columns
        self._widths = self._measured()
        self.refresh()

    def move(self, step: int) -> None:
        """To another heading, as far as there are any."""
        self.cursor = max(min(self.cursor + step, len(self.headings) - 1), 0)
        self.refresh()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def render_line(self, y: int) -> Strip:
        numbers = self._visible()
        if y == HEAD_LINES - 1:
            return self._rule()
        if y == 0:
            quiet = self._style("quiet")
            cells = [(fit(self.headings[at], self._widths[at]), quiet) for at in numbers]
            return self._line(_("heading"), cells)
        if y == 1:
            marked = numbers.index(self.cursor) if self.has_focus else None
            return self._line(_("becomes"), [self._becomes(at) for at in numbers], marked)
        if y - HEAD_LINES >= len(self.file_rows):
            return Strip.blank(self.size.width)
        row = self.file_rows[y - HEAD_LINES]
        label = _("line {n}").format(n=row.line)
        if row.fault:
            fault = fit(f"{SIGNS.error} {row.fault.message}", self.size.width - GUTTER)
            return self._line(label, [(fault, Style())])
        return self._line(
            label, [(fit(row.cells[at][:LOOKED_AT], self._widths[at]), Style()) for at in numbers]
        )

    def _becomes(self, at: int) -> tuple[str, Style]:
        column = self.columns[self.headings[at]]
        here = self._style("cursor") if at == self.cursor else Style()
        return fit(_shown(column), self._widths[at]), (
            here if column else here + self._style("left-out")
        )

    def _rule(self) -> Strip:
        """Between what the headings are and the rows; it says which heading one is at."""
        place = _("{n} of {count}").format(n=self.cursor + 1, count=len(self.headings))
        rest = max(self.size.width - len(place) - 8, 0)
        return self._strip([Segment(f"   {SIGNS.rule * rest} {place} {SIGNS.rule * 2}")])

    def _visible(self) -> list[int]:
        """The columns that are shown: the one under the cursor, and what fits around it."""
        self._first = min(self._first, self.cursor)
        while True:
            room, numbers = self.size.width - GUTTER, []
            for at in range(self._first, len(self.headings)):
                if room < NARROWEST:
                    break
                numbers.append(at)
                room -= self._widths[at] + GAP
            whole = numbers[:-1] if room < -GAP and len(numbers) > 1 else numbers
            if self.cursor in whole or not numbers:
                return numbers
            self._first += 1

    def _measured(self) -> list[int]:
        """Each column as wide as what stands in it, within bounds."""
        rows = [row for row in self.file_rows if not row.fault]
        widths = []
        for at, heading in enumerate(self.headings):
            texts = (heading, _shown(self.columns[heading]), *(row.cells[at] for row in rows))
            longest = max(width(text[:LOOKED_AT]) for text in texts)
            widths.append(max(min(longest, WIDEST), NARROWEST))
        return widths

    def _line(
        self, label: str, cells: Sequence[tuple[str, Style]], marked: int | None = None
    ) -> Strip:
        segments = [Segment(f"   {fit(label, GUTTER - 3)}", self._style("quiet"))]
        for number, (text, style) in enumerate(cells):
            gap = SIGNS.cursor if number == marked else " "
            segments += [Segment(f"{gap:>{GAP - 1}} "), Segment(text, style)]
        return self._strip(segments)

    def _strip(self, segments: list[Segment]) -> Strip:
        return Strip(Segment.simplify(segments)).adjust_cell_length(self.size.width)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"preview-table--{name}", partial=True)


def _shown(column: str) -> str:
    return COLUMN_LABELS[column] if column else f"{SIGNS.error} {COLUMN_LABELS[column]}"
