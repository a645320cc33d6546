"""The rows that fail for one reason: line, reason and sentence of each."""

from collections.abc import Iterable

from textual import getters
from textual.widget import Widget

from store.wording import _, ngettext
from tui.commands import Situation
from tui.commands.imports import IMPORT_LINES
from tui.moments import grouped
from tui.screens.import_reasons import Reason, told_of_row
from tui.screens.room import Room, bindings_of
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.ledger import Ledger, LedgerLine


class ImportLines(Room[None]):
    """A list to read; the numbers are those of the lines in an editor."""

    ROOM = IMPORT_LINES
    BINDINGS = bindings_of(IMPORT_LINES)

    ledger = getters.query_one(Ledger)

    def __init__(self, visit: Visit, reason: Reason) -> None:
        title = f"{visit.account} {SIGNS.dot} {_('Import')} {SIGNS.dot} {reason.words}"
        super().__init__(title, visit.who)
        self.visit, self.reason = visit, reason

    def body(self) -> Iterable[Widget]:
        yield Ledger(self._told, word=18, who=12)

    def on_mount(self) -> None:
        number = len(self.reason)
        figure = ngettext("{n} row", "{n} rows", number)
        self.heading.show(figure=figure.format(n=grouped(number)))
        self.ledger.show(range(number))
        self.ledger.focus()

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    def _told(self, place: int) -> LedgerLine:
        return told_of_row(self.reason.failure(place))
