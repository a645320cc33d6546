"""I have a code: a new password for the code of a letter."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import ClassVar

from textual.widget import Widget

from store import signin
from store.database import Store
from store.errors import CodeRefused, Problem, UsherError
from store.session import origin_of_process
from store.values import User
from store.wording import _
from tui.commands.forms import RESET
from tui.screens.form_room import FormRoom, twice
from tui.screens.room import bindings_of
from tui.widgets.fields import FieldSpec, Kind
from tui.widgets.form import Form
from tui.widgets.words import Words


class ResetPassword(FormRoom[User]):
    """Gives back whose password it was; nobody is signed in by that (CHECKLIST D36)."""

    ROOM = RESET
    BINDINGS = bindings_of(RESET)
    NAMED: ClassVar[Mapping[str, str]] = {"save": _("set it")}
    KEPT = _("Your password has not been changed.")

    def __init__(self, store: Store, asked: bool = False) -> None:
        """`asked` says that a letter has just been asked for."""
        super().__init__(_("I have a code"))
        self.store, self.asked = store, asked

    def body(self) -> Iterable[Widget]:
        yield Words(
            _("If somebody here has that address, a letter comes to it. Give its code.")
            if self.asked
            else _("Give the code of the letter, and choose a new password.")
        )
        yield Form(
            (
                FieldSpec("code", _("code")),
                FieldSpec("password", _("new password"), Kind.SECRET, opens=True),
                FieldSpec("again", _("and again"), Kind.SECRET),
            ),
            {},
            ("save", _("Set it")),
        )

    def save(self) -> None:
        values = self.form.values
        problems = twice(values)
        if problems:
            self.show_problems(problems)
            return
        reset = partial(
            signin.reset, self.store, values["code"], values["password"], origin_of_process()
        )
        self.write(reset, self.finish)

    def refuse(self, error: UsherError) -> None:
        if isinstance(error, CodeRefused):
            self.show_problems((Problem("code", error.name, error.message),))
        else:
            super().refuse(error)
