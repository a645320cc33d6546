"""A screen full of cells, and which of its characters every terminal agrees on the width of."""

import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import TypeVar

Cell = TypeVar("Cell", str, int)

BLANK = " "
TAIL = ""
"""What stands in the cell that the left half of a wide character covers."""


JOINER = "\N{ZERO WIDTH JOINER}"


class Width(IntEnum):
    """How far one may rely on where a terminal's cursor stands behind a character."""

    CERTAIN = 0
    """Every terminal agrees."""
    LIKELY = 1
    """One cell but where a terminal is set to East Asian widths: text may go on behind it."""
    DOUBTFUL = 2
    """Wide, combined, or newer than a terminal's tables: where the cursor is must be said."""


@lru_cache(4096)
def width_of(cell: str) -> Width:
    """How sure the width of what stands in a cell is."""
    if len(cell) == 1:
        kind = unicodedata.east_asian_width(cell)
        if kind in {"Na", "N", "H"} and (cell < "\u2000" or unicodedata.category(cell) != "So"):
            return Width.CERTAIN
        if kind in {"A", "N", "Na", "H"}:
            return Width.LIKELY
    return Width.DOUBTFUL


class Grid:
    """Rows of cells: what stands in each, and the number of its style.

    A wide character stands in the left of its two cells, `TAIL` in the right one.
    """

    __slots__ = ("height", "styles", "texts", "width")

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.texts = [[BLANK] * width for _row in range(height)]
        self.styles = [[0] * width for _row in range(height)]

    def resized(self, width: int, height: int) -> "Grid":
        """A grid of another size with what fits of this one."""
        other = Grid(width, height)
        for row in range(min(height, self.height)):
            count = min(width, self.width)
            other.texts[row][:count] = self.texts[row][:count]
            other.styles[row][:count] = self.styles[row][:count]
            if count and self.texts[row][count : count + 1] == [TAIL]:
                other.texts[row][count - 1] = BLANK
        return other

    def put(self, row: int, column: int, text: str, width: int, style: int) -> None:
        """Set one character; what it covers half of another one becomes blank, as on a terminal."""
        texts, styles = self.texts[row], self.styles[row]
        if texts[column] == TAIL and column:
            texts[column - 1] = BLANK
        end = column + width
        if end < self.width and texts[end] == TAIL:
            texts[end] = BLANK
        texts[column], styles[column] = text, style
        if width == 2:
            texts[column + 1], styles[column + 1] = TAIL, style

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing on it."""
        return not any(map(any, self.styles)) and all(
            text == BLANK for row in self.texts for text in row
        )

    def blank(self, row: int) -> None:
        """Empty a row."""
        self.texts[row], self.styles[row] = [BLANK] * self.width, [0] * self.width

    def same_row(self, other: "Grid", row: int) -> bool:
        """Whether a row of both looks the same."""
        return self.texts[row] == other.texts[row] and self.styles[row] == other.styles[row]

    def changes(self, other: "Grid", row: int, other_row: int) -> int:
        """How many cells of a row differ from a row of the other grid."""
        texts = zip(self.texts[row], other.texts[other_row], strict=True)
        styles = zip(self.styles[row], other.styles[other_row], strict=True)
        return sum(a != b or c != d for (a, b), (c, d) in zip(texts, styles, strict=True))

    def shift(self, top: int, bottom: int, by: int) -> None:
        """Scroll the rows from `top` to `bottom` up, or down where `by` is negative."""
        self.texts[top : bottom + 1] = _shifted(self.texts[top : bottom + 1], by, BLANK)
        self.styles[top : bottom + 1] = _shifted(self.styles[top : bottom + 1], by, 0)


def _shifted(lines: list[list[Cell]], by: int, blank: Cell) -> list[list[Cell]]:
    new = [[blank] * len(lines[0]) for _line in range(abs(by))]
    return lines[by:] + new if by > 0 else new + lines[:by]
