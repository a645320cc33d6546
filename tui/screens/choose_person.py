"""Choosing somebody out of any number of people: who is found is listed as one types."""

from collections.abc import Iterable, Sequence
from functools import partial

from textual import getters, on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Static

from store import listing
from store.values import Filters, Page, Row, Status
from store.wording import _
from tui.commands import Situation
from tui.commands.permissions import CHOOSE_PERSON
from tui.locks import sign_and_word
from tui.safe import fit
from tui.screens.room import Room, bindings_of
from tui.signs import SIGNS
from tui.typed_ahead import Verdict
from tui.visit import Visit
from tui.widgets.entry import Entry
from tui.widgets.option_lines import OptionLines
from tui.widgets.search_field import LONGEST

MOST = 30
"""How many are listed; whoever is not among them is found by another letter."""
NAME, LOGIN, ROLE = 28, 20, 14

OF_LIST = frozenset({"enter", "f2", "up", "down"})
"""Keys that act on the list."""


class ChoosePerson(Room[Row]):
    """Gives back who was taken; None when one went back.

    `but` is nobody to be taken; with `statuses` nobody is who stands elsewhere.
    """

    ROOM = CHOOSE_PERSON
    BINDINGS = bindings_of(CHOOSE_PERSON)
    AUTO_FOCUS = "Entry"

    entry = getters.query_one(Entry)
    lines = getters.query_one(OptionLines)

    def __init__(
        self, visit: Visit, title: str, but: int | None = None, *, statuses: tuple[Status, ...] = ()
    ) -> None:
        super().__init__(title, visit.who)
        self.visit, self.but, self.statuses = visit, but, statuses
        self.found: Sequence[Row] = ()

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="search-line"):
            yield Static("/ ", id="slash", markup=False)
            yield Entry(longest=LONGEST)
        yield OptionLines()

    def on_mount(self) -> None:
        self._search()

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    def verdict(self, key: str, moment: float) -> Verdict:
        """Hold keys that act on the list until it matches the typed search."""
        if key in OF_LIST and self._waits_for_list(key, moment):
            return Verdict.HOLD
        return super().verdict(key, moment)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._search()

    def do_take_person(self) -> None:
        if self.found:
            self.dismiss(self.found[self.lines.cursor])
        else:
            self.say(f"{SIGNS.error} {_('Nobody is called that. Type less of it.')}")

    def do_next_person(self) -> None:
        self.lines.go(self.lines.cursor + 1)

    def do_previous_person(self) -> None:
        self.lines.go(self.lines.cursor - 1)

    def do_leave(self) -> None:
        self.dismiss(None)

    def do_help_in_form(self) -> None:
        self.do_help()

    def do_draw_form(self) -> None:
        self.do_draw()

    def _search(self) -> None:
        wanted = Filters(search=self.entry.value, statuses=self.statuses)
        self.ask(
            partial(listing.page, self.visit.session, wanted, limit=MOST),
            self._show,
            group="found",
            busy=_("Searching…"),
            replaces=True,
        )

    def _show(self, page: Page) -> None:
        self.found = [row for row in page.rows if row.id != self.but]
        none = _("Nobody is called that.")
        self.lines.show([_line(row) for row in self.found] or [none], 0)


def _line(row: Row) -> str:
    standing = _("owner") if row.owner else _("admin") if row.admin else row.role
    name = f"{row.full_name} ({row.id})"
    known = f"{fit(name, NAME)} {fit(row.login, LOGIN)} {fit(standing, ROLE)}"
    return f"{known} {sign_and_word(row.status)}"
