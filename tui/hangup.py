"""The line drops: whatever the program is at, it ends, and soon (LINE, CHECKLIST E42)."""

import _thread
import asyncio
import os
import select
import signal
from collections.abc import Callable
from threading import Thread
from time import sleep
from types import FrameType
from typing import Any

from tui.terminal_state import ENDINGS, TerminalState

ALWAYS = {signal.SIGHUP, signal.SIGTERM, signal.SIGINT}
"""Signals that end the screens even where the process was started to ignore them."""

GONE_SECONDS = 1.8
"""After so long the process ends even if a thread still waits for the database."""


class Hangup:
    """Watches for the end of the line, from `watch` to `let_go`.

    A signal may find the event loop blocked by a terminal that takes nothing, so it is not the
    loop that hears it. A terminal may be gone without a signal, where it is not the one that
    controls the process; reading from it would then end at once, over and over.
    """

    def __init__(self, keys: int, leave: Callable[[], object], terminal: TerminalState) -> None:
        """Call `leave` once in the event loop. `keys` is the file descriptor of the keyboard."""
        self.keys, self.leave, self.terminal = keys, leave, terminal
        self._before: dict[int, Any] = {}
        self._ends: tuple[int, ...] = ()
        self._dropped = False

    def watch(self) -> None:
        """Begin, in the main thread and with the event loop running."""
        self._loop = asyncio.get_running_loop()
        self._before = {
            number: signal.signal(number, self._drop)
            for number in ENDINGS
            if number in ALWAYS or signal.getsignal(number) == self.terminal.end
        }
        if os.isatty(self.keys):
            self._ends = os.pipe()
            Thread(target=self._wait, args=(self._ends[0],), daemon=True).start()

    def let_go(self) -> None:
        """Watch no longer."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        # The thread is woken by the end that it is left with.
        for end in self._ends[1:]:
            os.close(end)
        self._ends = ()

    def _wait(self, woken: int) -> None:
        poll = select.poll()
        # Nothing is asked for: what is told all the same is that the other side has gone.
        poll.register(self.keys, 0)
        poll.register(woken, 0)
        gone = {end for end, event in poll.poll() if event & (select.POLLHUP | select.POLLERR)}
        os.close(woken)
        if self.keys in gone and woken not in gone:
            self._drop()

    def _drop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        if self._dropped:
            return
        self._dropped = True
        # `threading` would need a lock that the interrupted code may hold.
        _thread.start_new_thread(self._end, ())
        self._loop.call_soon_threadsafe(self.leave)

    def _end(self) -> None:
        """End the process if nothing else has ended it in time."""
        sleep(GONE_SECONDS)
        self.terminal.give_back()
        os._exit(0)
