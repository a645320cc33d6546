"""The field in which one searches as one types; the list keeps its own keys meanwhile."""

from textual.binding import Binding
from textual.message import Message

from tui.widgets.entry import Entry

LONGEST = 200
"""Letters of a search; more finds nobody."""


class SearchField(Entry):
    """Up, down and page keys move in the list below; enter goes there, esc empties or leaves."""

    BINDINGS = [
        Binding("escape", "leave", show=False),
        Binding("up", "hand_over('move', -1)", show=False),
        Binding("down,enter", "hand_over('move', 0)", show=False),
        Binding("pageup", "hand_over('page', -1)", show=False),
        Binding("pagedown", "hand_over('page', 1)", show=False),
    ]

    class Left(Message):
        """The list gets the keys; `steps` says how it moves first, with `unit` move or page."""

        def __init__(self, unit: str, steps: int) -> None:
            super().__init__()
            self.unit, self.steps = unit, steps

    def __init__(self) -> None:
        super().__init__(longest=LONGEST)

    def action_leave(self) -> None:
        """First esc empties what was typed, the next one goes back to the list."""
        if self.value:
            self.value = ""
        else:
            self.post_message(self.Left("move", 0))

    def action_hand_over(self, unit: str, steps: int) -> None:
        self.post_message(self.Left(unit, steps))
