"""How many colours the terminal has, and whether any are wanted. Free of textual.

Screens, the driver and the tables of the command line all ask here. State is a word or a sign
first and a colour second, so that nothing is lost where there are none.
"""

from collections.abc import Mapping
from enum import IntEnum


class Depth(IntEnum):
    """How many colours may be sent; without any there are still bold, underline and reverse."""

    NONE = 0
    SIXTEEN = 16
    TWO_FIFTY_SIX = 256
    TRUE = 1 << 24


SCREENLESS = frozenset({"", "dumb", "unknown"})
"""Values of TERM on which nothing can be drawn at all."""

_WITHOUT = ("vt1", "vt2", "vt3", "vt4", "wy", "adm", "tvi", "hp")
"""How the names of terminals begin that have one colour: green or amber, mostly."""

_MONOCHROME = ("-m", "-mono")
"""How the names of variants end that do without."""

_DEEP = (
    "alacritty",
    "contour",
    "foot",
    "iterm2",
    "kitty",
    "wezterm",
    "xterm-ghostty",
    "xterm-kitty",
)
"""Terminals of many colours, by the beginnings of their names: COLORTERM seldom survives SSH."""


def depth(environment: Mapping[str, str], *, no_color: bool = False) -> Depth:
    """What may be sent to the terminal that these variables describe.

    `no_color` is what was asked for with `--no-color`; NO_COLOR asks for the same unless it is
    empty (https://no-color.org). Where TERM says little, sixteen colours are meant: whatever has
    eight takes the bright ones for the plain ones.
    """
    if no_color or environment.get("NO_COLOR"):
        return Depth.NONE
    term = environment.get("TERM", "").lower()
    if term in SCREENLESS or term.startswith(_WITHOUT) or term.endswith(_MONOCHROME):
        return Depth.NONE
    if term.startswith("linux"):
        # The console has eight, whatever was exported before.
        return Depth.SIXTEEN
    if term.startswith(_DEEP) or term.endswith("-direct") or _promised(term, environment):
        return Depth.TRUE
    return Depth.TWO_FIFTY_SIX if "256col" in term else Depth.SIXTEEN


def _promised(term: str, environment: Mapping[str, str]) -> bool:
    """Whether COLORTERM speaks of this terminal, and not of one that GNU screen runs in."""
    in_screen = term.startswith("screen") and "TMUX" not in environment
    return environment.get("COLORTERM", "").lower() in {"truecolor", "24bit"} and not in_screen
