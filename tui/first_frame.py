"""The sign-in, painted before anything large is imported: with the standard library alone.

Importing Textual takes a quarter of a second and longer. Who has just connected sees at once that
they have arrived, and may begin to type: the terminal's echo is off before the first byte, what is
typed waits in its queue, and a password typed early is never shown. No name of the account stands
there, for nothing has been opened yet. The driver goes on from what is painted here; a test holds
the two screens together.
"""

import os
import sys
from collections.abc import Sequence

from tui.colours import SCREENLESS, Depth, depth
from tui.letters import encoding_of
from tui.terminal_state import Painted, TerminalState

ENTER = "\x1b[?1049h\x1b[?25l\x1b[H\x1b[2J"

SMALLEST = (60, 16)
"""Below this the screen is a sentence."""

TAKES_VALUE = frozenset({"--database", "--key", "--data"})

KEYS = (("F2", "sign in"), ("tab", "next"), ("F1", "help"), ("esc", "quit"))


def paint(words: Sequence[str], terminal: TerminalState) -> None:
    """Paint the sign-in screen if the arguments start the screens and the window is large enough.

    Echo is switched off even in a small window, so that a password typed early is never shown.
    """
    if not (_for_screens(words) and _on_terminal() and terminal.silence()):
        return
    width, height = os.get_terminal_size(sys.stdin.fileno())
    if width < SMALLEST[0] or height < SMALLEST[1]:
        return
    encoding = encoding_of(os.environ, utf8_mode=bool(sys.flags.utf8_mode))
    plain = encoding != "utf-8" or os.environ["TERM"].startswith("linux")
    coloured = depth(os.environ, no_color="--no-color" in words) is not Depth.NONE
    drawing = drawn(width, height, plain=plain, coloured=coloured)
    terminal.paint(ENTER, Painted(drawing, (width, height)))


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
