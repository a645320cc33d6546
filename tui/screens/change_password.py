"""Choosing a new password of one's own, by wish or because the one there is may not stay."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import ClassVar

from textual import getters
from textual.widget import Widget

from store import signin, users
from store.session import Session
from store.values import User
from store.wording import _
from tui.commands.forms import CHANGE_PASSWORD
from tui.screens.form_room import FormRoom, twice
from tui.screens.room import bindings_of
from tui.widgets.fields import FieldSpec, Kind
from tui.widgets.form import Form
from tui.widgets.words import Words


class ChangePassword(FormRoom[bool]):
    """True when it has been changed. `forced` is gate 8: nothing else can be done before."""

    ROOM = CHANGE_PASSWORD
    BINDINGS = bindings_of(CHANGE_PASSWORD)
    NAMED: ClassVar[Mapping[str, str]] = {"save": _("change it")}
    KEPT = _("Your password has not been changed.")

    words = getters.query_one(Words)

    def __init__(self, session: Session, forced: bool = False) -> None:
        super().__init__(_("A new password"), session.name)
        self.session, self.forced = session, forced

    def body(self) -> Iterable[Widget]:
        yield Words(
            _("Choose a new password to go on. Nothing else can be done before.")
            if self.forced
            else _("Several words make a password that is long, and easy to remember.")
        )
        yield Form(
            (
                FieldSpec("current", _("current one"), Kind.SECRET),
                FieldSpec("password", _("new one"), Kind.SECRET, opens=True),
                FieldSpec("again", _("new one again"), Kind.SECRET),
            ),
            {},
            ("save", _("Change it")),
        )

    def on_mount(self) -> None:
        if self.forced and self.session.user is not None:
            self.ask(partial(users.show, self.session, self.session.user), self._why, group="why")

    def waits_to_be_seen(self, key: str) -> bool:
        """Drop keys typed ahead if the change is forced, because they were for another screen."""
        return self.forced or super().waits_to_be_seen(key)

    def save(self) -> None:
        values = self.form.values
        problems = twice(values)
        if problems:
            self.show_problems(problems)
            return
        self.write(
            partial(signin.change_password, self.session, values["current"], values["password"]),
            lambda _nothing: self.finish(True),
        )

    def _why(self, user: User) -> None:
        reason = (
            _("Your password is temporary: someone else has set it.")
            if user.password == "temporary"  # noqa: S105
            else _("Your password has expired.")
        )
        self.words.say(
            f"{reason} {_('Choose a new one to go on. Nothing else can be done before.')}"
        )
