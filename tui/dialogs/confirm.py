"""Whether something is really to be done: names the consequence, and Cancel has the focus."""

from textual.binding import Binding

from store.wording import _
from tui.dialogs.question import Answer, Question
from tui.safe import safe


class Confirm(Question[bool]):
    """True for yes, which takes `y` or the way to it; enter at once and esc mean no."""

    BINDINGS = [Binding("y", "yes", show=False)]

    def __init__(self, title: str, consequence: str, yes: str) -> None:
        super().__init__(title, consequence, (Answer(_("Cancel"), False), Answer(yes, True)))

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (("y", safe(self.answers[1].label.lower())), *super().keys())

    def action_yes(self) -> None:
        self.dismiss(True)
