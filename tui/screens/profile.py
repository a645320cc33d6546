"""My profile: one's own page, and all that a standard user sees."""

from functools import partial

from store.mail import own_settings
from store.values import OwnMail
from store.wording import _
from tui.commands.people import PROFILE
from tui.screens.change_password import ChangePassword
from tui.screens.own_mail import OwnMailForm
from tui.screens.person import Person
from tui.screens.room import bindings_of
from tui.signs import SIGNS
from tui.visit import Visit


class Profile(Person):
    """A person's page about oneself, with one's own password to change."""

    ROOM = PROFILE
    BINDINGS = bindings_of(PROFILE)

    def __init__(self, visit: Visit, *, at_top: bool = False) -> None:
        """`at_top` means that there is no screen behind this one."""
        super().__init__(visit, visit.actor)
        self.at_top = at_top

    def keys(self) -> tuple[tuple[str, str], ...]:
        quits, back = ("q", _("quit")), ("q", _("back"))
        shown = super().keys()
        return tuple(back if one == quits and not self.at_top else one for one in shown)

    def waits_to_be_seen(self, key: str) -> bool:
        return self.at_top and key == "q"

    def do_step_back(self) -> None:
        if not self.at_top:
            self.do_back()

    def do_quit(self) -> None:
        self.do_back()

    def on_mount(self) -> None:
        super().on_mount()
        # What stands here at sign-in may have been changed since, by an admin or by oneself.
        self.renew()

    def do_own_mail(self) -> None:
        self.prepare(
            partial(own_settings.show, self.visit.session),
            lambda own: self.app.push_screen(OwnMailForm(self.visit, own), self._mail_saved),
            busy=_("Opening…"),
            opens_screen=True,
        )

    def _mail_saved(self, saved: OwnMail | None) -> None:
        if saved:
            self.say(f"{SIGNS.done} {_('Saved.')}")

    def do_password(self) -> None:
        self.app.push_screen(ChangePassword(self.visit.session), self._password_changed)
