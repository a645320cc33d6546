"""Cells that a spreadsheet would take for formulae: protected when written, taken back when read.

DESIGN 3.11, CHECKLIST K69: what begins with `= + - @`, a tab, a line end or NUL gets a `'`, also
in the wide forms of East Asia and behind blanks or quotes, which spreadsheets take off. A leading
`'` is doubled, so that reading takes off exactly what writing has put on.
"""

import re
from collections.abc import Iterable

_FORMULA = re.compile(
    "[\\s\"'\u00ab\u00bb\u2018-\u201f\uff02\uff07\u200b-\u200f\u2060\ufeff]*"
    "[=+\\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]"
).match


class _Harmless(dict[str, bool]):
    """Whether a cell with this first character needs no look at the rest; nearly all do not."""

    def __missing__(self, first: str) -> bool:
        self[first] = harmless = not first or first.isalnum()
        return harmless


_HARMLESS = _Harmless()


def protected(cells: Iterable[str]) -> list[str]:
    """The cells of a row as they are written."""
    return [cell if _HARMLESS[cell[:1]] else _protected(cell) for cell in cells]


def unprotected(cell: str) -> str:
    """The text of a cell without the sign that kept a spreadsheet from reckoning with it."""
    return cell[1:] if cell.startswith("'") and _needs(cell[1:]) else cell


def _protected(cell: str) -> str:
    return f"'{cell}" if _needs(cell) else cell


def _needs(cell: str) -> bool:
    return cell.startswith("'") or _FORMULA(cell) is not None
