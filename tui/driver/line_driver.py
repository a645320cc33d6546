"""The driver itself: Textual's own for Linux, with another way out to the terminal and in."""

import os
import selectors
import signal
import sys
import termios
from codecs import getincrementaldecoder
from collections.abc import Iterable
from contextlib import suppress
from time import monotonic
from typing import Any, ClassVar, NoReturn

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from tui.colours import Depth
from tui.driver.keyboard import Answer, Input, Keyboard
from tui.driver.styles import Styles
from tui.driver.writer import Writer
from tui.terminal_state import TerminalState

TICK = 0.1
"""Seconds between two checks whether the program has ended."""

HURRIED, UNHURRIED = 0.7, 10.0
"""Maximum seconds to wait for the terminal's last responses, after a signal and otherwise."""

READ = 4096

KEYPAD_TYPES = "\x1b>"
"""Makes the keypad send digits, if another program left it sending sequences."""

ENTER = "\x1b[?1049h"
"""Goes over to the terminal's other screen, so that the first one comes back in the end."""


class LineDriver(LinuxDriver):
    """Lets Textual draw into a grid, of which a thread sends what changed; reads keys and answers.

    `DEPTH` is how many colors to send, `TERMINAL` the earlier state of the terminal.
    """

    DEPTH: ClassVar[Depth] = Depth.TRUE
    TERMINAL: ClassVar[TerminalState]

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        styles = Styles(self.DEPTH)
        # As Textual does: what is written to stdout by others stays out of the screen.
        terminal = sys.__stderr__ or sys.stderr
        self._writer = Writer(terminal, styles, self._fail)
        painted = self.TERMINAL.painted
        if painted:
            self._writer.assume(painted.drawing, painted.size)
        self._entered = painted is not None
        self._keyboard = Keyboard()
        self._hurried = False
        self._raw: list[Any] | None = None

    def start_application_mode(self) -> None:
        """Begin, or come back from a stop."""
        self.TERMINAL.take()
        self.TERMINAL.entered = True
        self._writer.start()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.attrs_before = self.TERMINAL.attributes
        self._writer.draw(KEYPAD_TYPES)
        with suppress(termios.error):
            self._raw = termios.tcgetattr(self.fileno)
            # A line feed shall go straight down, whatever the terminal was set to.
            self._raw[1] &= ~termios.OPOST
            termios.tcsetattr(self.fileno, termios.TCSANOW, self._raw)

    def resume_application_mode(self) -> None:
        """Take the terminal back; a stop that nobody announced may have left it in any state."""
        if not self._writer.running:
            self.start_application_mode()
        elif self._raw is not None:
            self._writer.expect_no_answer()
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self._raw)
        self.redraw()

    def hurry(self) -> None:
        """Shorten the wait at the end."""
        self._hurried = True

    def stop_application_mode(self) -> None:
        """Restore the terminal.

        A waiting frame is not sent. Pending responses are awaited first, because another program
        would read them as typed text.
        """
        self._writer.hold()
        self._writer.wait_for_answers(HURRIED if self._hurried else UNHURRIED)
        super().stop_application_mode()

    def close(self) -> None:
        """Let the last sequences go out."""
        if self._writer.stop():
            self.TERMINAL.is_given_back()
        else:
            self.TERMINAL.give_back()
        super().close()

    def write(self, data: str) -> None:
        """Take in what Textual writes."""
        if data == ENTER and self._entered:
            self._entered = False
            return
        self._writer.draw(data)

    def flush(self) -> None:
        """What was written is a whole frame."""
        self._writer.flush()

    @property
    def drawn(self) -> int:
        """The number of the newest frame that was drawn."""
        return self._writer.drawn

    def seen_at(self, frame: int) -> float | None:
        """Return when the terminal had this frame (monotonic seconds), or None if not yet."""
        return self._writer.seen_at(frame)

    def redraw(self) -> None:
        """Clear the terminal and send all anew."""
        self._writer.redraw()

    def _fail(self, error: Exception) -> None:
        """End the program after an error in a driver thread, like after one in a screen."""
        self._app.call_later(_raise, error)

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as error:
            self._fail(error)

    def run_input_thread(self) -> None:
        """Read keys and answers until the end; when the line is gone, tell the process."""
        decode = getincrementaldecoder("utf-8")("replace").decode
        keyboard, read_last = self._keyboard, monotonic()
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                left = read_last + self._writer.key_seconds() - monotonic()
                if selector.select(min(max(left, 0), TICK) if keyboard.holding else TICK):
                    data = self._read()
                    if not data:
                        # A terminal that ends is a line that was hung up.
                        self._writer.expect_no_answer()
                        os.kill(os.getpid(), signal.SIGHUP)
                        break
                    self._take(keyboard.feed(decode(data)))
                    read_last = monotonic()
                elif left <= 0:
                    self._take(keyboard.release(answer_due=self._writer.answer_due()))

    def _take(self, found: Iterable[Input]) -> None:
        for one in found:
            if one is Answer.READY:
                self._writer.answered(1)
            else:
                self.process_message(one)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, READ)
        except OSError:
            return b""

    def _get_terminal_size(self) -> tuple[int, int]:
        """The size, which Textual asks for at the beginning and after every change of it."""
        try:
            width, height = os.get_terminal_size(self.fileno)
        except OSError:
            width = height = 0
        size = width or 80, height or 24
        self._writer.resize(*size)
        return size

    def _query_in_band_window_resize(self) -> None:
        """Not asked: the size comes by signal."""

    def _request_terminal_sync_mode_support(self) -> None:
        """Not asked: a frame of a few bytes is whole by itself."""


def _raise(error: Exception) -> NoReturn:
    raise error
