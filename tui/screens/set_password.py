"""A temporary password for somebody else: generated and shown once, or typed (S0, S2)."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import ClassVar

from textual import on
from textual.widget import Widget

from store import users
from store.policy import passwords
from store.values import Row, Status, User
from store.wording import _
from tui.commands import Situation
from tui.commands.forms import SET_PASSWORD
from tui.dialogs.show_once import handing_over
from tui.handing_over import named
from tui.screens.form_room import FormRoom, twice
from tui.screens.room import bindings_of
from tui.screens.user_fields import CREDENTIALS, GENERATED, LABELS, TYPED
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.fields import Field, FieldSpec, Kind
from tui.widgets.form import Form
from tui.widgets.words import Words

SECRETS = (
    FieldSpec(
        "credentials",
        LABELS["credentials"],
        Kind.CHOICE,
        options=tuple(pair for pair in CREDENTIALS if pair[0] == TYPED),
        nothing=dict(CREDENTIALS)[GENERATED],
        opens=True,
    ),
    FieldSpec("password", LABELS["password"], Kind.SECRET),
    FieldSpec("again", LABELS["again"], Kind.SECRET),
)
"""Where the password comes from and, if it is typed, its text twice."""


class SetPassword(FormRoom[User]):
    """Gives back the person whose password was set; None when one went back."""

    ROOM = SET_PASSWORD
    BINDINGS = bindings_of(SET_PASSWORD)
    NAMED: ClassVar[Mapping[str, str]] = {"save": _("set it")}
    KEPT = _("The password has not been set.")
    ABOUT = _("A temporary password")
    DO_IT = _("Set it")

    def __init__(self, visit: Visit, person: Row | User) -> None:
        super().__init__(f"{person.full_name} {SIGNS.dot} {self.ABOUT}", visit.who)
        self.visit, self.session, self.person = visit, visit.session, person

    def body(self) -> Iterable[Widget]:
        yield Words(self.told())
        # Whoever does this to themselves keeps the password, and had better choose it.
        own = self.person.id == self.visit.actor.id
        credentials = TYPED if own else ""
        yield Form((*self.fields(), *SECRETS), {"credentials": credentials}, ("save", self.DO_IT))

    def told(self) -> str:
        """What comes of it, above the form."""
        sentence = _(
            "{name} signs in with it within {n} hours and chooses another one. Their sessions "
            "and the codes mailed to them end."
        )
        hours = self.visit.settings.password_temporary_hours
        return sentence.format(name=named(self.person), n=hours) + self.invitation_ends()

    def invitation_ends(self) -> str:
        """Return a sentence for a pending user, whose invitation ends with the new password."""
        may_be_invited = self.person.status is Status.PENDING and self.person.email
        return " " + _("This also ends the invitation, if one was sent.") if may_be_invited else ""

    def fields(self) -> tuple[FieldSpec, ...]:
        """The fields before those of the password."""
        return ()

    def situation(self) -> Situation:
        return Situation(self.visit.actor, self.person)

    def command_lines(self) -> tuple[str, ...]:
        """The command that does the same; no password stands in it."""
        return (f"usher users set-password {self.person.id} {self.flag}",)

    @property
    def flag(self) -> str:
        """The word that says where the password comes from."""
        return "--password-stdin" if self.form.values["credentials"] == TYPED else "--generate"

    def on_mount(self) -> None:
        self._show_secrets()

    @on(Field.Changed, "#field-credentials")
    def _credentials(self) -> None:
        self._show_secrets()

    def do_form_as_command(self) -> None:
        self.do_as_command()

    def save(self) -> None:
        values = self.form.values
        if values["credentials"] == TYPED:
            problems = twice(values)
            if problems:
                self.show_problems(problems)
                return
            self.write(partial(self.store_it, values["password"]), self.finish)
            return
        if self.by_letter():
            self.write(partial(self.store_it, None), self.finish)
            return
        password = passwords.generate(self.visit.settings)
        self.write(partial(self.store_it, password), partial(self._hand_over, password))

    def by_letter(self) -> bool:
        """Whether one that is generated comes by a letter, and is not shown here."""
        return False

    def store_it(self, password: str | None) -> User:
        """The verb, in a thread; without a password where a letter brings it."""
        return users.set_password(self.session, self.person.id, password or "")

    def _hand_over(self, password: str, user: User) -> None:
        dialog = handing_over(user, password, self.visit.settings.password_temporary_hours)
        self.app.push_screen(dialog, lambda _nothing: self.finish(user))

    def _show_secrets(self) -> None:
        typed = self.form.values["credentials"] == TYPED
        for name in ("password", "again"):
            self.form.show_field(name, typed)
