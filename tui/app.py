"""The application: who is signed in, which screen comes next, and how it ends."""

import asyncio
import signal
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from textual import events, on, work
from textual.app import SystemCommand
from textual.screen import Screen

from store import settings, signin
from store.database import Store
from store.errors import UsherError
from store.session import Session, guest_of_process
from store.signin import SignedIn
from store.users import show
from store.values import User
from tui import incident
from tui.keys_in_order import KeysInOrder
from tui.messages import SessionOver
from tui.screens.change_password import ChangePassword
from tui.screens.locked import Locked
from tui.screens.profile import Profile
from tui.screens.room import Room
from tui.screens.set_up import SetUp
from tui.screens.sign_in import SignIn
from tui.screens.too_small import TooSmall
from tui.screens.users import Users
from tui.visit import Visit

LOOK_SECONDS = 1.0
"""How often the idle limit is looked at: at most one second late (CHECKLIST E39)."""
FAREWELL_SECONDS = 1.5
"""How long the end of the session may take before the program is gone (LINE)."""


def stylesheet() -> Path:
    """`screens.tcss`: beside the package where it is installed, at the top of a checkout."""
    here = Path(__file__).parent
    installed = here / "screens.tcss"
    return installed if installed.exists() else here.parent / "screens.tcss"


class Usher(KeysInOrder):
    """One person at one terminal. A visit lasts until they leave, the line drops, or it ends."""

    CSS_PATH = stylesheet()
    ALLOW_SELECT = False

    def __init__(self, store: Store, session: Session | None = None) -> None:
        super().__init__()
        self.theme = "ansi-dark"
        self.store = store
        self.session = session
        self.visit: Visit | None = None
        self.incident = ""
        self.leaving = False
        self.last_key = store.clock()

    def on_mount(self) -> None:
        for number in (signal.SIGHUP, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self.leave)
        self.set_interval(LOOK_SECONDS, self.look_at_idle)
        self.come_in()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste):
            self.last_key = self.store.clock()
        await super().on_event(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "command_palette":
            return isinstance(self.screen, Room) and self.screen.has_palette
        return super().check_action(action, parameters)

    def on_resize(self, event: events.Resize) -> None:
        small = TooSmall.fits_not(event.size)
        if small and not isinstance(self.screen, TooSmall):
            self.push_screen(TooSmall())
        elif not small and isinstance(self.screen, TooSmall):
            self.pop_screen()

    @on(SessionOver)
    def begin_again(self, message: SessionOver) -> None:
        """Back to the sign-in, with the reason; whatever stood on the screen is gone."""
        if self.leaving:
            return
        self.visit = self.session = None
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.come_in(message.sentence)

    @work(group="visit")
    async def come_in(self, sentence: str = "") -> None:
        """From nothing to the first screen: set-up, sign-in, or what the given session sees."""
        if self.session is not None:
            user = await asyncio.to_thread(show, self.session, self.session.user or 0)
            self.open_home(user)
            return
        name = await asyncio.to_thread(settings.account_name, self.store)
        if name is None:
            self.push_screen(SetUp(self.store), self._entered)
            return
        guest = guest_of_process()
        login = guest.login if guest else ""
        current = await asyncio.to_thread(settings.load, self.store)
        by_key = bool(login) and current.ssh_key_is_enough
        first = SignIn(self.store, name, sentence, login=login, by_key=by_key)
        self.push_screen(first, self._entered)

    @work(group="visit")
    async def open_home(self, user: User) -> None:
        """The screen one works from; when it is left, the visit ends."""
        if self.session is not None:
            self.visit = await asyncio.to_thread(Visit.begin, self.session, user)
            home = Users(self.visit) if user.admin else Profile(self.visit)
            self.push_screen(home, self._left)

    @work(group="leave")
    async def leave(self) -> None:
        """Sign out and end, also where the line has dropped; never waits long for the database."""
        self.leaving = True
        if self.session is not None:
            goodbye = asyncio.to_thread(signin.sign_out, self.session)
            try:
                await asyncio.wait_for(goodbye, FAREWELL_SECONDS)
            except (UsherError, TimeoutError) as error:
                self.store.log.warning("the session was not ended: %s", type(error).__name__)
        self.exit()

    def look_at_idle(self) -> None:
        """Lock the screen after the idle limit; what was typed stays behind it."""
        if self.visit is None or isinstance(self.screen, Locked):
            return
        if self.store.clock() - self.last_key >= self.visit.settings.session_idle:
            self.push_screen(Locked(self.visit.session, self.visit.actor.login), self._unlocked)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers: the commands of the screen, from the registry, and themes."""
        if isinstance(screen, Room):
            for command in screen.commands():
                yield SystemCommand(command.help, command.key, screen.doing(command))
            yield SystemCommand("Theme", "Choose other colours", self.action_change_theme)

    def _unlocked(self, stays: bool | None) -> None:
        self.last_key = self.store.clock()
        if not stays:
            self.leave()

    def _entered(self, entered: SignedIn | None) -> None:
        if entered is None:
            self.leave()
            return
        self.session = entered.session
        if entered.must_change_password:
            change = ChangePassword(self.session, forced=True)
            self.push_screen(change, partial(self._changed, entered.user))
        else:
            self.open_home(entered.user)

    def _changed(self, user: User, changed: bool | None) -> None:
        if changed:
            self.open_home(user)
        else:
            self.leave()

    def _left(self, _nothing: None) -> None:
        self.leave()

    def _fatal_error(self) -> None:
        # Textual would print a traceback with every local, a typed password among them.
        self.incident = incident.report()
        self._close_messages_no_wait()


def run(store: Store, session: Session | None = None) -> int:
    """Open the screens; returns the exit code. Nobody ever sees a traceback."""
    app = Usher(store, session)
    app.run(mouse=False)
    if app.incident:
        incident.tell(app.incident)
    return app.return_code or 0
