"""A shell in a real pseudo-terminal that starts Usher and checks the terminal after it ends.

The terminal answers questions, as late as is said.
"""

import os
import re
import select
import signal
import sys
import termios
from pathlib import Path
from time import monotonic

from tests.e2e.terminal import PATIENCE, Terminal
from tui.driver.keyboard import REPLY
from tui.driver.pace import QUESTION

LEFT = re.compile(r"left with (\d+)\r\n")
WORDS = "typed in the shell"
PLAIN_MODES = {"1049": "l", "2004": "l", "25": "h", "7": "h"}
"""The terminal modes that Usher changes: alternate screen, bracketed paste, cursor, line wrap."""

STUCK = 0.3
"""Seconds without a byte after which the line counts as blocked."""

_MODE = re.compile(r"\x1b\[\?(\d+)([hl])")


class Shell(Terminal):
    """Run `usher WORDS…`, then `cat`, which shows everything that is typed.

    `late` is after how many seconds the terminal answers; None is never.
    """

    def __init__(
        self,
        *words: str,
        size: tuple[int, int] = (80, 24),
        late: float | None = 0.0,
        command: tuple[str, ...] = ("-m", "tui"),
    ) -> None:
        # It waits, so that the settings can be read before Usher changes them.
        script = 'kill -STOP $$; "$@"; echo "left with $?"; exec cat'
        program = ("sh", "-c", script, "sh", sys.executable, *command)
        super().__init__(*words, size=size, program=program)
        os.waitid(os.P_PID, self.child.pid, os.WSTOPPED)
        self.before = termios.tcgetattr(self.child.child_fd)
        os.kill(self.child.pid, signal.SIGCONT)
        self.late = late
        self._due: list[float] = []
        self._asked = 0

    @property
    def usher(self) -> int:
        """The process that the shell started."""
        shell = self.child.pid
        children = Path(f"/proc/{shell}/task/{shell}/children").read_text(encoding="ascii")
        return int(children.split()[0])

    def signal(self, number: int) -> None:
        os.kill(self.usher, number)

    def flood(self, key: str) -> None:
        """Press this key and read no output, until the line is full."""
        written, since = self._written(), monotonic()
        while monotonic() - since < STUCK:
            self.child.send(key)
            select.select([], [], [], 0.02)
            if self._written() != written:
                written, since = self._written(), monotonic()

    def _written(self) -> str:
        """Return how many bytes the program has written, according to Linux."""
        return Path(f"/proc/{self.usher}/io").read_text(encoding="ascii").splitlines()[1]

    def read(self, patience: float) -> None:
        """Read what there is, or answer what is due."""
        end = monotonic() + patience
        while True:
            if self._answer():
                return
            left = max(min([end, *self._due]) - monotonic(), 0)
            if select.select([self.child.child_fd], [], [], left)[0]:
                self._take(self.child.read_nonblocking(65536, 0))
                self._answer()
                return
            if monotonic() >= end:
                return

    def acknowledge(self) -> None:
        """Read until the program has drawn all it will, and has the answers to all questions."""
        self.settle()
        while self._due:
            self.wait_until(lambda: not self._due, "last answer")
            self.settle()

    def _answer(self) -> bool:
        """Answer what is due; return whether anything was."""
        asked = self.raw.count(QUESTION)
        if self.late is not None:
            self._due += [monotonic() + self.late] * (asked - self._asked)
        self._asked = asked
        answered = False
        while self._due and self._due[0] <= monotonic():
            self._due.pop(0)
            self.child.send(REPLY)
            answered = True
        return answered

    def leaves(self, patience: float = PATIENCE) -> int:
        """Read until Usher has ended and the last response was sent, and return the exit code."""
        self.wait_until(lambda: LEFT.search(self.raw) is not None, "end", patience)
        self.wait_until(lambda: not self._due, "last answer")
        self.child.send(WORDS)
        self.wait_until(lambda: WORDS in self.raw, WORDS)
        found = LEFT.search(self.raw)
        assert found
        return int(found[1])

    @property
    def faults(self) -> list[str]:
        """Return what differs from the state before Usher."""
        found = [] if termios.tcgetattr(self.child.child_fd) == self.before else ["settings"]
        modes = dict(_MODE.findall(self.raw))
        found += [f"mode {mode}" for mode in modes if modes[mode] != PLAIN_MODES[mode]]
        after = LEFT.split(self.raw)[-1]
        found += [] if after == WORDS else [f"typed: {after!r}"]
        return found + ["traceback"] * ("Traceback" in self.raw)
