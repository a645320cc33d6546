"""The driver itself: Textual's own for Linux, with another way out to the terminal and in."""

import os
import selectors
import signal
import sys
import termios
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import Any, ClassVar

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from tui.colours import Depth
from tui.driver.replies import Replies
from tui.driver.styles import Styles
from tui.driver.writer import Writer
from tui.first_frame import FirstFrame

TICK = 0.1
"""Seconds after which an escape that nothing follows was the key."""

CUT = 0.02
"""Seconds in which the rest of an answer follows its beginning; longer, and the next key would be
taken for one that was pressed together with escape."""

READ = 4096

ENTER = "\x1b[?1049h"
"""Goes over to the terminal's other screen, so that the first one comes back in the end."""


class LineDriver(LinuxDriver):
    """Lets Textual draw into a grid, of which a thread sends what changed; reads keys and answers.

    `DEPTH` is how many colours may be sent, `PAINTED` what the terminal shows already.
    """

    DEPTH: ClassVar[Depth] = Depth.TRUE
    PAINTED: ClassVar[FirstFrame | None] = None

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        styles = Styles(self.DEPTH)
        # As Textual does: what is written to stdout by others stays out of the screen.
        terminal = sys.__stderr__ or sys.stderr
        self._writer = Writer(terminal, styles)
        if self.PAINTED:
            self._writer.assume(self.PAINTED.drawing, self.PAINTED.size)
        self._replies = Replies()
        self._entered = self.PAINTED is not None
        self._raw: list[Any] | None = None

    def start_application_mode(self) -> None:
        """Begin, or come back from a stop."""
        self._writer.start()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self.PAINTED:
            self.PAINTED.taken = True
            self.attrs_before = self.PAINTED.before
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
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self._raw)
        self.redraw()

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was; a frame that waits is not sent any more."""
        self._writer.hold()
        super().stop_application_mode()

    def close(self) -> None:
        """Let the last sequences go out."""
        self._writer.stop()
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
        """Return when the terminal had this frame (monotonic seconds), or None: not yet."""
        return self._writer.seen_at(frame)

    def redraw(self) -> None:
        """Clear the terminal and send all anew."""
        self._writer.redraw()

    def run_input_thread(self) -> None:
        """Read keys and answers until the end; when the line is gone, tell the process."""
        decode = getincrementaldecoder("utf-8")("replace").decode
        parser = XTermParser(self._debug)
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(CUT if self._replies.holding else TICK):
                    data = self._read()
                    if not data:
                        # A terminal that ends is a line that was hung up.
                        os.kill(os.getpid(), signal.SIGHUP)
                        break
                    typed, answers = self._replies.feed(decode(data))
                    if answers:
                        self._writer.answered(answers)
                else:
                    typed = self._replies.release()
                for event in parser.feed(typed) if typed else ():
                    self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
        with suppress(EOFError, ParseError):
            for event in parser.feed(""):
                self.process_message(event)

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
