"""How much may be under way to the terminal, so that what arrives is never old.

Between this program and the eye lie buffers: of the pseudo-terminal, of sshd, of TCP, of a modem.
On 9.6 kbit/s they hold many seconds, and whoever fills them shows the past. So behind each frame
the terminal is asked whether it is well (`ESC [ 5 n`), which it answers (`ESC [ 0 n`) when it has
got there, and the next frame, made of the newest state, waits for that.

From what it took to get there follows how fast the line is, and so how long a frame may be: on a
slow line a long one goes in pieces, so that a letter that is typed meanwhile waits for no page.

An answer also says that a frame has been seen, which a key that confirms something waits for.
"""

from bisect import bisect_left
from collections import deque

QUESTION = "\x1b[5n"

PATIENCE = 0.5
"""Seconds that a frame waits for a terminal that has never answered. Not every one does, and such
a one is asked only once; if it answers in the end, it is asked again."""

LONG_PATIENCE = 10.0
"""Seconds after which the answer of one that does answer was lost."""

PIECE_SECONDS = 0.5
"""How long the line may be busy with one piece of a frame."""

SMALLEST, WHOLE = 400, 1 << 30
"""Bytes of the shortest piece, and of one without bounds."""

REMEMBERED = 100
"""Frames of which it is known when they were seen; older ones were seen long ago."""

LEAST_MEASURED, NEGLIGIBLE = 200, 0.05
"""Bytes and seconds from which the time says something about the line, not about the machine."""


class Pace:
    """Questions and answers. Times are seconds of one clock, and given."""

    def __init__(self) -> None:
        self.limit = WHOLE
        self._asked: float | None = None
        self._size = 0
        self._quickest: float | None = None
        self._tried = False
        self._frame = 0
        self._seen: deque[tuple[int, float]] = deque([(0, 0.0)], REMEMBERED)

    def seen_at(self, frame: int, now: float) -> float | None:
        """Return when the terminal had this frame; None while it may not have it.

        Where an answer is late, a frame counts as seen after the patience that the next one has.
        With a terminal that is asked no more it counts as seen when it is sent.
        """
        self._expire(now)
        at = bisect_left(self._seen, (frame,))
        return self._seen[at][1] if at < len(self._seen) else None

    def wait(self, now: float) -> float:
        """Seconds until something may be sent at the latest; 0 for at once."""
        if self._asked is None:
            return 0.0
        return max(self._asked + self._patience - now, 0.0)

    def sending(self, size: int, now: float, frame: int = 0) -> str:
        """Note that a frame of this size is sent; returns the question to send behind it.

        `frame` is the newest one of which nothing is left to be sent.
        """
        self._expire(now)
        self._asked, self._frame = None, frame
        if self._tried and self._quickest is None:
            self._note(frame, now)
            return ""
        self._asked, self._size, self._tried = now, size, True
        return QUESTION

    def same(self, frame: int, now: float) -> None:
        """Note that a frame looks like the one before it, so that nothing is sent for it."""
        if self._asked is None or now >= self._asked + self._patience:
            self._expire(now)
            self._note(frame, now)
        else:
            self._frame = frame

    def answered(self, now: float) -> None:
        """Note an answer; one that comes late shows that the terminal does answer."""
        if self._asked is None:
            self._quickest = self._quickest or PATIENCE
            return
        took, self._asked = now - self._asked, None
        self._note(self._frame, now)
        self._quickest = took if self._quickest is None else min(self._quickest, took)
        if self._size >= LEAST_MEASURED:
            busy = took - self._quickest
            fits = int(self._size / busy * PIECE_SECONDS) if busy > NEGLIGIBLE else WHOLE
            self.limit = max(fits, SMALLEST)

    def forget(self) -> None:
        """Someone may have taken the answer away: nothing is waited for."""
        self._asked = None

    @property
    def _patience(self) -> float:
        return PATIENCE if self._quickest is None else LONG_PATIENCE

    def _expire(self, now: float) -> None:
        """Count what has been waited for long enough as seen."""
        if self._asked is not None and now >= self._asked + self._patience:
            self._note(self._frame, self._asked + self._patience)

    def _note(self, frame: int, moment: float) -> None:
        newest, latest = self._seen[-1]
        if frame > newest:
            self._seen.append((frame, max(moment, latest)))
