"""The only way text of people reaches the terminal (DESIGN rule 7, CHECKLIST L70).

A name may hold an escape sequence, a mark that turns the line round, or ten thousand accents on
one letter. `safe` makes all of that visible as `<U+202E>` and leaves the rest as it is; `fit`
brings it to an exact number of terminal cells. Both are idempotent and never fail.

The joiners U+200C and U+200D stay where spelling needs them, as in the Persian علی‌رضا: after a
virama, and U+200C also between letters that would join (RFC 5892, CONTEXTJ). Everywhere else they
are made visible like other hidden characters, because two names could differ only by a joiner.
"""

from dataclasses import astuple
from unicodedata import category

from tui.signs import SIGNS

MARKS_MAX = 4
"""Combining marks that one letter may carry; more of them paint over the lines above."""

HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories without a glyph of a known width: controls, formats, surrogates, unassigned."""

MARKS = frozenset({"Mn", "Me"})

_ELLIPSIS = SIGNS.ellipsis
_CIRCLE = "\N{DOTTED CIRCLE}"

_INVISIBLE = frozenset(
    {
        # Default-ignorable characters that are letters or marks by category.
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0),
        *range(0xFE00, 0xFE10),
        *range(0xE0100, 0xE01F0),
        # Halves of flags and the tones of skin: terminals do not agree on how wide they are.
        *range(0x1F1E6, 0x1F200),
        *range(0x1F3FB, 0x1F400),
    }
)

_PLAIN = frozenset(
    char
    for start, end in ((0x20, 0x7E), (0xA0, 0x2FF), (0x370, 0x52F))
    for char in map(chr, range(start, end + 1))
    if category(char) not in HIDDEN and category(char) not in MARKS
)
"""Latin, Greek and Cyrillic: shown as they are, one cell each, known without a look-up."""

_JOINERS = "\u200c\u200d"
"""Zero width non-joiner and zero width joiner, which take no cell."""

_MARK = ""


class _Table(dict[str, str]):
    """How each character is shown, made when it is first met; a combining mark is `_MARK`."""

    def __missing__(self, char: str) -> str:
        kind = category(char)
        if kind in HIDDEN or ord(char) in _INVISIBLE:
            shown = f"<U+{ord(char):04X}>"
        else:
            shown = _MARK if kind in MARKS else char
        self[char] = shown
        return shown


_TABLE = _Table({joiner: joiner for joiner in _JOINERS})


class _Cells(dict[str, int]):
    """How many cells each character takes, looked up when it is first met."""

    def __missing__(self, char: str) -> int:
        # Most lists have only plain letters and our symbols, and need not import rich.
        from rich.cells import get_character_cell_size  # noqa: PLC0415

        self[char] = cells = get_character_cell_size(char)
        return cells


_CELLS = _Cells(dict.fromkeys((*_PLAIN, *"".join(astuple(SIGNS))), 1))


def safe(text: str) -> str:
    """The text as it may be printed: no control, no hidden character, few marks a letter."""
    if _PLAIN.issuperset(text):
        return text
    shown: list[str] = []
    marks = MARKS_MAX
    for char in text:
        form = _TABLE[char]
        if form in _JOINERS and form:
            # A joiner is neither a letter nor a mark, and joins those around it.
            shown.append(form)
            continue
        if form is not _MARK:
            marks = 0
            shown.append(form)
            continue
        if not shown:
            # A mark without a letter would land on whatever stands to the left of the text.
            shown.append(_CIRCLE)
            marks = 0
        if marks < MARKS_MAX:
            shown.append(char)
        marks += 1
    return _joined("".join(shown))


def _joined(shown: str, form: str = "<U+{:04X}>") -> str:
    """Replace joiners that are out of place with this form, and keep the others."""
    if not any(joiner in shown for joiner in _JOINERS):
        return shown
    return "".join(
        form.format(ord(char)) if char in _JOINERS and not _is_in_place(shown, position) else char
        for position, char in enumerate(shown)
    )


def _is_in_place(shown: str, position: int) -> bool:
    from idna.core import valid_contextj  # noqa: PLC0415  (most names have no joiner)

    try:
        return valid_contextj(shown, position)
    except ValueError:
        return False  # after a character that has no name


def width(text: str) -> int:
    """The terminal cells that `safe(text)` takes."""
    return _cells(safe(text))


def fit(text: str, cells: int, *, right: bool = False) -> str:
    """`safe(text)` in exactly so many cells: padded, or cut with `…` (`~` in ASCII).

    `right` puts the padding before the text, as numbers want it.
    """
    shown = safe(text)
    taken = _cells(shown)
    if taken > cells:
        shown = _cut(shown, cells)
        taken = _cells(shown)
    padding = " " * (cells - taken)
    return padding + shown if right else shown + padding


def _cells(shown: str) -> int:
    if _PLAIN.issuperset(shown):
        return len(shown)
    return sum(map(_CELLS.__getitem__, shown))


def _cut(shown: str, cells: int) -> str:
    if cells <= 0:
        return ""
    if _PLAIN.issuperset(shown):
        return shown[: cells - 1] + _ELLIPSIS
    room = cells - 1
    for position, char in enumerate(shown):
        room -= _CELLS[char]
        if room < 0:
            # A trailing joiner has lost its letter to the cut, so it is dropped.
            return _joined(shown[:position] + _ELLIPSIS, form="")
    return shown
