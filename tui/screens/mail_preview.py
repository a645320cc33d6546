"""Writing to people, second step: how the first of them will read it, and who gets none."""

from collections.abc import Iterable

from textual import getters
from textual.content import Content
from textual.widget import Widget

from store.mail import writing
from store.users.outcomes import Outcomes
from store.wording import _, ngettext
from tui import acting
from tui.commands import Situation
from tui.commands.letters import MAIL_PREVIEW
from tui.dialogs.confirm import Confirm
from tui.moments import grouped
from tui.remedies import on_screen
from tui.safe import safe
from tui.screens.room import Room, bindings_of
from tui.screens.write_run import Message, WriteRun
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.reading import Reading

HEADERS = ("From", "To", "Reply-To", "Subject")
"""What a reader sees of them."""


class MailPreview(Room[Outcomes]):
    """Gives back what became of each; None when one went back."""

    ROOM = MAIL_PREVIEW
    BINDINGS = bindings_of(MAIL_PREVIEW)

    reading = getters.query_one(Reading)

    def __init__(self, visit: Visit, message: Message, preview: writing.Preview) -> None:
        super().__init__(_("As the first of them reads it"), visit.who)
        self.visit, self.message, self.preview = visit, message, preview

    def body(self) -> Iterable[Widget]:
        yield Reading()

    def on_mount(self) -> None:
        self.reading.show(self._lines())
        self.reading.focus()

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    def command_lines(self) -> tuple[str, ...]:
        return (self.message.as_command(),)

    def do_send_mail(self) -> None:
        number = self.preview.outcomes.done
        if not number:
            self.say(f"{SIGNS.error} {self._figures()}")
            return
        title = f"{acting.YES['write']} {acting.people(number)}?"
        self.app.push_screen(Confirm(title, self._figures(), _("Send")), self._answered)

    def _answered(self, yes: bool | None) -> None:
        if yes:
            self.app.push_screen(WriteRun(self.visit, self.message), self.dismiss)

    def _figures(self) -> str:
        """Who gets it, and who does not and why."""
        outcomes = self.preview.outcomes
        parts = [_("{n} will be queued.").format(n=grouped(outcomes.done))]
        if outcomes.failed:
            words = ngettext("{n} gets none: {why}", "{n} get none: {why}", outcomes.failed)
            why = next(on_screen(one.message, self.ROOM) for one in outcomes if not one.done)
            parts.append(words.format(n=grouped(outcomes.failed), why=why))
        return " ".join(parts)

    def _lines(self) -> list[Content | str]:
        lines: list[Content | str] = [safe(self._figures()), ""]
        shown = self.preview.first
        if shown is not None:
            lines += [safe(f"{name}: {value}") for name, value in shown.headers if name in HEADERS]
            lines += ["", *map(safe, shown.text.split("\n"))]
        return lines
