"""A real pseudo-terminal with the program in it, judged by a terminal emulator."""

import os
import select
import sqlite3
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic

import pexpect
import pyte

from tests.conftest import PASSWORD
from tests.e2e.asleep import naps

PATIENCE = 30
STILL = 0.25
USHER = (sys.executable, "-m", "tui")


class Terminal:
    """A terminal of 80×24, unless it is said otherwise, with the program in it."""

    def __init__(
        self, *words: str, size: tuple[int, int] = (80, 24), program: Sequence[str] = USHER
    ) -> None:
        width, height = size
        self.child = pexpect.spawn(
            program[0], [*program[1:], *words], dimensions=(height, width), encoding="utf-8",
            timeout=PATIENCE,
        )  # fmt: skip
        self.screen = pyte.Screen(width, height)
        self.stream = pyte.Stream(self.screen)
        self.raw = ""

    @property
    def usher(self) -> int:
        """The process of the program."""
        return int(self.child.pid)

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    def wait_for(self, words: str) -> None:
        """Read until these words stand on the screen."""
        self.wait_until(lambda: words in self.text, words)

    def wait_while(self, words: str) -> None:
        """Read until these words are gone from the screen, if there are any."""
        self.wait_until(lambda: not words or words not in self.text, f"end of {words}")

    def wait_until(self, seen: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
        """Read until something can be seen; fails when it cannot by then."""
        end = monotonic() + patience
        while not seen():
            left = end - monotonic()
            assert left > 0, f"no {what!r} in {patience} s:\n{self.text}"
            self.read(left)

    def read(self, patience: float) -> None:
        """Read what there is, or wait so long for something."""
        if select.select([self.child.child_fd], [], [], patience)[0]:
            self._take(self.child.read_nonblocking(65536, 0))

    def settle(self) -> None:
        """Read until the program has done nothing for a while: what it shows is all it will."""
        slept, stirred = naps(self.usher), monotonic()
        while monotonic() - stirred < STILL:
            self.read(0.01)
            now = naps(self.usher)
            if now is None or now != slept:
                slept, stirred = now, monotonic()

    def wait_for_end(self) -> int | None:
        """Read to the end; the exit code, or None where a signal ended it."""
        try:
            while True:
                self._take(self.child.read_nonblocking(4096, PATIENCE))
        except pexpect.EOF:
            self.child.wait()
        code: int | None = self.child.exitstatus
        return code

    def resize(self, width: int, height: int) -> None:
        """Another size, as when a window is pulled at its corner."""
        self.screen.resize(height, width)
        self.child.setwinsize(height, width)

    def drop(self) -> None:
        """The line is gone, and with it whoever could read."""
        self.child.ptyproc.fileobj.close()

    def seconds_to_end(self, patience: float = PATIENCE) -> float:
        """How long the process lasts from now on, whoever reads what it writes."""
        begun = monotonic()
        process = os.pidfd_open(self.child.pid)
        try:
            assert select.select([process], [], [], patience)[0], "it goes on and on"
        finally:
            os.close(process)
        return monotonic() - begun

    def _take(self, output: str) -> None:
        self.raw += output
        self.stream.feed(output)


def signed_in(terminal: Callable[..., Terminal], *words: str) -> Terminal:
    """Somebody who looks at the list."""
    one = terminal(*words)
    one.wait_for("Sign in with your login")
    one.child.send("olga\t")
    one.child.send(f"{PASSWORD}\r")
    one.wait_for("Bakum, Olga")
    return one


def open_sessions(path: Path) -> int:
    connection = sqlite3.connect(path)
    ((number,),) = connection.execute(
        "SELECT count(*) FROM usher_session WHERE ended IS NULL"
    ).fetchall()
    connection.close()
    return int(number)
