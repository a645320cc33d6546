"""Text that one reads and scrolls: a person, a history, the help."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content

from tui.widgets.told import Told


class Reading(VerticalScroll, can_focus=True):
    """Lines that scroll by the keys of the list; nothing in it is markup."""

    BINDINGS = [
        Binding("up,k", "scroll_by(-1)", show=False),
        Binding("down,j", "scroll_by(1)", show=False),
        Binding("pageup", "scroll_by(-1, True)", show=False),
        Binding("pagedown", "scroll_by(1, True)", show=False),
        Binding("home,g", "scroll_to_end(False)", show=False),
        Binding("end,G", "scroll_to_end(True)", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield Told(markup=False)

    def show(self, lines: Sequence[Content | str]) -> None:
        """Put the lines in anew; where one reads stays where it is."""
        self.query_one(Told).update(Content("\n").join(map(_content, lines)))

    def action_scroll_by(self, steps: int, pages: bool = False) -> None:
        step = max(self.size.height - 1, 1) if pages else 1
        self.scroll_relative(y=steps * step, animate=False)

    def action_scroll_to_end(self, end: bool) -> None:
        self.scroll_to(y=self.max_scroll_y if end else 0, animate=False)


def _content(line: Content | str) -> Content:
    return line if isinstance(line, Content) else Content(line)
