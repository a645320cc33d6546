"""The first run: an account gets its name and its owner."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, ClassVar

from textual.widget import Widget

from store import account, signin
from store.database import Store
from store.session import origin_of_process
from store.signin import SignedIn
from store.values import Door, Draft
from store.wording import _
from tui.commands.forms import SET_UP
from tui.screens.form_room import FormRoom, twice
from tui.screens.room import bindings_of
from tui.signs import SIGNS
from tui.widgets.fields import FieldSpec, Kind
from tui.widgets.form import Form
from tui.widgets.words import Words

OF_OWNER = ("first_name", "last_name", "email", "login")


class SetUp(FormRoom[SignedIn]):
    """The account's name, the owner, and their own password; then one is signed in."""

    ROOM = SET_UP
    BINDINGS = bindings_of(SET_UP)
    NAMED: ClassVar[Mapping[str, str]] = {"save": _("set up"), "leave": _("quit")}
    FOLLOWS: ClassVar[Mapping[str, str]] = {"email": "login"}
    KEPT = _("The account has not been set up yet.")

    def __init__(self, store: Store) -> None:
        super().__init__(f"Usher {SIGNS.dot} {_('Set-up')}")
        self.store = store

    def body(self) -> Iterable[Widget]:
        yield Words(
            _(
                "Welcome. There is no account here yet: give it a name, and become its owner."
                " The owner holds every right and can hand them on later."
            )
        )
        yield Form(
            (
                FieldSpec("account", _("account name"), hint=_("as Acme")),
                FieldSpec("first_name", _("first name"), opens=True),
                FieldSpec("last_name", _("last name")),
                FieldSpec("email", _("e-mail")),
                FieldSpec("login", _("login"), hint=_("the e-mail, if empty")),
                FieldSpec(
                    "password",
                    _("password"),
                    Kind.SECRET,
                    hint=_("12 characters or more"),
                    opens=True,
                ),
                FieldSpec("again", _("password again"), Kind.SECRET),
            ),
            {},
            ("save", _("Set up")),
        )

    def save(self) -> None:
        values = self.form.values
        problems = twice(values)
        if problems:
            self.show_problems(problems)
            return
        self.write(partial(self._begin, values), self.finish, busy=_("Setting up…"))

    def _begin(self, values: dict[str, Any]) -> SignedIn:
        """Both hashes are made here, in the thread: the owner's own, and the one that signs in."""
        owner = Draft(**{name: values[name] for name in OF_OWNER})
        user = account.init(self.store, values["account"], owner, values["password"])
        origin = origin_of_process()
        return signin.sign_in(self.store, user.login, values["password"], Door.USHER, origin)
