"""The password once more, before something dangerous (DESIGN 3.6)."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import ClassVar

from textual.widget import Widget

from store import signin
from store.errors import Problem, SignInRefused, UsherError
from store.session import Session
from store.wording import _
from tui.commands.forms import PROVE
from tui.screens.form_room import FormRoom
from tui.screens.room import bindings_of
from tui.typed_ahead import ALL_KEYS
from tui.widgets.fields import FieldSpec, Kind
from tui.widgets.form import Form
from tui.widgets.words import Words


class Prove(FormRoom[bool]):
    """True when the password was right; None when one went back, and nothing is done."""

    ROOM = PROVE
    SEEN_FIRST: ClassVar[frozenset[str]] = ALL_KEYS
    BINDINGS = bindings_of(PROVE)
    NAMED: ClassVar[Mapping[str, str]] = {"save": _("go on")}
    KEPT = _("Nothing has been done yet.")

    def __init__(self, session: Session) -> None:
        super().__init__(_("Your password, once more"), session.name)
        self.session = session

    def body(self) -> Iterable[Widget]:
        yield Words(_("This asks for your password again: you gave it a while ago, or not at all."))
        yield Form((FieldSpec("password", _("password"), Kind.SECRET),), {}, ("save", _("Go on")))

    def save(self) -> None:
        prove = partial(signin.prove, self.session, self.form.values["password"])
        self.write(prove, lambda _nothing: self.finish(True), busy=_("Looking…"))

    def refuse(self, error: UsherError) -> None:
        if not isinstance(error, SignInRefused):
            super().refuse(error)
            return
        self.form.set_value("password", "")
        sentence = _("This is not your password.")
        self.show_problems((Problem("password", "password_wrong", sentence),))
