"""The locked screen: whoever went away comes back by their password, and finds all as it was."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import ClassVar

from textual.widget import Widget

from store import signin
from store.errors import UsherError
from store.session import Session
from store.wording import _
from tui.commands.forms import LOCKED
from tui.dialogs.confirm import Confirm
from tui.screens.form_room import FormRoom
from tui.screens.room import bindings_of
from tui.signs import SIGNS
from tui.typed_ahead import ALL_KEYS
from tui.widgets.fields import FieldSpec, Kind
from tui.widgets.form import Form
from tui.widgets.words import Words


class Locked(FormRoom[bool]):
    """Hides everything. True when the password was right, False to sign out; esc does nothing."""

    ROOM = LOCKED
    SEEN_FIRST: ClassVar[frozenset[str]] = ALL_KEYS
    BINDINGS = bindings_of(LOCKED)
    NAMED: ClassVar[Mapping[str, str]] = {"save": _("go on")}

    def __init__(self, session: Session, name: str) -> None:
        super().__init__(f"Usher {SIGNS.dot} {_('Locked')}", name)
        self.session = session

    def body(self) -> Iterable[Widget]:
        yield Words(
            _("Nobody has pressed a key for a while. What was typed is kept: give your password.")
        )
        yield Form(
            (FieldSpec("password", _("password"), Kind.SECRET),),
            {},
            ("save", _("Go on")),
            ("sign_out", _("Sign out")),
        )

    def save(self) -> None:
        self.write(
            partial(signin.prove, self.session, self.form.values["password"]),
            lambda _nothing: self.finish(True),
            busy=_("Looking…"),
        )

    def refuse(self, error: UsherError) -> None:
        self.form.set_value("password", "")
        self.form.go("password")
        super().refuse(error)

    def do_sign_out(self) -> None:
        """Leave altogether; the question names what that costs."""
        question = Confirm(
            _("Sign out?"), _("What was typed and is not saved will be lost."), _("Sign out")
        )
        self.app.push_screen(question, self._signed_out)

    def _signed_out(self, yes: bool | None) -> None:
        if yes:
            self.dismiss(False)
