"""The field in which one searches as one types; the list keeps its own keys meanwhile."""

from collections.abc import Callable
from typing import Literal

from textual.binding import Binding

from tui.widgets.entry import Entry

LONGEST = 200
"""Letters of a search; more finds nobody."""


Unit = Literal["move", "page"]
Leave = Callable[[Unit, int], None]
"""Gives the keys to the list, which moves first: so many lines, or pages."""


class SearchField(Entry):
    """Up, down and page keys move in the list below; enter goes there, esc empties or leaves.

    The keys go to the list at once: what is typed behind them belongs there.
    """

    BINDINGS = [
        Binding("escape", "leave", show=False),
        Binding("up", "hand_over('move', -1)", show=False),
        Binding("down,enter", "hand_over('move', 0)", show=False),
        Binding("pageup", "hand_over('page', -1)", show=False),
        Binding("pagedown", "hand_over('page', 1)", show=False),
    ]

    def __init__(self, leave: Leave, empty: Callable[[], None]) -> None:
        super().__init__(longest=LONGEST)
        self._leave, self._empty = leave, empty

    def clear_silently(self) -> None:
        """Take out what was typed; the screen has already seen to the list."""
        with self.prevent(self.Changed):
            self.value = ""

    def action_leave(self) -> None:
        """First esc empties what was typed, the next one goes back to the list."""
        if self.value:
            self.clear_silently()
            self._empty()
        else:
            self._leave("move", 0)

    def action_hand_over(self, unit: Unit, steps: int) -> None:
        self._leave(unit, steps)
