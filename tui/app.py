"""The application: who is signed in, which screen comes next, and how it ends.

What lies behind the sign-in is imported while somebody types a password: so it is there at once.
"""

import asyncio
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from textual import events, on, work
from textual.binding import Binding
from textual.driver import Driver
from textual.screen import Screen

from store import settings
from store.database import Store
from store.errors import UsherError
from store.presence import has_account
from store.session import Session, guest_of_process
from store.values import Absence, User
from store.wording import _
from tui import incident
from tui.colours import Depth
from tui.delivering import Delivering
from tui.driver import driver_class
from tui.going_on import GoingOn
from tui.hangup import Hangup
from tui.messages import SessionOver
from tui.moments import when
from tui.on_terminal import OnTerminal
from tui.ownership import taken_back
from tui.screens.room import Room
from tui.screens.sign_in import SignIn
from tui.signs import SIGNS
from tui.terminal_state import TerminalState
from tui.threads import Threads

if TYPE_CHECKING:
    from store.signin import SignedIn
    from tui.standing import Standing
    from tui.visit import Visit

Result = TypeVar("Result")

HOME = "tui.screens.home"
"""Where the screens are from which one works, and all that they bring with them."""

FAREWELL_SECONDS = 1.0
"""How long the end of the session may take before the program is gone (LINE)."""


def stylesheet() -> Path:
    """`screens.tcss`: beside the package where it is installed, at the top of a checkout."""
    here = Path(__file__).parent
    installed = here / "screens.tcss"
    return installed if installed.exists() else here.parent / "screens.tcss"


