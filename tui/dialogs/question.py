"""A question with two or more answers: the first is focused, and is what esc means."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from store.wording import _
from tui.dialogs.dialog import Dialog
from tui.safe import safe
from tui.signs import SIGNS
from tui.widgets.words import Words

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Answer(Generic[Result]):
    """What one may answer, and the value that the dialog then gives back."""

    label: str
    result: Result


class AnswerButton(Widget, can_focus=True):
    """One answer; the sign shows which one enter means."""

    BINDINGS = [Binding("enter,space", "press", show=False)]

    class Pressed(Message):
        """This is the answer."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, number: int, label: str) -> None:
        super().__init__()
        self.number, self.label = number, safe(label)

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def render(self) -> Content:
        marker = SIGNS.cursor if self.has_focus else " "
        return Content.assemble(f"{marker} ", (self.label, "bold" if self.has_focus else ""))

    def action_press(self) -> None:
        self.post_message(self.Pressed(self.number))


class Question(Dialog[Result]):
    """States the consequence and waits for an answer."""

    BINDINGS = [
        Binding("right,down", "app.focus_next", show=False),
        Binding("left,up", "app.focus_previous", show=False),
    ]

    def __init__(self, title: str, consequence: str, answers: Sequence[Answer[Result]]) -> None:
        super().__init__(title)
        self.consequence, self.answers = consequence, answers

    def body(self) -> Iterable[Widget]:
        yield Words(self.consequence)
        with Horizontal(id="answers"):
            for number, answer in enumerate(self.answers):
                yield AnswerButton(number, answer.label)

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (("enter", _("choose")), ("esc", safe(self.answers[0].label.lower())))

    def on_answer_button_pressed(self, event: AnswerButton.Pressed) -> None:
        event.stop()
        self.dismiss(self.answers[event.number].result)

    def action_back(self) -> None:
        self.dismiss(self.answers[0].result)
