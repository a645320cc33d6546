"""What the ledger before sending and the one after it have in common."""

from collections.abc import Iterable
from pathlib import Path

from textual import getters
from textual.screen import ScreenResultType
from textual.widget import Widget

from store.invitations.checking import Ledger as Invitations
from store.invitations.checking import Line, Offer, Outcome
from store.invitations.sending import command_of
from store.wording import _
from tui import inviting
from tui.commands import Situation
from tui.screens.acting import Acting
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.ledger import Ledger, LedgerLine
from tui.widgets.words import Words

NAMED = 20
"""Addresses that the command on this screen names; the others are in a file."""


class InviteStage(Acting[ScreenResultType]):
    """A line an address, figures above them."""

    SENT = False
    """Whether the letters are queued."""

    words = getters.query_one(Words)
    lines = getters.query_one(Ledger)

    def __init__(self, visit: Visit, ledger: Invitations, offer: Offer) -> None:
        super().__init__("", visit.who)
        self.visit, self.ledger, self.offer = visit, ledger, offer
        self._only_others = False
        self._title = self._told_title()

    def body(self) -> Iterable[Widget]:
        yield Words("")
        yield Ledger(self._told, word=14, who=30)

    def on_mount(self) -> None:
        self.heading.show(figure=_("as {offer}").format(offer=inviting.offered(self.offer)))
        self.draw()
        self.lines.focus()

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    def command_lines(self) -> tuple[str, ...]:
        whom = [line.asked.address for line in self.ledger.lines if line.outcome is Outcome.INVITED]
        more = " …" if len(whom) > NAMED else ""
        return (command_of(whom[:NAMED], self.offer) + more,)

    def draw(self) -> None:
        """Show the lines as they are now; the cursor stays where it is."""
        shown = self.ledger.lines
        if self._only_others:
            shown = tuple(line for line in shown if line.outcome is not Outcome.INVITED)
        here, top = self.lines.cursor, self.lines.top
        self.heading.show(title=self._told_title())
        self.words.say(self.figures())
        self.lines.show(shown)
        self.lines.go(here, top=top)

    def figures(self) -> str:
        """What stands above the lines."""
        return inviting.figures(self.ledger, sent=self.SENT)

    def do_only_others(self) -> None:
        """Between all of them and those who are not invited."""
        if not self.ledger.others and not self._only_others:
            self.say(_("There are no others."))
            return
        self._only_others = not self._only_others
        self.draw()

    def do_write_ledger(self) -> None:
        from tui.screens.ledger_file import LedgerFile  # noqa: PLC0415  (seldom)

        self.app.push_screen(LedgerFile(self.visit, self.ledger), self._written)

    def _written(self, path: Path | None) -> None:
        if path:
            sentence = _("Written to {path}.").format(path=path)
            self.say(f"{SIGNS.done} {sentence}")

    def _told(self, line: Line) -> LedgerLine:
        return LedgerLine(
            inviting.sign(line.outcome),
            inviting.word(line.outcome, sent=self.SENT),
            inviting.address(line),
            inviting.reason(line, sent=self.SENT),
        )

    def _told_title(self) -> str:
        return f"{_('Invite')} {SIGNS.dot} {inviting.addresses(len(self.ledger.lines))}"
