"""The terminal as it was before Usher took it, and how it is given back on every way out.

Open this to change what a signal does while no screen can act on it, or what is sent last. It
needs the standard library alone, for it is there before anything large is imported.
"""

import _thread
import os
import signal
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from tui.exits import FAILED, INTERRUPTED

KEYS, SCREEN = 0, 2
"""The descriptors that are read from and drawn to: those of stdin and stderr."""

LEAVE = b"\x18\x1b[r\x1b[m\x1b[?2004l\x1b[?7h\x1b[?1049l\x1b[?25h"
"""Cancels a sequence that was cut off, then undoes all that a frame may have set: scroll region,
style, bracketed paste, no line wrap, the other screen, a hidden cursor."""

PATIENCE = 0.2
"""Seconds in which a line that takes anything takes that."""

_NOT_ENDING = {
    getattr(signal, f"SIG{name}", None)
    for name in (
        *("CHLD", "CONT", "URG", "WINCH", "INFO"),
        *("STOP", "TSTP", "TTIN", "TTOU"),
        # After a fault of the process itself Python cannot act; the last one is never caught.
        *("SEGV", "BUS", "FPE", "ILL", "KILL"),
    )
}

ENDINGS = tuple(sorted(signal.valid_signals() - _NOT_ENDING))
"""Every signal that ends a process and can be caught."""


class Painted:
    """What stands on the terminal already, in the terms in which Textual draws."""

    def __init__(self, drawing: str, size: tuple[int, int]) -> None:
        self.drawing, self.size = drawing, size


class TerminalState:
    """How the terminal was set, for as long as it has yet to be set so again."""

    def __init__(self) -> None:
        self.attributes: list[object] | None = None
        self.entered = False
        """Whether anything was sent that has to be undone."""
        self.painted: Painted | None = None
        self._listening = False

    def take(self) -> None:
        """Remember how the terminal is set; until it is given back, a signal gives it back first.

        Where it was taken before, what was remembered then counts. Call it in the main thread.
        """
        if not self._listening:
            self._listening = True
            heard, hear = os.pipe()
            os.set_blocking(hear, False)
            signal.set_wakeup_fd(hear, warn_on_full_buffer=False)
            _thread.start_new_thread(self._listen, (heard,))
        for number in ENDINGS:
            if signal.getsignal(number) in {signal.SIG_DFL, signal.default_int_handler}:
                signal.signal(number, self.end)
        if self.attributes is None:
            with suppress(termios.error):
                self.attributes = termios.tcgetattr(KEYS)

    def silence(self) -> bool:
        """Switch echo off and let keys through as they come; returns whether that was possible."""
        self.take()
        with suppress(termios.error):
            new = termios.tcgetattr(KEYS)
            new[0] &= ~(
                termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR
            )
            new[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
            termios.tcsetattr(KEYS, termios.TCSANOW, new)
            return True
        return False

    def paint(self, entering: str, painted: Painted) -> None:
        """Go to the other screen and paint this there."""
        self.entered = True
        errors = sys.stderr.errors or "replace"
        _write((entering + painted.drawing).encode(sys.stderr.encoding, errors))
        self.painted = painted

    def give_back(self) -> None:
        """Set the terminal as it was, from any thread, also amid anything else.

        What was typed is dropped, for it was meant for Usher. Waits for `PATIENCE` at most.
        """
        if self.attributes is not None:
            with suppress(termios.error):
                termios.tcflush(KEYS, termios.TCIFLUSH)
                termios.tcsetattr(KEYS, termios.TCSANOW, self.attributes)  # type: ignore[arg-type]
        if self.entered:
            _write_within_patience(LEAVE)
        self.is_given_back()

    def is_given_back(self) -> None:
        """Note that it is set as it was."""
        self.attributes, self.entered = None, False

    def end(self, number: int, _frame: FrameType | None) -> None:
        """End the process at once: the handler of signals while no screen acts on them."""
        self.give_back()
        os._exit(INTERRUPTED if number == signal.SIGINT else FAILED)

    def _listen(self, heard: int) -> None:
        """Act on signals also while the main thread waits for a database, which handles none."""
        while number := os.read(heard, 1):
            if signal.getsignal(number[0]) == self.end:
                self.end(number[0], None)


@contextmanager
def given_back(terminal: TerminalState) -> Iterator[None]:
    """Where something fails, give the terminal back before a sentence says what."""
    try:
        yield
    except BaseException:
        terminal.give_back()
        raise


def _write(data: bytes) -> None:
    # A terminal that is gone is found out by reading from it.
    with suppress(OSError):
        os.write(SCREEN, data)


def _write_within_patience(data: bytes) -> None:
    """Write, but wait for no line that takes nothing."""
    written = _thread.allocate_lock()

    def write() -> None:
        _write(data)
        written.release()

    written.acquire()
    # A thread of `threading` takes a lock that the code that a signal interrupts may hold.
    _thread.start_new_thread(write, ())
    written.acquire(timeout=PATIENCE)
