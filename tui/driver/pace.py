"""How much may be under way to the terminal, so that what arrives is never old.

Between this program and the eye lie buffers: of the pseudo-terminal, of sshd, of TCP, of a modem.
On 9.6 kbit/s they hold many seconds, and whoever fills them shows the past. So behind each frame
the terminal is asked whether it is well (`ESC [ 5 n`), which it answers (`ESC [ 0 n`) when it has
got there, and the next frame, made of the newest state, waits for that.

From what it took to get there follows how fast the line is, and so how long a frame may be: on a
slow line a long one goes in pieces, so that a letter that is typed meanwhile waits for no page.

A response also shows that a frame has been seen. Keys that confirm something need this.
"""

from bisect import bisect_left
from collections import deque

QUESTION = "\x1b[5n"

PATIENCE = 0.5
"""Seconds that a frame waits for a terminal that has never answered. Not every one does, and such
a one is asked only once; if it answers in the end, it is asked again."""

LONG_PATIENCE = 10.0
"""Seconds that a frame waits for a terminal that does answer."""

LOST_SECONDS = 60.0
"""Seconds after which an answer that is still missing was lost, and will not come late."""

PIECE_SECONDS = 0.5
"""How long the line may be busy with one piece of a frame."""

SMALLEST, WHOLE = 400, 1 << 30
"""Bytes of the shortest piece, and of one without bounds."""

REMEMBERED = 100
"""How many recent frames to remember. Older ones were seen long ago."""

LEAST_MEASURED, NEGLIGIBLE = 200, 0.05
"""Bytes and seconds from which the time says something about the line, not about the machine."""

KEY_SECONDS, LONGEST_KEY_SECONDS = 0.1, 1.0
"""Seconds to wait for the rest of a key's sequence, on a fast line and otherwise."""

FIRST_ANSWER = 2.0
"""Seconds to wait at the end for a terminal that has never responded."""


class Pace:
    """Questions and answers. Times are seconds of one clock, and given."""

    def __init__(self) -> None:
        self.limit = WHOLE
        self._asked: float | None = None
        self._size = 0
        self._quickest: float | None = None
        self._tried = False
        self._due = 0
        self._asked_last = 0.0
        self._questions: deque[tuple[int, float]] = deque()
        self._seen: deque[tuple[int, float]] = deque([(0, 0.0)], REMEMBERED)

    def seen_at(self, frame: int, now: float) -> float | None:
        """Return when the terminal had this frame, or None if it may not have it yet.

        A terminal that answers must answer for the frame, however long that takes. If it never
        has, a frame counts as seen after `PATIENCE`. Once such a terminal is no longer asked, a
        frame counts as seen when it is sent.
        """
        self._trust(now)
        at = bisect_left(self._seen, (frame,))
        return self._seen[at][1] if at < len(self._seen) else None

    def wait(self, now: float) -> float:
        """Seconds until something may be sent at the latest; 0 for at once."""
        if self._asked is None:
            return 0.0
        return max(self._asked + self._patience - now, 0.0)

    def sending(self, size: int, now: float, frame: int = 0) -> str:
        """Note that a frame of this size is sent, and return the question to send after it.

        `frame` is the newest frame that is sent completely.
        """
        self._trust(now)
        self._asked = None
        while self._questions and now - self._questions[0][1] > LOST_SECONDS:
            self._questions.popleft()
        if self._tried and self._quickest is None:
            self._note(frame, now)
            return ""
        if not self.answer_due(now):
            self._due = 0
        self._asked, self._size, self._tried = now, size, True
        self._due, self._asked_last = self._due + 1, now
        self._questions.append((frame, now))
        return QUESTION

    def same(self, frame: int, now: float) -> None:
        """Note a frame equal to the one before it, for which nothing is sent."""
        self._trust(now)
        if self._questions:
            self._questions[-1] = frame, self._questions[-1][1]
        else:
            self._note(frame, now)

    def answered(self, now: float) -> None:
        """Note an answer; one that comes late shows that the terminal does answer."""
        self._due = max(self._due - 1, 0)
        if not self._questions:
            self._quickest = self._quickest or PATIENCE
            return
        # Answers come in the order of the questions: a late one says nothing of a newer frame.
        frame, asked = self._questions.popleft()
        self._note(frame, now)
        if self._asked is None:
            self._quickest = self._quickest or PATIENCE
            return
        took, self._asked = now - asked, None
        self._quickest = took if self._quickest is None else min(self._quickest, took)
        if self._size >= LEAST_MEASURED and not self._questions:
            busy = took - self._quickest
            fits = int(self._size / busy * PIECE_SECONDS) if busy > NEGLIGIBLE else WHOLE
            self.limit = max(fits, SMALLEST)

    def forget(self) -> None:
        """Someone may have taken the answer away: nothing is waited for."""
        self._asked = None

    def answer_due(self, now: float) -> bool:
        """Return whether a response may still arrive."""
        return self._due > 0 and now - self._asked_last <= LONG_PATIENCE

    def key_seconds(self, now: float) -> float:
        """Return how long an escape may still be the beginning of a key's sequence.

        If a response is due, waiting costs nothing, because the next frame waits for it too. The
        response also separates an escape before it from a sequence.
        """
        if self.answer_due(now):
            return LONGEST_KEY_SECONDS
        delay = self._quickest or 0.0
        is_fast = self.limit == WHOLE and delay <= KEY_SECONDS
        return KEY_SECONDS if is_fast else min(KEY_SECONDS + delay, LONGEST_KEY_SECONDS)

    def last_wait(self, now: float) -> float:
        """Return how long to wait at the end for a pending response.

        Another program would read the response as typed text.
        """
        if not self._due:
            return 0.0
        patience = FIRST_ANSWER if self._quickest is None else LONG_PATIENCE
        return max(self._asked_last + patience - now, 0.0)

    def expect_nothing(self) -> None:
        """Stop waiting for responses: the line is gone, or another program has read from it."""
        self._asked, self._due = None, 0
        self._questions.clear()

    @property
    def _patience(self) -> float:
        return PATIENCE if self._quickest is None else LONG_PATIENCE

    def _trust(self, now: float) -> None:
        """Count a frame as seen if a terminal that has never answered was given time for it."""
        if self._quickest is None and self._questions:
            frame, asked = self._questions[-1]
            if now >= asked + PATIENCE:
                self._note(frame, asked + PATIENCE)

    def _note(self, frame: int, moment: float) -> None:
        newest, latest = self._seen[-1]
        if frame > newest:
            self._seen.append((frame, max(moment, latest)))
