"""Coming in: the first thing that an administrator sees."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from store.database import Store
from store.errors import UsherError
from store.session import origin_of_process
from store.values import Door
from store.wording import _
from tui.commands.forms import SIGN_IN
from tui.screens.form_room import FormRoom
from tui.screens.room import bindings_of
from tui.signs import SIGNS
from tui.widgets.fields import FieldSpec, Kind
from tui.widgets.form import Form
from tui.widgets.words import Words

if TYPE_CHECKING:
    from store.signin import SignedIn
    from tui.screens.have_code import Redeemed


class SignIn(FormRoom["SignedIn"]):
    """Login and password. Every refusal reads the same, whatever its reason (CHECKLIST C24)."""

    ROOM = SIGN_IN
    BINDINGS = bindings_of(SIGN_IN)
    NAMED: ClassVar[Mapping[str, str]] = {"save": _("sign in"), "leave": _("quit")}

    def __init__(
        self,
        store: Store,
        account: str,
        sentence: str = "",
        *,
        login: str = "",
        before: str = "",
        by_key: bool = False,
    ) -> None:
        """`login` is that of whoever came by an SSH key; `by_key` says that it may be enough.

        `before` is that of whoever was here until now.
        """
        super().__init__(f"{account} {SIGNS.dot} {_('Sign in')}")
        self.store, self.sentence = store, sentence
        self.login, self.before, self.by_key = login, before, by_key

    def body(self) -> Iterable[Widget]:
        known = _("Your SSH key says who you are. Give your password.")
        yield Words(known if self.login else _("Sign in with your login or your e-mail address."))
        fixed = _("Your SSH key says so; another key is another person.") if self.login else ""
        yield Form(
            (
                FieldSpec("login", _("login"), fixed=fixed),
                FieldSpec("password", _("password"), Kind.SECRET),
            ),
            {"login": self.login or self.before},
            ("save", _("Sign in")),
            ("forgotten", _("Forgotten password")),
            ("have_code", _("I have a code")),
        )

    def on_mount(self) -> None:
        if self.login or self.before:
            self.form.go("password")
        if self.sentence:
            self.say(self.sentence)
        elif self.by_key:
            self.write(partial(_by_key, self.store), self.finish, busy=_("Signing in…"))

    def do_leave(self) -> None:
        self.dismiss(None)

    def save(self) -> None:
        values = self.form.values
        if not values["login"]:
            self.form.go("login")
            return
        self.write(
            partial(_by_password, self.store, values["login"], values["password"]),
            self.finish,
            busy=_("Signing in…"),
        )

    def do_forgotten(self) -> None:
        from tui.screens.forgotten import Forgotten  # noqa: PLC0415  (seldom)

        login = str(self.form.values["login"])
        self.app.push_screen(Forgotten(self.store, login), self._asked)

    def do_have_code(self) -> None:
        self._let_redeem()

    def _asked(self, asked: bool | None) -> None:
        if asked:
            self._let_redeem(asked=True)

    def _let_redeem(self, *, asked: bool = False) -> None:
        from tui.screens.have_code import HaveCode  # noqa: PLC0415  (seldom)

        self.app.push_screen(HaveCode(self.store, asked), self._redeemed)

    def _redeemed(self, redeemed: "Redeemed | None") -> None:
        """The code has said who they are; the password they give themselves."""
        if redeemed is None:
            return
        if not self.login:
            self.form.set_value("login", redeemed.user.login)
        self.form.set_value("password", "")
        self.form.go("password")
        self.say(f"{SIGNS.done} {redeemed.sentence}")

    def refuse(self, error: UsherError) -> None:
        self.form.set_value("password", "")
        self.form.go("password")
        super().refuse(error)


def _by_password(store: Store, login: str, password: str) -> "SignedIn":
    from store import signin  # noqa: PLC0415  (imported while somebody types)

    return signin.sign_in(store, login, password, Door.USHER, origin_of_process())


def _by_key(store: Store) -> "SignedIn":
    from store import signin  # noqa: PLC0415  (the screen is there meanwhile)

    return signin.sign_in_by_key(store, Door.USHER, origin_of_process())
