"""I have a code: what is asked next is decided by the code of the letter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import getters, on
from textual.widget import Widget

from store import signin
from store.codes import Purpose
from store.database import Store
from store.errors import CodeRefused, Problem, UsherError
from store.ownership.absence import cancel_absence
from store.session import origin_of_process
from store.signin import accepting, by_code
from store.values import User
from store.wording import _
from tui.commands.forms import HAVE_CODE
from tui.screens.form_room import FormRoom, twice
from tui.screens.room import bindings_of
from tui.widgets.fields import Field, FieldSpec, Kind
from tui.widgets.form import Form
from tui.widgets.words import Words

ASKED = {
    Purpose.RESET: ("password", "again"),
    Purpose.INVITATION: ("first_name", "last_name", "password", "again"),
}
"""What belongs to a code of each kind."""


@dataclass(frozen=True, slots=True)
class Redeemed:
    """Whose code it was, and what they are told."""

    user: User
    sentence: str


class HaveCode(FormRoom[Redeemed]):
    """Gives back what the code has done; nobody is signed in by that (CHECKLIST D36)."""

    ROOM = HAVE_CODE
    BINDINGS = bindings_of(HAVE_CODE)
    NAMED: ClassVar[Mapping[str, str]] = {"save": _("go on")}
    KEPT = _("Nothing has been changed; the code is still good.")

    words = getters.query_one(Words)

    def __init__(self, store: Store, asked: bool = False) -> None:
        """`asked` says that a letter has just been asked for."""
        super().__init__(_("I have a code"))
        self.store, self.asked = store, asked
        self._purpose: Purpose | None = None

    def body(self) -> Iterable[Widget]:
        yield Words(
            _("If somebody here has that address, a letter comes to it. Give its code.")
            if self.asked
            else _("Give the code of the letter, whatever it is for.")
        )
        yield Form(
            (
                FieldSpec("code", _("code")),
                FieldSpec("first_name", _("first name"), opens=True),
                FieldSpec("last_name", _("last name")),
                FieldSpec("password", _("new password"), Kind.SECRET, opens=True),
                FieldSpec("again", _("and again"), Kind.SECRET),
            ),
            {},
            ("save", _("Go on")),
        )

    def on_mount(self) -> None:
        self._ask_for(None)

    @on(Field.Changed, "#field-code")
    def _another_code(self) -> None:
        if self._purpose:
            self._ask_for(None)

    def save(self) -> None:
        values = self.form.values
        if not values["code"].strip():
            self.form.go("code")
        elif self._purpose is None:
            look = partial(self._look, values["code"])
            self.prepare(look, self._looked, busy=_("Looking at it…"), opens_screen=True)
        elif problems := twice(values):
            self.show_problems(problems)
        else:
            self._redeem(self._purpose, values)

    def refuse(self, error: UsherError) -> None:
        if isinstance(error, CodeRefused):
            self._ask_for(None)
            self.show_problems((Problem("code", error.name, error.message),))
        else:
            super().refuse(error)

    def _look(self, code: str) -> tuple[Purpose, User]:
        """In a thread: what the code is for, and whose it is."""
        source = origin_of_process()
        purpose = by_code.purpose_of(self.store, code, source)
        return purpose, by_code.owner_of(self.store, code, purpose, source)

    def _looked(self, found: tuple[Purpose, User]) -> None:
        purpose, user = found
        if purpose is Purpose.CONFIRMATION:
            code, source = self.form.values["code"], origin_of_process()
            sentence = _("Your address is confirmed: {address}").format(address=user.email)
            confirm = partial(signin.confirm_email, self.store, code, source)
            self.write(confirm, partial(self._done, sentence))
            return
        if purpose is Purpose.ABSENCE:
            code, source = self.form.values["code"], origin_of_process()
            keep = partial(cancel_absence, self.store, code, source)
            self.write(keep, partial(self._done, _("It is taken back: you are not absent.")))
            return
        self._ask_for(purpose)
        if purpose is Purpose.INVITATION:
            sentence = _("You are invited as {login}. Say who you are, and choose a password.")
            self.words.say(sentence.format(login=user.login))
            self.form.set_value("first_name", user.first_name)
            self.form.set_value("last_name", user.last_name)
        else:
            sentence = _("Choose a new password for {login}.")
            self.words.say(sentence.format(login=user.login))
        missing = [name for name in ASKED[purpose] if not self.form.values[name]]
        self.form.go(missing[0])

    def _ask_for(self, purpose: Purpose | None) -> None:
        """Show the fields that belong to such a code; without one, the code alone."""
        self._purpose = purpose
        for name in ASKED[Purpose.INVITATION]:
            self.form.show_field(name, purpose is not None and name in ASKED[purpose])

    def _redeem(self, purpose: Purpose, values: Mapping[str, str]) -> None:
        code, password, source = values["code"], values["password"], origin_of_process()
        if purpose is Purpose.INVITATION:
            accept = partial(
                accepting.accept,
                self.store,
                code,
                password,
                first_name=values["first_name"],
                last_name=values["last_name"],
                source=source,
            )
            self.write(accept, partial(self._done, _("Welcome. Sign in with your password.")))
        else:
            reset = partial(signin.reset, self.store, code, password, source)
            told = _("Your new password is set. Sign in with it.")
            self.write(reset, partial(self._done, told))

    def _done(self, sentence: str, user: User) -> None:
        self.finish(Redeemed(user, sentence))
