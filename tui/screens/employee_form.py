"""The card of an employee as a form: a new one, or one that is there."""

from collections.abc import Iterable, Mapping
from functools import partial

from textual.widget import Widget

from store.access import CARD
from store.employees import changing
from store.values import Employee
from store.wording import _
from tui.commands.forms import EMPLOYEE_FORM
from tui.screens.form_room import FormRoom
from tui.screens.room import bindings_of
from tui.visit import Visit
from tui.widgets.fields import FieldSpec
from tui.widgets.form import Form

LABELS = {
    "first_name": _("first name"),
    "last_name": _("last name"),
    "email": _("e-mail"),
    "currency": _("currency"),
    "number": _("number"),
    "address": _("address"),
    "notes": _("notes"),
}
HINTS = {
    "email": _("links who comes with it"),
    "currency": _("three letters, as EUR"),
}


class EmployeeForm(FormRoom[Employee]):
    """Gives back the card as it was saved; None when one went back."""

    ROOM = EMPLOYEE_FORM
    BINDINGS = bindings_of(EMPLOYEE_FORM)

    def __init__(self, visit: Visit, employee: Employee | None = None) -> None:
        super().__init__(employee.full_name if employee else _("New employee"), visit.who)
        self.visit, self.employee = visit, employee

    def body(self) -> Iterable[Widget]:
        before = changing.fields_of(self.employee) if self.employee else {}
        yield Form(tuple(map(self._spec, LABELS)), before, ("save", _("Save")))

    def command_lines(self) -> tuple[str, ...]:
        changes = self._changes()
        if self.employee is None:
            return (changing.command_of("create", None, changes),)
        # Without changes, show an example, because the command must change something.
        return (changing.command_of("edit", self.employee.id, changes or {"number": "TEXT"}),)

    def save(self) -> None:
        session, changes = self.visit.session, self._changes()
        if self.employee:
            verb = partial(changing.edit, session, self.employee.id, changes)
        else:
            verb = partial(changing.create, session, changes)
        self.write(verb, self.finish)

    def do_form_as_command(self) -> None:
        self.do_as_command()

    def _changes(self) -> Mapping[str, str]:
        before = changing.fields_of(self.employee) if self.employee else dict.fromkeys(LABELS, "")
        return {name: text for name, text in self.form.values.items() if text != before[name]}

    def _spec(self, name: str) -> FieldSpec:
        fixed = ""
        if self.employee and self.employee.user is not None and name not in CARD:
            fixed = _("It is the user's, and changed there: e on the person's page.")
        return FieldSpec(name, LABELS[name], hint=HINTS.get(name, ""), fixed=fixed)
