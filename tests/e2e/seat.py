"""A person at a real pseudo-terminal: keys in, a judged screen and counted bytes out.

The terminal answers what a terminal answers, in the manner that is given; the line may be slow.
"""

import os
import re
import select
import signal
import sys
from codecs import getincrementaldecoder
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from types import TracebackType
from typing import Self

import pexpect

from tests.e2e.asleep import TELLS, naps
from tests.tui.driver.judge import Judge

PATIENCE = 30.0
QUIET = 0.06 if TELLS else 0.25
"""Seconds without a byte or a stir of the program after which a frame is taken for whole: it draws
sixty times a second."""
LONG_QUIET = 0.15 if TELLS else 0.25
"""The same where no word is waited for: the key itself may still be on its way to the program."""
LOOK = 0.01
QUESTION, ANSWER = "\x1b[5n", b"\x1b[0n"
SIZES = {"COLUMNS", "LINES"}
USHER = (sys.executable, "-m", "tui")

_SEQUENCE = re.compile(r"\x1b\[[<=>?]?[\d;:]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)")
_KNOWN = re.compile(r"\x1b\[(?:[\d;]*[@A-HJ-MPXdfmr]|\?(?:25|7)[hl])")
"""What the judge draws; pyte takes some of the rest for something else."""
_BEGUN = re.compile(r"\x1b(?:\[[<=>?]?[\d;:]*[ -/]*|[\]PX^_][^\x07\x1b]*\x1b?)?\Z")

Answering = Callable[["Seat", int], None]


def at_once(seat: "Seat", questions: int) -> None:
    """A terminal as most are."""
    seat.send(ANSWER * questions)


def never(_seat: "Seat", _questions: int) -> None:
    """A terminal that does not know the question."""


class SlowLine:
    """Bytes come out so late, and no more of them in a second, as a modem lets them."""

    def __init__(self, speed: float, delay: float) -> None:
        self.speed, self.delay = speed, delay
        self._under_way: deque[tuple[float, bytes]] = deque()
        self._busy_until = 0.0

    def room(self) -> int:
        """How much the modem takes now: what it holds is a tenth of a second."""
        ahead = self._busy_until - monotonic()
        return max(int((0.1 - ahead) * self.speed), 0)

    def carry(self, data: bytes) -> None:
        begin = max(monotonic(), self._busy_until)
        self._busy_until = begin + len(data) / self.speed
        self._under_way.append((self._busy_until + self.delay, data))

    def arrived(self) -> bytes:
        out = b""
        while self._under_way and self._under_way[0][0] <= monotonic():
            out += self._under_way.popleft()[1]
        return out

    @property
    def empty(self) -> bool:
        return not self._under_way


class Seat:
    """Runs a program; `bytes` counts what it has written."""

    def __init__(
        self,
        words: Sequence[str] = USHER,
        *,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
        answering: Answering = at_once,
        line: SlowLine | None = None,
    ) -> None:
        columns, rows = size
        # Where these are set, Textual's own driver believes them and not the terminal.
        here = {name: value for name, value in os.environ.items() if name not in SIZES}
        given = {**here, "TERM": "xterm-256color", "LANG": "C.UTF-8", **(environment or {})}
        self.child = pexpect.spawn(
            words[0], list(words[1:]), dimensions=(rows, columns), env=given
        )  # fmt: skip
        self.judge = Judge(columns, rows)
        self.bytes = 0
        self.ended = False
        self.answering, self.line = answering, line
        self.last = monotonic()
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self.child.closed:
            self.child.close(force=True)

    @property
    def text(self) -> str:
        return self.judge.text

    def send(self, keys: str | bytes) -> None:
        os.write(self.child.child_fd, keys.encode() if isinstance(keys, str) else keys)

    def resize(self, columns: int, rows: int) -> None:
        """The window gets another size, and what stands in it is lost: terminals differ."""
        self.judge = Judge(columns, rows)
        self.child.setwinsize(rows, columns)

    def signal(self, number: signal.Signals) -> None:
        self.child.kill(number)

    def read(self, seconds: float) -> None:
        """Take what comes within so many seconds, or the first of it."""
        room = self.line.room() if self.line else 65536
        waits = min(seconds, 0.01) if self.line else seconds
        descriptors = [self.child.child_fd] if room and not self.ended else []
        if select.select(descriptors, [], [], waits)[0]:
            try:
                data = os.read(self.child.child_fd, room)
            except OSError:
                data = b""
            self.ended = not data
            if self.line:
                self.line.carry(data)
            else:
                self._take(data)
        if self.line and (data := self.line.arrived()):
            self._take(data)

    def wait(self, done: Callable[[], bool], what: object = "", patience: float = PATIENCE) -> None:
        """Read until something is so."""
        end = monotonic() + patience
        while not done():
            if self.ended or monotonic() > end:
                raise AssertionError(f"waited in vain for {what!r}:\n{self.text}")
            self.read(LOOK)

    def quiet(self, seconds: float = QUIET) -> None:
        """Read until nothing has come for so long, and the program has done nothing lately."""
        begin = stirred = monotonic()
        slept = naps(self.child.pid)

        def still() -> bool:
            nonlocal stirred, slept
            at, now = monotonic(), naps(self.child.pid)
            if now is None or now != slept:
                stirred, slept = at, now
            silent = at - max(self.last, begin) > seconds
            return silent and at - stirred > min(seconds, LONG_QUIET) and self._drained()

        self.wait(still)

    def until(self, *words: str, without: str = "") -> None:
        """Read until all of these words stand there, and that one is gone."""

        def there() -> bool:
            text = self.text
            return all(word in text for word in words) and not (without and without in text)

        self.wait(there, (*words, without))

    def press(self, keys: str, *words: str, without: str = "") -> int:
        """The bytes that come until these words stand there and all is quiet."""
        before = self.bytes
        self.send(keys)
        self.until(*words, without=without)
        self.quiet()
        return self.bytes - before

    def end(self) -> int | None:
        """Read to the end; the exit code."""
        end = monotonic() + PATIENCE
        while not self.ended and monotonic() < end:
            self.read(LOOK)
        self.child.wait()
        code: int | None = self.child.exitstatus
        return code

    def _drained(self) -> bool:
        return self.line is None or self.line.empty

    def _take(self, data: bytes) -> None:
        if not data:
            return
        self.last = monotonic()
        self.bytes += len(data)
        text = self._rest + self._decode(data)
        begun = _BEGUN.search(text)
        self._rest = text[begun.start() :] if begun else ""
        text = text[: begun.start()] if begun else text
        questions = text.count(QUESTION)
        self.judge.feed(_SEQUENCE.sub(_drawn, text))
        if questions:
            self.answering(self, questions)


def _drawn(sequence: re.Match[str]) -> str:
    return sequence[0] if _KNOWN.fullmatch(sequence[0]) else ""
