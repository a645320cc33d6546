"""The employees: everybody with a card, or those who are no users."""

from collections.abc import Iterable
from functools import partial

from textual import getters, on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from store.employees import reading
from store.values import Employee, Employees
from store.wording import _
from tui.commands.employees import EMPLOYEES
from tui.moments import grouped
from tui.screens.about_employee import AboutEmployee
from tui.screens.employee import EmployeePage
from tui.screens.employee_form import EmployeeForm
from tui.screens.room import bindings_of
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.ledger import Ledger, LedgerLine
from tui.widgets.search_field import SearchField, Unit
from tui.widgets.told import Told

MOST = 1000
"""How many are read at once; a letter of the search leads to the others."""


class Cards(Ledger[Employee]):
    """A card a line."""


class EmployeesRoom(AboutEmployee[None]):
    """The first of them in the order in which their cards were made; the search finds the rest."""

    ROOM = EMPLOYEES
    BINDINGS = bindings_of(EMPLOYEES)

    search = getters.query_one(SearchField)
    lines = getters.query_one(Cards)
    empty = getters.query_one("#empty", Told)

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit, f"{visit.account} {SIGNS.dot} {_('Employees')}")
        self.unlinked = False

    @property
    def concerned(self) -> Employee | None:
        return self.lines.current

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="search-line"):
            yield Static("/ ", id="slash", markup=False)
            yield SearchField(self.leave_search, self.empty_search)
        yield Cards(_told, word=7, who=28)
        yield Told(id="empty", markup=False)

    def on_mount(self) -> None:
        self.lines.focus()
        self._read()

    @on(SearchField.Changed)
    def _typed(self, event: SearchField.Changed) -> None:
        event.stop()
        self._read()

    def leave_search(self, unit: Unit, steps: int) -> None:
        """Give the keys to the list."""
        self.set_focus(self.lines if self.lines.count else None)
        if unit == "page":
            self.lines.action_page(steps)
        else:
            self.lines.action_move(steps)

    def empty_search(self) -> None:
        """Show all employees again, and keep the cursor on the current one."""
        self._read(self.lines.current.id if self.lines.current else None)

    def do_search_employees(self) -> None:
        # At once: what is typed behind the key belongs there.
        self.set_focus(self.search)

    def do_back(self) -> None:
        """One step at a time: the search, then out."""
        if self.search.value:
            self.search.clear_silently()
            self.empty_search()
        else:
            self.dismiss(None)

    def do_every_employee(self) -> None:
        self._narrow(unlinked=False)

    def do_employees_without_user(self) -> None:
        self._narrow(unlinked=True)

    def do_open_employee(self) -> None:
        one = self._one()
        if one:
            self.app.push_screen(EmployeePage(self.visit, one), self._came_back)

    def do_new_employee(self) -> None:
        self.app.push_screen(EmployeeForm(self.visit), self._saved)

    def changed(self, employee: Employee) -> None:
        self._read(employee.id)

    def removed(self, employee: Employee) -> None:
        self.say(f"{SIGNS.done} {_('Deleted:')} {employee.full_name}")
        self._read()

    def _came_back(self, gone: Employee | None) -> None:
        if gone:
            self.removed(gone)
        elif self.lines.current:
            self._read(self.lines.current.id)

    def _narrow(self, *, unlinked: bool) -> None:
        self.unlinked = unlinked
        self._read()

    def _read(self, at: int | None = None) -> None:
        read = partial(
            reading.listed,
            self.session,
            search=self.search.value,
            unlinked=self.unlinked,
            limit=MOST,
        )
        show = partial(self._show, at)
        self.ask(read, show, group="employees", busy=_("Looking…"), replaces=True)

    def _show(self, at: int | None, found: Employees) -> None:
        tabs = (_("1 all"), _("2 without a user"))
        shown = (f"[{tab}]" if here == self.unlinked else tab for here, tab in enumerate(tabs))
        self.heading.show(figure=f"{'  '.join(shown)}  {grouped(found.total)}")
        self.lines.show(found.rows)
        self.lines.go(next((n for n, one in enumerate(found.rows) if one.id == at), 0))
        searching = self.search.has_focus
        self.lines.display = bool(found.rows)
        self.empty.display = not found.rows
        if not searching:
            # Hidden, the list would hand its keys to the search; so they are the screen's.
            self.set_focus(self.lines if found.rows else None)
        if self.search.value:
            self.empty.update(_("Nobody matches. Take a letter off the search."))
        elif self.unlinked:
            self.empty.update(_("Everybody with a card is a user. n makes one for who is none."))


def _told(one: Employee) -> LedgerLine:
    waits = one.user is None
    sign = SIGNS.pending if waits else SIGNS.active
    user = _("no user") if waits else _("user {id}").format(id=one.user)
    told = f" {SIGNS.dot} ".join(filter(None, (user, one.number, one.email if waits else "")))
    return LedgerLine(sign, str(one.id), one.full_name, told)
