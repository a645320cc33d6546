"""The outbox: what became of each letter, where letters go, and sending one again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from textual import getters
from textual.widget import Widget

from store.mail import letters, server
from store.values import Letter
from store.wording import _, ngettext
from tui.commands import Situation
from tui.commands.mail import OUTBOX
from tui.dialogs.choose import Choose, Picked
from tui.moments import ago, grouped, in_time
from tui.screens.letter import LetterRoom, queued_again
from tui.screens.room import bindings_of
from tui.screens.undoing import Undoing
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.ledger import Ledger, LedgerLine
from tui.widgets.words import Words

NEWEST = 1000
"""How many are read at once; a filter leads to the older ones."""

STATES = {
    "queued": _("queued"),
    "sending": _("sending"),
    "sent": _("sent"),
    "parked": _("parked"),
}


@dataclass(frozen=True, slots=True)
class Read:
    """The outbox as it was read."""

    letters: Sequence[Letter]
    number: int
    where: str


class Letters(Ledger[Letter]):
    """A letter a line."""


class Outbox(Undoing[None]):
    """The newest letters first, all or those in one state."""

    ROOM = OUTBOX
    BINDINGS = bindings_of(OUTBOX)

    words = getters.query_one(Words)
    lines = getters.query_one(Letters)

    def __init__(self, visit: Visit) -> None:
        super().__init__(f"{visit.account} {SIGNS.dot} {_('Outbox')}", visit.who)
        self.visit, self.session = visit, visit.session
        self.state = ""

    def body(self) -> Iterable[Widget]:
        yield Words("")
        yield Letters(self._told, word=9, who=30)

    def on_mount(self) -> None:
        self.lines.focus()
        self._read()

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    def command_lines(self) -> tuple[str, ...]:
        one = self.lines.current
        narrowed = f" --state {self.state}" if self.state else ""
        mine = (f"usher mail show {one.id}", f"usher mail resend {one.id}") if one else ()
        return (f"usher mail list{narrowed}", *mine)

    def do_open_letter(self) -> None:
        one = self.lines.current
        if one is None:
            self.say(f"{SIGNS.error} {_('There is no letter here.')}")
        else:
            self.app.push_screen(LetterRoom(self.visit, one), self._came_back)

    def do_resend_letter(self) -> None:
        one = self.lines.current
        if one is None:
            self.say(f"{SIGNS.error} {_('There is no letter here.')}")
        else:
            self.write(partial(letters.resend, self.session, one.id), self._resent)

    def do_filter_letters(self) -> None:
        options = [("", _("all")), *STATES.items()]
        self.app.push_screen(
            Choose(_("Which letters?"), options, chosen={self.state}), self._filtered
        )

    def _filtered(self, picked: Picked | None) -> None:
        if picked is not None:
            self.state = picked.key
            self._read()

    def _came_back(self, again: Letter | None) -> None:
        if again is not None:
            self._resent(again)

    def _resent(self, letter: Letter) -> None:
        self.say(f"{SIGNS.done} {queued_again(letter)}")
        self._read()

    def renew(self) -> None:
        self._read()

    def _read(self) -> None:
        read = partial(_read, self.visit, self.state)
        busy = _("Reading the outbox…")
        self.ask(read, self._show, group="outbox", busy=busy, replaces=True)

    def _show(self, found: Read) -> None:
        number = ngettext("{n} letter", "{n} letters", found.number)
        said = number.format(n=grouped(found.number))
        if self.state:
            said = f"{STATES[self.state]} {SIGNS.dot} {said}"
        if found.number > len(found.letters):
            said = _("the newest {n} of {said}").format(n=grouped(len(found.letters)), said=said)
        self.heading.show(figure=said)
        nothing = "" if found.letters else _("There is no letter here. f shows those in a state.")
        self.words.say(f"{found.where} {nothing}".rstrip())
        self.lines.show(found.letters)

    def _told(self, one: Letter) -> LedgerLine:
        signs = {"sent": SIGNS.done, "parked": SIGNS.error, "queued": SIGNS.pending}
        now = self.session.store.clock()
        told = [one.kind.replace("_", " "), ago(one.sent or one.created, now)]
        if one.waits:
            told.append(_("next try {when}").format(when=in_time(one.waits, now)))
        if one.error:
            told.append(one.error)
        sign = signs.get(one.state, SIGNS.active)
        return LedgerLine(sign, STATES[one.state], one.to, ", ".join(told))


def _read(visit: Visit, state: str) -> Read:
    session = visit.session
    return Read(
        letters.listed(session, state or None, NEWEST),
        letters.count(session, state or None),
        server.where(session),
    )
