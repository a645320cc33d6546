"""A window on many lines: a cursor, the keys of the list, and only what is shown is ever made."""

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

    COMPONENT_CLASSES: ClassVar[set[str]] = {"window--cursor"}
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

    def strip(self, number: int) -> Strip:
        """One of them, as it looks now."""
        raise NotImplementedError

    @property
    def room(self) -> int:
        """How many lines are shown at once."""
        return max(self.size.height, 1)

    def go(self, to: int, *, top: int | None = None) -> None:
        """Move the cursor, as far as there are lines, and the window no further than it needs.

        `top` is the line that were best the first one shown.
        """
        old, old_top = self.cursor, self.top
        self.cursor = max(min(to, self.count - 1), 0)
        if top is not None:
            self.top = max(min(top, self.count - self.room), 0)
        if self.size.height:
            self.top = max(min(self.top, self.cursor), self.cursor - self.room + 1)
        if self.top != old_top:
            self.refresh()
        elif self.cursor != old:
            self.redraw(old)
            self.redraw(self.cursor)

    def redraw(self, number: int) -> None:
        """Draw one line anew, where it is shown."""
        if 0 <= number - self.top < self.room:
            self.refresh(Region(0, number - self.top, self.size.width, 1))

    def marked(self, text: str, *, here: bool, indent: int = 0) -> Strip:
        """A line of text, with the sign of the cursor before it where that is `here`."""
        width = self.size.width
        style = self.get_component_rich_style("window--cursor", partial=True) if here else Style()
        marker = SIGNS.cursor if here else " "
        return Strip([Segment(fit(f"{' ' * indent}{marker} {text}", width), style)], width)

    def render_line(self, y: int) -> Strip:
        number = self.top + y
        return self.strip(number) if number < self.count else Strip.blank(self.size.width)

    def on_resize(self) -> None:
        # What was scrolled out for want of room comes back where there is some.
        self.go(self.cursor, top=self.top)

    def on_focus(self) -> None:
        self.redraw(self.cursor)

    def on_blur(self) -> None:
        self.redraw(self.cursor)

    def action_move(self, steps: int) -> None:
        self.go(self.cursor + steps)

    def action_page(self, pages: int) -> None:
        step = pages * max(self.room - 1, 1)
        self.go(self.cursor + step, top=self.top + step)

    def action_jump(self, end: bool) -> None:
        self.go(self.count - 1 if end else 0)
