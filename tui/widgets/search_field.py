"""The field in which one searches as one types; the list keeps its own keys meanwhile."""

from collections.abc import Callable
from typing import Literal

from textual.binding import Binding

from tui.widgets.entry import Entry

LONGEST = 200
"""Letters of a search; more finds nobody."""


Unit = Literal["move", "page"]
Leave = Callable[[Unit, int], None]
"""Moves the focus to the list, which moves by this many lines or pages."""


class SearchField(Entry):
    """Up, down and page keys move in the list below. enter goes there, and esc clears or leaves.

    The list gets the focus at once, so that keys typed next go to it.
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
        """Clear the field without an event, because the screen has already updated the list."""
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
