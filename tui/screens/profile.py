"""My profile: one's own page, and all that a standard user sees."""

from functools import partial

from store import users
from tui.commands.people import PROFILE
from tui.screens.change_password import ChangePassword
from tui.screens.person import Person
from tui.screens.room import bindings_of
from tui.visit import Visit


class Profile(Person):
    """A person's page about oneself, with one's own password to change."""

    ROOM = PROFILE
    BINDINGS = bindings_of(PROFILE)

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit, visit.actor)

    def on_mount(self) -> None:
        super().on_mount()
        # What stands here at sign-in may have been changed since, by an admin or by oneself.
        self.ask(partial(users.show, self.visit.session, self.user.id), self.show, group="person")

    def do_password(self) -> None:
        self.app.push_screen(ChangePassword(self.visit.session), self._password_changed)
