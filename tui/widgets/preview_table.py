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

GUTTER = 12
"""What stands before the columns: a margin, and what the line is."""
NARROWEST, WIDEST, GAP = 6, 24, 2
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
            return self._strip([Segment(" " * 3 + SIGNS.rule * (self.size.width - 4))])
        quiet = self._style("quiet")
        if y == 0:
            cells = [(fit(self.headings[at], self._widths[at]), quiet) for at in numbers]
            return self._line(_("heading"), cells)
        if y == 1:
            return self._line(_("becomes"), [self._becomes(at) for at in numbers])
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
        label = COLUMN_LABELS[column]
        shown = label if column else f"{SIGNS.error} {label}"
        if at == self.cursor:
            shown = f"{SIGNS.cursor if self.has_focus else ' '}{shown}"
            return fit(shown, self._widths[at]), self._style("cursor")
        return fit(shown, self._widths[at]), Style() if column else self._style("left-out")

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
            label = f"  {COLUMN_LABELS[self.columns[heading]]}"
            texts = (heading, label, *(row.cells[at] for row in rows))
            longest = max(width(text[:LOOKED_AT]) for text in texts)
            widths.append(max(min(longest, WIDEST), NARROWEST))
        return widths

    def _line(self, label: str, cells: Sequence[tuple[str, Style]]) -> Strip:
        segments = [Segment(f"   {fit(label, GUTTER - 3)}", self._style("quiet"))]
        for text, style in cells:
            segments += [Segment(text, style), Segment(" " * GAP)]
        return self._strip(segments)

    def _strip(self, segments: list[Segment]) -> Strip:
        return Strip(Segment.simplify(segments)).adjust_cell_length(self.size.width)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"preview-table--{name}", partial=True)
