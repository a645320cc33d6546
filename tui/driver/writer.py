"""The thread between what was drawn and the terminal: it sends when the terminal is ready."""

import os
import threading
from collections.abc import Callable
from time import monotonic
from typing import TextIO

from tui.driver.difference import Difference
from tui.driver.grid import Grid
from tui.driver.pace import Pace
from tui.driver.parse import Parser
from tui.driver.styles import Styles

FAREWELL = 1.0
"""Seconds that the last sequences may take; a line that is gone takes none (LINE)."""

UNKNOWN = 80, 24
"""The size until the terminal is asked for it."""


class Writer:
    """Holds what was drawn and what the terminal shows, and takes the one to the other.

    Whoever draws never waits: a frame that was drawn over before it could be sent is never sent.
    """

    def __init__(
        self,
        terminal: TextIO,
        styles: Styles,
        on_fault: Callable[[Exception], object] | None = None,
    ) -> None:
        self._descriptor = terminal.fileno()
        self._encoding, self._errors = terminal.encoding, terminal.errors or "replace"
        self._on_fault = on_fault
        self._ready = threading.Condition()
        self._styles = styles
        self._parser = Parser(Grid(*UNKNOWN), styles)
        self._terminal = Difference(styles, *UNKNOWN)
        self._pace = Pace()
        self._through = ""
        self._awaiting = False
        self._size = UNKNOWN
        self._frame = self._frames = self._resized = False
        self._drawn = self._whole = 0
        self._thread: threading.Thread | None = None

    def assume(self, drawing: str, size: tuple[int, int]) -> None:
        """The terminal has this size, and what this draws stands there already."""
        shown = Parser(Grid(*size), self._styles)
        shown.feed(drawing)
        self._size = size
        self._parser.target = Grid(*size)
        self._terminal.assume(shown.target)
        self._awaiting = True

    @property
    def running(self) -> bool:
        return self._thread is not None

    def start(self) -> None:
        """Begin to send."""
        self._frames = True
        self._thread = threading.Thread(target=self._run, name="usher-output", daemon=True)
        self._thread.start()

    def hold(self) -> None:
        """Send no more frames: the terminal is about to be given back."""
        with self._ready:
            self._frames = False

    def stop(self) -> bool:
        """Send the last sequences, wait briefly for the line, and return whether they were sent."""
        thread, self._thread = self._thread, None
        with self._ready:
            self._ready.notify_all()
        if thread:
            thread.join(FAREWELL)
        return not self._through and not (thread and thread.is_alive())

    def wait_for_answers(self, most: float) -> None:
        """Wait at most `most` seconds until the terminal has answered all questions."""
        until = monotonic() + most
        with self._ready:
            while self.running:
                now = monotonic()
                left = min(self._pace.last_wait(now), until - now)
                if left <= 0:
                    break
                self._ready.wait(left)
            self._pace.expect_nothing()

    def expect_no_answer(self) -> None:
        """Stop waiting for responses: the line is gone, or another program has read them."""
        with self._ready:
            self._pace.expect_nothing()
            self._ready.notify_all()

    def answer_due(self) -> bool:
        """Return whether a response of the terminal may still arrive."""
        return self._pace.answer_due(monotonic())

    def key_seconds(self) -> float:
        """Return how long an escape may still be the beginning of a key's sequence."""
        return self._pace.key_seconds(monotonic())

    def draw(self, data: str) -> None:
        """Take in what was drawn, to be sent after `flush`; what is no drawing goes at once."""
        with self._ready:
            self._fit()
            self._through += self._parser.feed(data)
            if self._through:
                self._ready.notify_all()

    def flush(self) -> None:
        """What was drawn is a whole frame."""
        with self._ready:
            self._fit()
            self._frame = True
            self._drawn += 1
            self._ready.notify_all()

    def resize(self, width: int, height: int) -> None:
        """The terminal has this size now; where it is another one, all is sent anew.

        It is only noted: a signal says it, which may come amid any change to the grids.
        """
        if (width, height) != self._size:
            self._size, self._resized = (width, height), True
            with self._ready:
                self._ready.notify_all()

    def redraw(self) -> None:
        """Clear the terminal and send all anew."""
        with self._ready:
            self._anew()

    def answered(self, times: int) -> None:
        """The terminal has got as far as it was asked about."""
        with self._ready:
            if not self._resized and self._terminal.shows(self._parser.target, self._parser.rows):
                # What was drawn since looks the same: this answer is about it too, and a key behind
                # the answer in the same packet was pressed by someone who could see it.
                self._pace.same(self._drawn, monotonic())
            for _time in range(times):
                self._pace.answered(monotonic())
            self._ready.notify_all()

    @property
    def drawn(self) -> int:
        """The number of the newest frame that was drawn."""
        return self._drawn

    def seen_at(self, frame: int) -> float | None:
        """Return when the terminal had this frame (monotonic seconds), or None if not yet."""
        with self._ready:
            return self._pace.seen_at(frame, monotonic())

    def _fit(self) -> None:
        """Take over the size that was noted last, also where it is the old one again: the terminal
        has kept nothing of what it cut off meanwhile."""
        if self._resized:
            self._resized = False
            self._parser.target = self._parser.target.resized(*self._size)
            self._anew()

    def _anew(self) -> None:
        target = self._parser.target
        self._parser.rows &= set(range(target.height))
        self._terminal.forget(target.width, target.height)
        self._pace.forget()
        self._frame = True
        self._ready.notify_all()

    def _run(self) -> None:
        try:
            self._send()
        except Exception as error:
            if self._on_fault is None:
                raise
            self._on_fault(error)

    def _send(self) -> None:
        while True:
            with self._ready:
                output = self._next()
            if not output:
                return
            try:
                while output:
                    output = output[os.write(self._descriptor, output) :]
            except OSError:
                return

    def _next(self) -> bytes:
        """Wait for something to send; nothing at the end."""
        while True:
            self._fit()
            through, self._through = self._through, ""
            frame, now = self._frame and self._frames, monotonic()
            wait = self._pace.wait(now) if frame else None
            if wait == 0:
                through += self._changes(now)
            if through or self._thread is None:
                return through.encode(self._encoding, self._errors)
            if wait != 0:
                self._ready.wait(wait)

    def _changes(self, now: float) -> str:
        rows, target = self._parser.rows, self._parser.target
        if self._awaiting and target.is_blank:
            # An application is empty before its first screen: what was painted stays till then.
            self._frame = False
            return ""
        self._awaiting = False
        output = self._terminal.toward(target, rows, self._pace.limit)
        self._frame = bool(rows)
        if not rows:
            self._whole = self._drawn
        if output:
            output += self._pace.sending(len(output), now, self._whole)
        elif not rows:
            self._pace.same(self._whole, now)
        return output
