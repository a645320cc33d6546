"""A forgotten password: a letter with a code is asked for."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import ClassVar

from textual.widget import Widget

from store import signin
from store.database import Store
from store.session import origin_of_process
from store.wording import _
from tui.commands.forms import FORGOTTEN
from tui.screens.form_room import FormRoom
from tui.screens.room import bindings_of
from tui.widgets.fields import FieldSpec
from tui.widgets.form import Form
from tui.widgets.words import Words


class Forgotten(FormRoom[bool]):
    """True when it has been asked for, whoever's the address is or is not (CHECKLIST C27)."""

    ROOM = FORGOTTEN
    BINDINGS = bindings_of(FORGOTTEN)
    NAMED: ClassVar[Mapping[str, str]] = {"save": _("ask for it")}

    def __init__(self, store: Store, login: str = "") -> None:
        """`login` is what was typed at the sign-in: often it is the address."""
        super().__init__(_("Forgotten password"))
        self.store, self.login = store, login

    def body(self) -> Iterable[Widget]:
        yield Words(_("Give your e-mail address. A letter with a code comes to it."))
        address = self.login if "@" in self.login else ""
        yield Form(
            (FieldSpec("address", _("e-mail")),),
            {"address": address},
            ("save", _("Ask for the letter")),
        )

    def save(self) -> None:
        address = self.form.values["address"]
        if not address:
            self.form.go("address")
            return
        ask = partial(signin.forgot, self.store, address, origin_of_process())
        self.write(ask, lambda _nothing: self.finish(True), busy=_("Asking…"))
