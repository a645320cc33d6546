"""Whether the session of an open screen still stands: asked every few seconds, in silence.

Whoever was blocked, or whose session somebody ended, is told within five seconds though they press
no key (CHECKLIST E40). Nothing of it reaches the terminal while the answer is yes.
"""

import asyncio
from collections.abc import Callable

from textual.app import App
from textual.timer import Timer

from store import access, signin
from store.errors import SessionEnded, UsherError
from store.session import Session
from tui.messages import SessionOver

ASK_SECONDS = 3.0
"""Between two questions, which read and write nothing."""
WORD_EVERY = 5
"""One question in so many gives word as well that somebody is here: that writes."""
LOOK_SECONDS = 1.0
"""How often the idle limit is looked at: at most one second late (CHECKLIST E39)."""


class Standing:
    """Looks after one session, from its beginning to `end`."""

    def __init__(self, app: App[None], session: Session, look: Callable[[], None]) -> None:
        """`look` is what the application does itself every second."""
        self.app, self.session = app, session
        self._asked = 0
        self._asking = False
        self._timers: list[Timer] = [
            app.set_interval(ASK_SECONDS, self.ask),
            app.set_interval(LOOK_SECONDS, look),
        ]

    def end(self) -> None:
        """Ask no more."""
        for timer in self._timers:
            timer.stop()
        self._timers = []

    def ask(self) -> None:
        """Begin a question, unless the last one still waits for its answer."""
        if not self._asking and self._timers:
            self._asking = True
            self.app.run_worker(self._answer(), group="standing")

    async def _answer(self) -> None:
        try:
            await asyncio.to_thread(self._put, word=self._asked % WORD_EVERY == 0)
        except SessionEnded as error:
            if self._timers:
                self.app.post_message(SessionOver(error.message))
        except (UsherError, OSError):
            # A database that is away is the business of whoever presses a key; later will do here.
            pass
        finally:
            self._asked += 1
            self._asking = False

    def _put(self, *, word: bool) -> None:
        access.actor_of(self.session)
        if word:
            signin.heard(self.session)
