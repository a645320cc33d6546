"""Another login for somebody, and a password with it (DESIGN 3.10)."""

from collections.abc import Mapping
from shlex import join
from typing import ClassVar

from store import users
from store.mail import credentials
from store.values import User
from store.wording import _
from tui.commands.forms import RENAME
from tui.handing_over import named
from tui.screens.room import bindings_of
from tui.screens.set_password import SetPassword
from tui.widgets.fields import FieldSpec


class Rename(SetPassword):
    """Gives back the person under their new login; None when one went back."""

    ROOM = RENAME
    BINDINGS = bindings_of(RENAME)
    NAMED: ClassVar[Mapping[str, str]] = {"save": _("rename")}
    KEPT = _("The login has not been changed.")
    ABOUT = _("Another login")
    DO_IT = _("Rename")

    def told(self) -> str:
        sentence = (
            _(
                "{name} signs in as “{login}” now. A new login comes with a new password; a "
                "letter tells the login, and their sessions end."
            )
            if self.person.email and not self.by_letter()
            else _(
                "{name} signs in as “{login}” now. A new login comes with a new password; a "
                "letter tells both where it is generated, and their sessions end."
            )
            if self.person.email
            else _(
                "{name} signs in as “{login}” now. A new login comes with a new password, and "
                "their sessions end. They have no address for a letter: tell them both."
            )
        )
        told = sentence.format(name=named(self.person), login=self.person.login[:60])
        return told + self.invitation_ends()

    def fields(self) -> tuple[FieldSpec, ...]:
        return (FieldSpec("login", _("new login")),)

    def command_lines(self) -> tuple[str, ...]:
        login = str(self.form.values["login"]) or "NEW"
        words = ["usher", "users", "rename", str(self.person.id), "--login", login, self.flag]
        return (join(words),)

    def by_letter(self) -> bool:
        return credentials.by_letter_to(self.visit.settings, self.person, self.visit.actor.id)

    def store_it(self, password: str | None) -> User:
        login = str(self.form.values["login"])
        return users.rename(self.session, self.person.id, login, password)
