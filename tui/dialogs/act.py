"""Whether something is really to be done to somebody, and why."""

from collections.abc import Iterable

from textual import getters
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from store.wording import _
from tui.dialogs.question import Answer, AnswerButton, Question
from tui.widgets.entry import Entry

LONGEST = 300


class Act(Question["str | None"]):
    """The reason for yes, which may be empty; None for no. Cancel has the focus.

    `r` goes to the reason; enter there goes on to yes, which has to be pressed once more, and esc
    goes back to Cancel.
    """

    AUTO_FOCUS = "AnswerButton"
    BINDINGS = [
        Binding("r", "reason", show=False),
        Binding("enter", "typed", show=False),
    ]

    entry = getters.query_one(Entry)

    def __init__(self, title: str, consequence: str, yes: str) -> None:
        answers: tuple[Answer[str | None], ...]
        answers = (Answer(_("Cancel"), None), Answer(yes, "", "y"))
        super().__init__(title, consequence, answers)

    def between(self) -> Iterable[Widget]:
        with Horizontal(id="reason"):
            yield Static(_("reason"), id="label", markup=False)
            yield Entry(longest=LONGEST)

    def keys(self) -> tuple[tuple[str, str], ...]:
        yes, *others = super().keys()
        return (yes, ("r", _("reason")), *others)

    def give(self, answer: Answer[str | None]) -> None:
        said = answer.result is not None
        self.dismiss(self.entry.value.strip() if said else None)

    def action_reason(self) -> None:
        self.entry.focus()

    def action_typed(self) -> None:
        """On from the reason to yes."""
        self.query(AnswerButton).last().focus()

    def action_back(self) -> None:
        if self.entry.has_focus:
            self.query(AnswerButton).first().focus()
        else:
            super().action_back()
