"""Remember the state of the terminal, and restore it however Usher ends.

Open this to change how a signal is handled while no screen can act on it, or what is sent last. It
imports only the standard library, because it runs before the large imports.
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
"""The file descriptors for reading (stdin) and drawing (stderr)."""

LEAVE = b"\x18\x1b[r\x1b[m\x1b[?2004l\x1b[?7h\x1b[?1049l\x1b[?25h"
"""Cancels an unfinished sequence, then resets all that a frame may have set: scroll region, style,
bracketed paste, line wrap, alternate screen, cursor."""

PATIENCE = 0.2
"""Seconds to wait for the line to accept the last bytes."""

_NOT_ENDING = {
    getattr(signal, f"SIG{name}", None)
    for name in (
        *("CHLD", "CONT", "URG", "WINCH", "INFO"),
        *("STOP", "TSTP", "TTIN", "TTOU"),
        # Python cannot act after a crash of the process. The last one cannot be caught.
        *("SEGV", "BUS", "FPE", "ILL", "KILL"),
    )
}

ENDINGS = tuple(sorted(signal.valid_signals() - _NOT_ENDING))
"""Every signal that ends a process and can be caught."""


class Painted:
    """What is already painted on the terminal, as Textual draws it."""

    def __init__(self, drawing: str, size: tuple[int, int]) -> None:
        self.drawing, self.size = drawing, size


class TerminalState:
    """The settings of the terminal, until they are restored."""

    def __init__(self) -> None:
        self.attributes: list[object] | None = None
        self.entered = False
        """Whether Usher has sent anything that must be reset."""
        self.painted: Painted | None = None
        self._listening = False

    def take(self) -> None:
        """Remember the terminal's settings, and restore them before a signal ends the process.

        A second call keeps the settings of the first. Call it in the main thread.
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
        """Switch off echo and line buffering, and return whether that was possible."""
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
        """Switch to the alternate screen and paint on it."""
        self.entered = True
        errors = sys.stderr.errors or "replace"
        _write((entering + painted.drawing).encode(sys.stderr.encoding, errors))
        self.painted = painted

    def give_back(self) -> None:
        """Restore the terminal. Can be called at any time from any thread.

        Drops unread keys, because they were meant for Usher. Waits at most `PATIENCE`.
        """
        attributes = self.attributes
        _restore(attributes)
        if self.entered:
            _write_within_patience(LEAVE)
            # Another thread may have been about to change the settings meanwhile.
            _restore(attributes)
        self.is_given_back()

    def is_given_back(self) -> None:
        """Note that the terminal is restored."""
        self.attributes, self.entered = None, False

    def end(self, number: int, _frame: FrameType | None) -> None:
        """Handle a signal while no screen can: restore the terminal and end the process."""
        self.give_back()
        os._exit(INTERRUPTED if number == signal.SIGINT else FAILED)

    def _listen(self, heard: int) -> None:
        """Handle signals while the main thread waits for a database and cannot."""
        while number := os.read(heard, 1):
            if signal.getsignal(number[0]) == self.end:
                self.end(number[0], None)


@contextmanager
def given_back(terminal: TerminalState) -> Iterator[None]:
    """Restore the terminal before an error is printed."""
    try:
        yield
    except BaseException:
        terminal.give_back()
        raise


def _restore(attributes: list[object] | None) -> None:
    if attributes is not None:
        with suppress(termios.error):
            termios.tcflush(KEYS, termios.TCIFLUSH)
            termios.tcsetattr(KEYS, termios.TCSANOW, attributes)  # type: ignore[arg-type]


def _write(data: bytes) -> None:
    # Reading from the terminal will reveal that it is gone.
    with suppress(OSError):
        os.write(SCREEN, data)


def _write_within_patience(data: bytes) -> None:
    """Write, but wait at most `PATIENCE` for the line."""
    written = _thread.allocate_lock()

    def write() -> None:
        _write(data)
        written.release()

    written.acquire()
    # `threading` would need a lock that the interrupted code may hold.
    _thread.start_new_thread(write, ())
    written.acquire(timeout=PATIENCE)
