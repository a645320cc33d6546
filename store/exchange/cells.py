"""Cells that a spreadsheet would take for formulae: protected when written, taken back when read.

DESIGN 3.11, CHECKLIST K69: what begins with `= + - @`, a tab, a line end or NUL gets a `'`, also
in the wide forms of East Asia and behind blanks or quotes, which spreadsheets take off. A leading
`'` is doubled, so that reading takes off exactly what writing has put on. A phone number in E.164
stays as it is: it is digits behind a sign, which nothing calculates with.
"""

import re
from collections.abc import Iterable
from enum import Enum

_DANGEROUS = "=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
_TAKEN_OFF = r"\s\"'\u00ab\u00bb\u2018-\u201f\uff02\uff07\u200b-\u200f\u2060\ufeff"
_PHONE = re.compile(r"\+[1-9][0-9]{4,14}").fullmatch
"""A phone number in E.164 format, which a spreadsheet does not read as a formula."""
_NEEDS = re.compile(f"'|[{_TAKEN_OFF}]*[{re.escape(_DANGEROUS)}]").match


class _Kind(Enum):
    """What the first character says about a cell."""

    HARMLESS = 0
    DANGEROUS = 1
    UNCLEAR = 2


class _Kinds(dict[str, _Kind]):
    """The kind of each first character, made when it is first met; most cells need no more."""

    def __missing__(self, first: str) -> _Kind:
        kind = _Kind.UNCLEAR
        if not first or first.isalnum():
            kind = _Kind.HARMLESS
        elif first in _DANGEROUS or first == "'":
            kind = _Kind.DANGEROUS
        self[first] = kind
        return kind


_KINDS = _Kinds()


def protected(cells: Iterable[str]) -> list[str]:
    """The cells of a row as they are written."""
    harmless, dangerous = _Kind.HARMLESS, _Kind.DANGEROUS
    return [
        cell
        if (kind := _KINDS[cell[:1]]) is harmless
        else f"'{cell}"
        if (kind is dangerous or _NEEDS(cell)) and not _PHONE(cell)
        else cell
        for cell in cells
    ]


def unprotected(cell: str) -> str:
    """The text of a cell without the sign that kept a spreadsheet from reckoning with it."""
    return cell[1:] if cell.startswith("'") and _NEEDS(cell[1:]) else cell
