"""Screens to send: what may stand in a cell, in what style, and how one follows another."""

import random
from collections.abc import Sequence

from hypothesis import strategies as st

from tui.driver.grid import BLANK, Grid
from tui.driver.styles import Styles

NARROW = [*"abcxyz019.,-/АБВжїґ", "é", "─", "│", "…", "▸", "°"]
MARKED = ["e\u0301", "й".replace("й", "и\u0306"), "Z\u0351\u036b\u0343", "a\u0338", "🇺"]
WIDE = [*"中文字한日䷀☰", "😀", "👍🏽", "👩\u200d👩\u200d👧", "❤\ufe0f"]
PENS = [
    "", "1", "2", "3", "4", "7", "9", "53", "8", "5", "21", "1;2", "1;4;7", "31", "92", "44", "102",
    "1;31", "2;36;44", "7;32", "4;35", "38;5;200", "48;5;17", "38;2;1;2;3;48;2;250;128;0", "53;41",
]  # fmt: skip


class Painter:
    """Draws screens that look like screens: stretches of text and of blanks, each in one style."""

    def __init__(self, styles: Styles, seed: int) -> None:
        self.styles, self.chance = styles, random.Random(seed)  # noqa: S311  (a test)

    def grid(self, width: int, height: int) -> Grid:
        """A new screen."""
        grid = Grid(width, height)
        for row in range(height):
            if self.chance.random() < 0.8:
                self.stretch(grid, row, 0, width)
        return grid

    def after(self, before: Grid) -> Grid:
        """A screen that may follow: some of it has changed, or moved."""
        grid = before.resized(before.width, before.height)
        chance = self.chance
        for _change in range(chance.randint(0, 4)):
            row = chance.randrange(grid.height)
            kind = chance.random()
            if kind < 0.5:
                start = chance.randrange(grid.width)
                self.stretch(grid, row, start, chance.randint(start, grid.width))
            elif kind < 0.6:
                grid.blank(row)
            elif kind < 0.7:
                for below in range(row, grid.height):
                    grid.blank(below)
            elif kind < 0.9 and row < grid.height - 1:
                bottom = chance.randrange(row + 1, grid.height)
                by = chance.randint(1, bottom - row) * chance.choice((1, -1))
                grid.shift(row, bottom, by)
            else:
                grid = self.grid(grid.width, grid.height)
        return grid

    def stretch(self, grid: Grid, row: int, start: int, end: int) -> None:
        """Write stretches into some cells of a row."""
        column = start
        while column < end:
            pen = self.styles.after(0, self.chance.choice(PENS))
            kinds: Sequence[list[str]] = ([BLANK], NARROW, NARROW, NARROW, MARKED, WIDE)
            kind = self.chance.choice(kinds)
            for _cell in range(self.chance.randint(1, 14)):
                text = self.chance.choice(kind)
                width = 2 if kind is WIDE else 1
                if column + width > end:
                    break
                number = self.styles.on_blank(pen) if text == BLANK else pen
                grid.put(row, column, text, width, number)
                column += width
            else:
                continue
            column += 1


seeds = st.integers(0, 1 << 32)
widths = st.integers(2, 40)
heights = st.integers(1, 12)
