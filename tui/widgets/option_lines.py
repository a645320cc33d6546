"""A window on a list of names: what it costs does not grow with the list."""

from collections.abc import Sequence

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.safe import fit
from tui.signs import SIGNS


class OptionLines(Widget):
    """Shows some of the lines and a cursor. Whoever owns it moves it: it takes no focus."""

    COMPONENT_CLASSES = {"option-lines--cursor"}

    def __init__(self) -> None:
        super().__init__()
        self.labels: Sequence[str] = ()
        self.cursor = 0
        self.top = 0

    def show(self, labels: Sequence[str], cursor: int) -> None:
        """Put other lines in."""
        self.labels = labels
        self.top = max(min(self.top, len(labels) - self.size.height), 0)
        self.go(cursor)
        self.refresh()

    def go(self, cursor: int) -> None:
        """Move the cursor, as far as there are lines, and the window with it."""
        old_top, old_cursor = self.top, self.cursor
        self.cursor = max(min(cursor, len(self.labels) - 1), 0)
        rows = max(self.size.height, 1)
        self.top = max(min(self.top, self.cursor), self.cursor - rows + 1)
        if (old_top, old_cursor) != (self.top, self.cursor):
            self.refresh()

    def on_resize(self) -> None:
        self.go(self.cursor)

    def render_line(self, y: int) -> Strip:
        number, width = self.top + y, self.size.width
        if number >= len(self.labels):
            return Strip.blank(width, self.rich_style)
        here = number == self.cursor
        marker = SIGNS.cursor if here else " "
        style = self.get_component_rich_style("option-lines--cursor") if here else self.rich_style
        text = fit(f"{marker} {self.labels[number]}", width)
        return Strip([Segment(text, style)], width)
