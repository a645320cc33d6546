"""A window on lines: a cursor, the keys of the list, and only what is shown is ever made."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.safe import fit
from tui.signs import SIGNS


class Window(Widget, can_focus=True):
    """Shows some of `count` lines. What it costs does not grow with their number."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"window--cursor", "window--below"}
    BINDINGS = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home,g", "jump(False)", show=False),
        Binding("end,G", "jump(True)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.cursor = self.top = 0

    @property
    def count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def line(self, number: int) -> str:
        """What one of them says; it is cut where the window ends."""
        raise NotImplementedError

    def below(self) -> list[str]:
        """What is to be said in full of the line under the cursor, below all lines."""
        return []

    @property
    def room_below(self) -> int:
        """How many lines are kept for that."""
        return 0

    @property
    def rows(self) -> int:
        """How many lines are shown at once."""
        return max(self.size.height - self.room_below, 1)

    def go(self, to: int) -> None:
        """Move the cursor, as far as there are lines, and the window no further than it needs."""
        old, old_top = self.cursor, self.top
        self.cursor = max(min(to, self.count - 1), 0)
        self.top = max(min(self.top, self.cursor), self.cursor - self.rows + 1)
        if self.top != old_top:
            self.refresh()
        elif self.cursor != old:
            self._redraw(old)
            self._redraw(self.cursor)
            self.refresh(Region(0, self.rows, self.size.width, self.room_below))

    def render_line(self, y: int) -> Strip:
        width, number = self.size.width, self.top + y
        if y >= self.rows:
            said = self.below()[y - self.rows :]
            style = self.get_component_rich_style("window--below", partial=True)
            return Strip([Segment(fit(said[0] if said else "", width), style)], width)
        if number >= self.count:
            return Strip.blank(width)
        here = number == self.cursor and self.has_focus
        style = self.get_component_rich_style("window--cursor", partial=True) if here else Style()
        marker = SIGNS.cursor if here else " "
        return Strip([Segment(fit(f" {marker} {self.line(number)}", width), style)], width)

    def on_resize(self) -> None:
        # What was scrolled out for want of room comes back where there is some.
        self.top = max(min(self.top, self.count - self.rows), 0)
        self.go(self.cursor)
        self.refresh()

    def on_focus(self) -> None:
        self._redraw(self.cursor)

    def on_blur(self) -> None:
        self._redraw(self.cursor)

    def action_move(self, steps: int) -> None:
        self.go(self.cursor + steps)

    def action_page(self, pages: int) -> None:
        step = pages * max(self.rows - 1, 1)
        self.top = max(min(self.top + step, self.count - self.rows), 0)
        self.go(self.cursor + step)
        self.refresh()

    def action_jump(self, end: bool) -> None:
        self.go(self.count - 1 if end else 0)

    def _redraw(self, at: int) -> None:
        self.refresh(Region(0, at - self.top, self.size.width, 1))
