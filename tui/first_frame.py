"""The sign-in, painted before anything large is imported: with the standard library alone.

Importing Textual takes a quarter of a second and longer. Who has just connected sees at once that
they have arrived, and may begin to type: the terminal's echo is off before the first byte, what is
typed waits in its queue, and a password typed early is never shown. No name of the account stands
there, for nothing has been opened yet. The driver goes on from what is painted here; a test holds
the two screens together.
"""

import os
import sys
import termios
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from tui.colours import SCREENLESS, Depth, depth
from tui.letters import encoding_of

ENTER, LEAVE = "\x1b[?1049h\x1b[?25l\x1b[H\x1b[2J", "\x1b[?1049l\x1b[?25h"

SMALLEST = (60, 16)
"""Below this the screen is a sentence."""

TAKES_VALUE = frozenset({"--database", "--key", "--data"})

KEYS = (("F2", "sign in"), ("tab", "next"), ("F1", "help"), ("esc", "quit"))


class FirstFrame:
    """What was painted, in the terms in which Textual draws, and the terminal as it was before."""

    def __init__(self, drawing: str, size: tuple[int, int], before: list[object]) -> None:
        self.drawing, self.size, self.before = drawing, size, before
        self.taken = False
        """Whether the application has taken the terminal over, and gives it back itself."""

    def undo(self) -> None:
        """Give the terminal back as it was, if nobody has taken it over."""
        if self.taken:
            return
        self.taken = True
        _write(LEAVE)
        with suppress(termios.error):
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, self.before)  # type: ignore[arg-type]


@contextmanager
def given_back(painted: FirstFrame | None) -> Iterator[None]:
    """Where something fails the terminal is as it was, before anybody says what."""
    try:
        yield
    except BaseException:
        if painted:
            painted.undo()
        raise


def paint(words: Sequence[str]) -> FirstFrame | None:
    """Paint the sign-in if these words ask for the screens; None where nothing was painted."""
    if not (_for_screens(words) and _on_terminal()):
        return None
    before = _silenced(sys.stdin.fileno())
    width, height = os.get_terminal_size(sys.stdin.fileno())
    if before is None or width < SMALLEST[0] or height < SMALLEST[1]:
        return None
    encoding = encoding_of(os.environ, utf8_mode=bool(sys.flags.utf8_mode))
    plain = encoding != "utf-8" or os.environ["TERM"].startswith("linux")
    coloured = depth(os.environ, no_color="--no-color" in words) is not Depth.NONE
    drawing = drawn(width, height, plain=plain, coloured=coloured)
    _write(ENTER + drawing)
    return FirstFrame(drawing, (width, height), before)


def drawn(width: int, height: int, *, plain: bool, coloured: bool) -> str:
    """The sign-in at this size, `plain` in ASCII."""
    cursor, rule = (">", "-") if plain else ("▸", "─")
    keys = "  ".join(f"\x1b[1m{key}\x1b[0m {label}" for key, label in KEYS)
    line = rule * width
    rows = {
        1: " \x1b[1mSign in\x1b[0m",
        3: "   Sign in with your login or your e-mail address.",
        5: f" {cursor} login           \x1b[7m \x1b[0m",
        6: "   password",
        8: "   \x1b[1mSign in\x1b[0m",
        9: "   \x1b[1mForgotten password\x1b[0m",
        10: "   \x1b[1mI have a code\x1b[0m",
        height - 1: f"\x1b[90m{line}\x1b[0m" if coloured else line,
        height: f" {keys}",
    }
    return "".join(f"\x1b[{row};1H{text}" for row, text in rows.items())


def _for_screens(words: Sequence[str]) -> bool:
    """Whether nothing stands on the command line but what may stand there for the screens."""
    rest = iter(words)
    for word in rest:
        if word in TAKES_VALUE:
            next(rest, None)
        elif word == "ssh":
            # It begins anew if it is not isolated, and runs a command if one came over the line.
            if not sys.flags.isolated or os.environ.get("SSH_ORIGINAL_COMMAND"):
                return False
        elif word != "--no-color" and not word.startswith("--database="):
            return False
    return os.environ.get("USHER_DRIVER") != "stock" and "_USHER_COMPLETE" not in os.environ


def _on_terminal() -> bool:
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return os.environ.get("TERM", "") not in SCREENLESS and all(
        stream is not None and stream.isatty() for stream in streams
    )


def _silenced(terminal: int) -> list[object] | None:
    """Switch echo off and keys through as they come; what the terminal was set to before."""
    try:
        before, new = termios.tcgetattr(terminal), termios.tcgetattr(terminal)
        new[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        new[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        termios.tcsetattr(terminal, termios.TCSANOW, new)
    except termios.error:
        return None
    return before


def _write(text: str) -> None:
    # A terminal that is gone is found out by whoever reads from it.
    with suppress(OSError):
        errors = sys.stderr.errors or "replace"
        os.write(sys.stderr.fileno(), text.encode(sys.stderr.encoding, errors))
