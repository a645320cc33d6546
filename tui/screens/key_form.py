"""A key for one person: its line is pasted, and judged while it is there."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import ClassVar

from textual import getters, on
from textual.widget import Widget

from store import keys
from store.errors import Invalid
from store.values import Key, User
from store.wording import _
from tui.commands.forms import KEY_FORM
from tui.screens.form_room import FormRoom
from tui.screens.room import bindings_of
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.fields import Field, FieldSpec
from tui.widgets.form import Form
from tui.widgets.words import Words


class KeyForm(FormRoom[Key]):
    """Gives back the key that was added; None when one went back."""

    ROOM = KEY_FORM
    BINDINGS = bindings_of(KEY_FORM)
    NAMED: ClassVar[Mapping[str, str]] = {"save": _("add it")}
    KEPT = _("The key has not been added.")

    words = getters.query_one(Words)

    def __init__(self, visit: Visit, user: User) -> None:
        super().__init__(f"{user.full_name} {SIGNS.dot} {_('New key')}", visit.who)
        self.visit, self.user, self.session = visit, user, visit.session

    def body(self) -> Iterable[Widget]:
        yield Words(self._asked())
        yield Form((FieldSpec("key", _("public key")),), {}, ("save", _("Add it")))

    def command_lines(self) -> tuple[str, ...]:
        """The command that does the same; the key itself stands in a file."""
        return (f"usher keys add {self.user.id} FILE",)

    def save(self) -> None:
        add = partial(keys.add, self.session, self.user.id, self.form.values["key"])
        self.write(add, self.finish)

    def do_form_as_command(self) -> None:
        self.do_as_command()

    @on(Field.Changed)
    def _judged(self, event: Field.Changed) -> None:
        line = str(event.field.value)
        if not line:
            self.words.say(self._asked())
            return
        try:
            key = keys.checked(line)
        except Invalid as error:
            self.words.say(self._asked())
            event.field.show_problems(error.problems)
        else:
            self.words.say(f"{SIGNS.done} {key.kind} {key.fingerprint} {key.comment}")

    def _asked(self) -> str:
        return _(
            "Paste the line of a file that ends in .pub, for example ~/.ssh/id_ed25519.pub. "
            "Whoever holds its private half comes in over SSH as {name}."
        ).format(name=self.user.full_name)
