"""One employee: everything that stands on the card."""

from collections.abc import Iterable

from textual import getters
from textual.content import Content
from textual.widget import Widget

from store.employees import changing
from store.values import Employee
from store.wording import _
from tui.commands.employees import EMPLOYEE
from tui.safe import fit, safe
from tui.screens.about_employee import AboutEmployee
from tui.screens.employee_form import LABELS
from tui.screens.room import bindings_of
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.reading import Reading

LABEL = 13


class EmployeePage(AboutEmployee[Employee]):
    """Gives back the card that was deleted; None when one went back."""

    ROOM = EMPLOYEE
    BINDINGS = bindings_of(EMPLOYEE)

    reading = getters.query_one(Reading)

    def __init__(self, visit: Visit, employee: Employee) -> None:
        super().__init__(visit, "")
        self.employee = employee

    @property
    def concerned(self) -> Employee:
        return self.employee

    def body(self) -> Iterable[Widget]:
        yield Reading()

    def on_mount(self) -> None:
        self.reading.focus()
        self.changed(self.employee)

    def changed(self, employee: Employee) -> None:
        self.employee = employee
        self.heading.show(title=f"{employee.full_name} {SIGNS.dot} {_('Employee')} {employee.id}")
        whose = str(employee.user) if employee.user else _("none yet; a makes it somebody's card")
        values = {_("user"): whose} | {
            LABELS[field]: value for field, value in changing.fields_of(employee).items()
        }
        self.reading.show(
            [
                Content.assemble((fit(label, LABEL), "bright_black"), safe(value or SIGNS.nothing))
                for label, value in values.items()
            ]
        )

    def removed(self, employee: Employee) -> None:
        self.dismiss(employee)
