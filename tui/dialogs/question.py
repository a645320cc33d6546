"""A question with two or more answers: the first is focused, and is what esc means."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from store.wording import _
from tui.dialogs.dialog import Dialog
from tui.safe import safe, width
from tui.signs import SIGNS
from tui.typed_ahead import ALL_KEYS
from tui.widgets.words import Words

Result = TypeVar("Result")

AROUND, ROOM = 6, 56
"""Cells beside each answer, and of all of them; what is wider stands in a line each."""
THREE = 3


@dataclass(frozen=True, slots=True)
class Answer(Generic[Result]):
    """What one may answer, the value that the dialog then gives back, a key for it, and what the
    key is called where that is shorter."""

    label: str
    result: Result
    key: str = ""
    short: str = ""


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
    """State the consequence and wait for an answer, which counts only once the user saw it."""

    SEEN_FIRST: ClassVar[frozenset[str]] = ALL_KEYS

    BINDINGS = [
        Binding("right,down", "app.focus_next", show=False),
        Binding("left,up", "app.focus_previous", show=False),
    ]

    def __init__(self, title: str, consequence: str, answers: Sequence[Answer[Result]]) -> None:
        super().__init__(title)
        self.consequence, self.answers = consequence, answers

    def body(self) -> Iterable[Widget]:
        yield Words(self.consequence)
        yield from self.between()
        wide = sum(width(answer.label) + AROUND for answer in self.answers) > ROOM
        # An empty line less: each costs bytes (LINE).
        classes = "-stacked" * wide + " -many" * (len(self.answers) > THREE)
        with Horizontal(id="answers", classes=classes):
            for number, answer in enumerate(self.answers):
                yield AnswerButton(number, answer.label)

    def between(self) -> Iterable[Widget]:
        """The widgets between the consequence and the answers."""
        return ()

    def keys(self) -> tuple[tuple[str, str], ...]:
        keyed = [
            (one.key, safe((one.short or one.label).lower())) for one in self.answers if one.key
        ]
        # Three of them leave no room for what everybody knows.
        choose = [("enter", _("choose"))] if len(keyed) < THREE else []
        return (*keyed, *choose, ("esc", safe(self.answers[0].label.lower())))

    def give(self, answer: Answer[Result]) -> None:
        """Give the value of an answer back."""
        self.dismiss(answer.result)

    def on_answer_button_pressed(self, event: AnswerButton.Pressed) -> None:
        event.stop()
        self.give(self.answers[event.number])

    def on_key(self, event: events.Key) -> None:
        answer = next((one for one in self.answers if one.key == event.key), None)
        if answer:
            event.stop()
            self.give(answer)

    def action_back(self) -> None:
        self.dismiss(self.answers[0].result)
