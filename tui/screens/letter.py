"""One letter: its headers and its text, as it is or will be sent but for its code."""

from collections.abc import Iterable
from functools import partial

from textual import getters
from textual.content import Content
from textual.widget import Widget

from store.mail import letters
from store.values import Letter, LetterShown
from store.wording import _
from tui.commands import Situation
from tui.commands.mail import LETTER
from tui.moments import when
from tui.safe import fit, safe
from tui.screens.room import Room, bindings_of
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.reading import Reading

NAMED = 16


class LetterRoom(Room[Letter]):
    """Gives back the letter that was queued again; None when one went back."""

    ROOM = LETTER
    BINDINGS = bindings_of(LETTER)

    reading = getters.query_one(Reading)

    def __init__(self, visit: Visit, letter: Letter) -> None:
        title = _("Letter {id}").format(id=letter.id)
        super().__init__(f"{visit.account} {SIGNS.dot} {title}", visit.who)
        self.visit, self.letter = visit, letter

    def body(self) -> Iterable[Widget]:
        yield Reading()

    def on_mount(self) -> None:
        self.reading.focus()
        self.heading.show(figure=str(self.visit.zone))
        read = partial(letters.show, self.visit.session, self.letter.id)
        self.ask(read, self._show, group="letter", busy=_("Reading the letter…"))

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    def command_lines(self) -> tuple[str, ...]:
        number = self.letter.id
        return (f"usher mail show {number}", f"usher mail resend {number}")

    def do_resend_letter(self) -> None:
        self.write(partial(letters.resend, self.visit.session, self.letter.id), self.dismiss)

    def _show(self, found: LetterShown) -> None:
        one = found.letter
        facts = [(_("state"), one.state), (_("sent"), when(one.sent, self.visit.zone))]
        if one.waits:
            facts.append((_("next try"), when(one.waits, self.visit.zone)))
        if one.error:
            facts.append((_("error"), one.error))
        lines: list[Content | str] = [
            f"{fit(name, NAMED)} {safe(value)}" for name, value in (*facts, *found.headers)
        ]
        text = found.text or _("It cannot be written.")
        self.reading.show([*lines, "", *(safe(line) for line in text.splitlines())])


def queued_again(letter: Letter) -> str:
    """What one is told: that it is queued, and not that it was sent."""
    return _("Letter {id} to {to} is queued.").format(id=letter.id, to=letter.to)