class Usher(OnTerminal):
    """One person at one terminal. A visit lasts until they leave, the line drops, or it ends."""

    CSS_PATH = stylesheet()
    BINDINGS = [Binding("ctrl+c", "hint", show=False)]

    def __init__(
        self,
        store: Store,
        session: Session | None = None,
        depth: Depth = Depth.SIXTEEN,
        driver_class: type[Driver] | None = None,
        terminal: TerminalState | None = None,
    ) -> None:
        super().__init__(depth, driver_class=driver_class)
        self.store = store
        self.session = session
        self.visit: Visit | None = None
        self.standing: Standing | None = None
        self.incident = ""
        self.leaving = False
        self.last_key = store.clock()
        self.hold_keys()
        keys = sys.__stdin__.fileno() if sys.__stdin__ else -1
        self.hangup = Hangup(keys, self.hang_up, terminal or TerminalState())

    def on_mount(self) -> None:
        self.hangup.watch()
        asyncio.get_running_loop().set_default_executor(Threads())
        self.come_in()

    def on_unmount(self) -> None:
        self.hangup.let_go()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste):
            self.last_key = self.store.clock()
        await super().on_event(event)

    @on(SessionOver)
    def begin_again(self, message: SessionOver) -> None:
        """Back to the sign-in, with the reason; whatever stood on the screen is gone.

        What is typed on is a password perhaps: it goes where none can be read.
        """
        if self.leaving or self.session is None:
            return
        self.stand_no_more()
        login = self.session.name
        self.visit = self.session = None
        self.hold_keys()
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.come_in(message.sentence, login)

    @work(group="visit")
    async def come_in(self, sentence: str = "", before: str = "") -> None:
        """From nothing to the first screen: set-up, sign-in, or what the given session sees.

        `before` is who was here until now.
        """
        if self.session is not None:
            from store.users import show  # noqa: PLC0415  (where nobody signs in before)

            self.stand(self.session)
            user = await asyncio.to_thread(show, self.session, self.session.user or 0)
            self.open_home(user)
            return
        if not await asyncio.to_thread(has_account, self.store):
            from tui.screens.set_up import SetUp  # noqa: PLC0415  (once in an account's life)

            await self.present(SetUp(self.store), self._entered)
            return
        guest = guest_of_process()
        login = guest.login if guest else ""
        name = await asyncio.to_thread(settings.account_name, self.store) or ""
        current = await asyncio.to_thread(settings.load, self.store)
        by_key = bool(login) and current.ssh_key_is_enough
        first = SignIn(self.store, name, sentence, login=login, before=before, by_key=by_key)
        await self.present(first, self._entered)
        await asyncio.to_thread(import_module, HOME)

    @work(group="visit")
    async def open_home(self, user: User, absence: Absence | None = None) -> None:
        """The screen one works from; when it is left, the visit ends.

        `absence` is what was said of an owner until they came.
        """
        if self.session is not None:
            await asyncio.to_thread(import_module, HOME)
            from tui.screens.home import Visit, home_of  # noqa: PLC0415  (see above)

            self.visit = await asyncio.to_thread(Visit.begin, self.session, user)
            await self.present(home_of(self.visit), self._left)
            await self._tell_of_clock(user)
            await self._show_broken_history(user)
            if absence and isinstance(self.screen, Room):
                self.screen.say(taken_back(absence, partial(when, zone=self.visit.zone)))

    async def _tell_of_clock(self, user: User) -> None:
        """Locks and expiry hang on the clock: an admin hears of one that cannot be right."""
        from store.upkeep import clock  # noqa: PLC0415  (needed once the first screen stands)

        late = await asyncio.to_thread(clock.behind, self.store) if user.admin else timedelta()
        if late > clock.TOLERATED and isinstance(self.screen, Room):
            self.screen.say(f"{SIGNS.error} {clock.notice(late)}")

    async def _show_broken_history(self, user: User) -> None:
        """Show admins that the history is damaged, until it is accepted (DESIGN 3.13)."""
        from store.audit import noticed  # noqa: PLC0415  (needed once the first screen stands)

        found = await asyncio.to_thread(noticed, self.store) if user.admin else None
        if found is not None and isinstance(self.screen, Room):
            from tui.history_words import notice  # noqa: PLC0415  (hardly ever)

            self.screen.say(f"{SIGNS.error} {notice(self.store, found)}")

    async def present(self, screen: Screen[Result], then: Callable[[Result | None], None]) -> None:
        """Show a screen; what was typed while it was on its way is typed into it."""
        await self.push_screen(screen, then)
        self.call_after_refresh(self.release_keys)

    @work(group="leave")
    async def leave(self) -> None:
        """Sign out and end, also where the line has dropped; never waits long for the database."""
        self.leaving = True
        self.stand_no_more()
        for screen in self.screen_stack:
            if isinstance(screen, Room):
                screen.abandon()
        if self.session is not None:
            from store import signin  # noqa: PLC0415  (who is signed in has it)

            goodbye = asyncio.to_thread(signin.sign_out, self.session)
            try:
                await asyncio.wait_for(goodbye, FAREWELL_SECONDS)
            except (UsherError, TimeoutError) as error:
                self.store.log.warning("the session was not ended: %s", type(error).__name__)
        self.exit()

    def hang_up(self) -> None:
        """Quit after a signal, without waiting for a slow line."""
        self.hurry()
        self.leave()

    def stand(self, session: Session) -> None:
        """Ask from now on whether the session stands, and whether anybody is there."""
        from tui.standing import Standing  # noqa: PLC0415  (once somebody is signed in)

        self.standing = Standing(self, session, self.look_at_idle)

    def look_at_idle(self) -> None:
        """Lock the screen after the idle limit; what was typed stays behind it."""
        from tui.screens.locked import Locked  # noqa: PLC0415  (once somebody is signed in)

        if self.visit is None or any(isinstance(screen, Locked) for screen in self.screen_stack):
            return
        if self.store.clock() - self.last_key >= self.visit.settings.session_idle:
            self.push_screen(Locked(self.visit.session, self.visit.actor.login), self._unlocked)

    def stand_no_more(self) -> None:
        """Nobody is signed in any more of whom it could be asked."""
        if self.standing is not None:
            self.standing.end()
            self.standing = None

    def action_hint(self) -> None:
        """Whoever presses ctrl+c is told how one leaves."""
        if isinstance(self.screen, Room):
            at_top = _("Press esc to go one step back, and q at the top to quit.")
            self.screen.say(at_top if self.visit else _("Press esc to quit."))

    def action_leave(self) -> None:
        self.leave()

    def _unlocked(self, stays: bool | None) -> None:
        self.last_key = self.store.clock()
        if not stays:
            self.leave()

    def _entered(self, entered: "SignedIn | None") -> None:
        if entered is None:
            self.leave()
            return
        self.session = entered.session
        self.stand(self.session)
        if entered.must_change_password:
            from tui.screens.change_password import ChangePassword  # noqa: PLC0415  (seldom)

            change = ChangePassword(self.session, forced=True)
            self.push_screen(change, partial(self._changed, entered))
        else:
            self.hold_keys()
            self.open_home(entered.user, entered.absence)

    def _changed(self, entered: "SignedIn", changed: bool | None) -> None:
        if changed:
            self.hold_keys()
            self.open_home(entered.user, entered.absence)
        else:
            self.leave()

    def _left(self, _nothing: None) -> None:
        self.leave()

    def _fatal_error(self) -> None:
        # Textual would print a traceback with every local, a typed password among them.
        self.incident = incident.report()
        self._close_messages_no_wait()


def run(
    store: Store,
    session: Session | None = None,
    depth: Depth = Depth.SIXTEEN,
    terminal: TerminalState | None = None,
) -> int:
    """Open the screens; returns the exit code. Nobody ever sees a traceback."""
    terminal = terminal or TerminalState()
    terminal.take()
    app = Usher(store, session, depth, driver_class(os.environ, depth, terminal), terminal)
    delivering, going_on = Delivering(store), GoingOn(store)
    delivering.begin()
    going_on.begin()
    try:
        app.run(mouse=False)
    finally:
        delivering.end()
        going_on.end()
    if app.incident:
        incident.tell(app.incident)
    return app.return_code or 0
