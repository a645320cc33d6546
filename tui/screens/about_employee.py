"""What one does about an employee, from the list and from the card alike."""

from functools import partial

from textual.screen import ScreenResultType

from store.employees import changing
from store.values import Employee, Row
from store.wording import _
from tui.commands import Situation
from tui.dialogs.confirm import Confirm
from tui.screens.employee_form import EmployeeForm
from tui.screens.room import Room
from tui.signs import SIGNS
from tui.visit import Visit


class AboutEmployee(Room[ScreenResultType]):
    """The frame of a screen that shows employees, one of whom is concerned."""

    def __init__(self, visit: Visit, title: str) -> None:
        super().__init__(title, visit.who)
        self.visit, self.session = visit, visit.session

    @property
    def concerned(self) -> Employee | None:
        """Who is under the cursor, or on the screen."""
        raise NotImplementedError

    def changed(self, employee: Employee) -> None:
        """Show an employee as they are after an act."""
        raise NotImplementedError

    def removed(self, employee: Employee) -> None:
        """Show that there is no such card any more."""
        raise NotImplementedError

    def situation(self) -> Situation:
        return Situation(self.visit.actor)

    def command_lines(self) -> tuple[str, ...]:
        one = self.concerned
        if one is None:
            return super().command_lines()
        off = "unlink" if one.user is not None else "remove"
        verbs = (
            f"show {one.id}",
            f"edit {one.id} --number TEXT",
            f"link {one.id} WHO",
            f"{off} {one.id}",
        )
        return (*(f"usher employees {verb}" for verb in verbs), *super().command_lines())

    def do_edit_employee(self) -> None:
        one = self._one()
        if one:
            self.app.push_screen(EmployeeForm(self.visit, one), self._saved)

    def do_link_employee(self) -> None:
        from tui.screens.choose_person import ChoosePerson  # noqa: PLC0415  (once in a while)

        one = self._one()
        if one and one.user is not None:
            sentence = _("It is the card of user {user}; x takes it off.").format(user=one.user)
            self.say(f"{SIGNS.error} {sentence}")
        elif one:
            title = _("Whose card is that of {name}?").format(name=one.full_name)
            self.app.push_screen(ChoosePerson(self.visit, title), partial(self._chosen, one))

    def do_take_employee(self) -> None:
        one = self._one()
        if one is None:
            return
        if one.user is None:
            question = Confirm(
                _("Delete the card of {name}?").format(name=one.full_name),
                _("What stands on it is lost."),
                _("Delete it"),
            )
        else:
            question = Confirm(
                _("Take the card off {name}?").format(name=one.full_name),
                _("It waits for somebody again, and user {user} gets an empty one.").format(
                    user=one.user
                ),
                _("Take it off"),
            )
        self.app.push_screen(question, partial(self._answered, one))

    def _one(self) -> Employee | None:
        if self.concerned is None:
            self.say(f"{SIGNS.error} {_('There is nobody here.')}")
        return self.concerned

    def _saved(self, employee: Employee | None) -> None:
        if employee:
            self.say(f"{SIGNS.done} {_('Saved.')}")
            self.changed(employee)

    def _chosen(self, one: Employee, row: Row | None) -> None:
        if row:
            self.write(partial(changing.link, self.session, one.id, row.id), self._saved)

    def _answered(self, one: Employee, yes: bool | None) -> None:
        if not yes:
            return
        if one.user is None:
            self.write(partial(changing.remove, self.session, one.id), self.removed)
        else:
            self.write(partial(changing.unlink, self.session, one.id), self._saved)
