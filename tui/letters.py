"""Which letters the terminal can show, and what stands for the others. Free of textual.

A character that its encoding lacks is replaced where the bytes are made, cell for cell, so that
whatever stands behind it on the line stays where it belongs: our own signs by something that looks
like them, a letter of somebody's name by `?`.
"""

import codecs
import locale
from collections.abc import Mapping
from unicodedata import category

ERRORS = "usher.cells"
"""The handler of encoding errors, by the name that `str.encode` and streams take."""

_UNSAID = frozenset({"C", "POSIX"})
_COERCED = frozenset({"C.UTF-8", "C.utf8", "UTF-8"})
"""What Python itself puts into LC_CTYPE where the locale is C (PEP 538)."""

LOOKALIKES = str.maketrans(
    "●○✕–⚿▸◆▲✓─·…›•‐‑‒—‘’“”„‹«»×→←↑↓│┌┐└┘├┤┬┴┼◌\N{NO-BREAK SPACE}",
    '*ox-#>+!v--.>*----\'\'"""<<>x><^v|+++++++++o ',
)
"""What is printed instead of our own signs, rules and the marks of our sentences."""


def encoding_of(environment: Mapping[str, str], *, utf8_mode: bool) -> str:
    """The encoding that the terminal is said to understand: `utf-8`, `ascii`, `koi8-u`.

    The variables are asked rather than Python, which takes the locale C for UTF-8 (PEP 540, its
    `utf8_mode`): whoever says C has a terminal of which nothing more may be expected. Where they
    say nothing, Python's guess is as good as any.
    """
    ctype = environment.get("LC_CTYPE", "")
    if utf8_mode and ctype in _COERCED:
        ctype = ""
    said = environment.get("LC_ALL") or ctype or environment.get("LANG") or ""
    if said in _UNSAID:
        return "ascii"
    codeset = said.partition("@")[0].partition(".")[2]
    try:
        return codecs.lookup(codeset or locale.getpreferredencoding(False)).name
    except LookupError:
        return "utf-8"


def instead(char: str) -> str:
    """What is printed for a character that cannot be, in as many cells."""
    if category(char) in {"Mn", "Me"}:
        return ""
    alike = char.translate(LOOKALIKES)
    if alike != char:
        return alike
    from tui.safe import width  # noqa: PLC0415  (most terminals have every letter)

    return "??" if width(char) == 2 else "?"


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(instead, error.object[error.start : error.end])), error.end


codecs.register_error(ERRORS, _replace)
