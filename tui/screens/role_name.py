"""What a role, a team or a sub-account is called: a new one, or one that is there."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from textual.widget import Widget

from store.wording import _
from tui.commands.forms import ROLE_NAME
from tui.screens.form_room import FormRoom
from tui.screens.room import bindings_of
from tui.visit import Visit
from tui.widgets.fields import FieldSpec
from tui.widgets.form import Form
from tui.widgets.words import Words

Made = TypeVar("Made")

FIELD = "name"


class RoleName(FormRoom[Made], Generic[Made]):
    """Gives back what the verb gives that takes the name; None when one went back."""

    ROOM = ROLE_NAME
    BINDINGS = bindings_of(ROLE_NAME)
    KEPT = _("Nothing has been changed.")

    def __init__(
        self,
        visit: Visit,
        title: str,
        told: str,
        verb: Callable[[str], Made],
        command: Callable[[str], str],
        name: str = "",
    ) -> None:
        """`told` stands above the field; `command` is the line that does what the verb does."""
        super().__init__(title, visit.who)
        self.told, self.verb, self.command, self.before = told, verb, command, name

    def body(self) -> Iterable[Widget]:
        yield Words(self.told)
        fields = (FieldSpec(FIELD, _("name")),)
        yield Form(fields, {FIELD: self.before}, ("save", _("Save")))

    def command_lines(self) -> tuple[str, ...]:
        return (self.command(self._typed() or "NAME"),)

    def save(self) -> None:
        name = self._typed()
        self.write(lambda: self.verb(name), self.finish)

    def do_form_as_command(self) -> None:
        self.do_as_command()

    def _typed(self) -> str:
        return str(self.form.values[FIELD])
