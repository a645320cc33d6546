"""Writing to people, first step: the subject and the text (S4)."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual.widget import Widget

from store.mail import writing
from store.users.outcomes import Outcomes
from store.wording import _
from tui import acting
from tui.commands import Situation
from tui.commands.forms import WRITE
from tui.screens.form_room import FormRoom
from tui.screens.mail_preview import MailPreview
from tui.screens.room import bindings_of
from tui.screens.write_run import Message
from tui.visit import Visit
from tui.widgets.fields import FieldSpec
from tui.widgets.form import Form
from tui.widgets.lines_field import LinesField
from tui.widgets.words import Words


class WriteMail(FormRoom[Outcomes]):
    """Gives back what became of each; None when one went back."""

    ROOM = WRITE
    BINDINGS = bindings_of(WRITE)
    NAMED: ClassVar[Mapping[str, str]] = {"save": _("look at it")}
    KEPT = _("Nothing has been sent.")

    def __init__(self, visit: Visit, whom: Sequence[int]) -> None:
        self.to = f"{acting.YES['write']} {acting.people(len(whom))}"
        super().__init__(self.to, visit.who)
        self.visit, self.session, self.whom = visit, visit.session, whom

    def body(self) -> Iterable[Widget]:
        yield Words(_("It bears your name and your signature. You see it before anything is sent."))
        yield Form(
            (
                FieldSpec("subject", _("subject")),
                LinesField(FieldSpec("body", _("text")), longest=writing.BODY_MAX),
            ),
            {},
            ("save", _("Look at it")),
        )

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    def command_lines(self) -> tuple[str, ...]:
        return (self._message().as_command(),)

    def do_form_as_command(self) -> None:
        self.do_as_command()

    def save(self) -> None:
        message = self._message()
        self.prepare(
            partial(writing.preview, self.session, *message),
            partial(self._look, message),
            busy=_("Looking what will happen…"),
            opens_screen=True,
        )

    def _message(self) -> Message:
        return Message(self.whom, self.form.values["subject"], self.form.values["body"])

    def _look(self, message: Message, preview: writing.Preview) -> None:
        self.app.push_screen(MailPreview(self.visit, message, preview), self._sent)

    def _sent(self, outcomes: Outcomes | None) -> None:
        if outcomes:
            self.finish(outcomes)
