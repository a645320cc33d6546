"""A terminal that judges what was sent: pyte, with what it lacks put right.

It is stricter than any real terminal: erasing or scrolling with a pen of which terminals make
different blanks leaves `ODD` cells.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, cast

import pyte
from rich.cells import split_graphemes

from tui.driver.grid import BLANK, TAIL, Grid
from tui.driver.styles import Styles

OFF = {22: {1, 2}, 23: {3}, 24: {4, 21}, 25: {5, 6}, 27: {7}, 28: {8}, 29: {9}, 55: {53}}
ON = {1, 2, 3, 4, 5, 6, 7, 8, 9, 21, 51, 52, 53}
UNSURE = -1
SEEN_ON_BLANK = {4, 7, 9, 21, 53, UNSURE}


class Look(NamedTuple):
    """A pen, or how a cell looks: attributes by their numbers, colours as SGR says them."""

    attributes: frozenset[int] = frozenset()
    foreground: str = ""
    background: str = ""

    @property
    def on_blank(self) -> "Look":
        """What of it is seen where there is no character."""
        seen = self.attributes & SEEN_ON_BLANK
        return Look(seen, self.foreground if seen else "", self.background)


PLAIN = Look()
ODD = Look(frozenset({UNSURE}))
"""Terminals differ about what is here."""

Cell = tuple[str, Look]
Widths = Callable[[str, int], int]


def agreed(_cluster: str, width: int) -> int:
    """The width that Textual believes in too."""
    return width


class Judge(pyte.Screen):
    """The screen. `widths` may think otherwise than Textual about how wide a character is."""

    def __init__(self, columns: int = 80, lines: int = 24, widths: Widths = agreed) -> None:
        self.widths = widths
        super().__init__(columns, lines)
        # Without line feeds that return: the driver switches off what would add a return.
        self._stream = pyte.Stream(self)

    @property
    def default_char(self) -> Any:
        # pyte knows neither dim nor concealed nor lines above: the whole look takes the place
        # of the foreground.
        return pyte.screens.Char(data=BLANK, fg=PLAIN)  # type: ignore[arg-type]

    def reset(self) -> None:
        super().reset()
        self.cursor.attrs = self.default_char

    def feed(self, text: str) -> None:
        self._stream.feed(text)

    @property
    def pen(self) -> Look:
        return cast(Look, self.cursor.attrs.fg)

    def cell(self, row: int, column: int) -> Cell:
        """What stands in a cell, and how it looks."""
        char = self.buffer[row][column]
        look = cast(Look, char.fg)
        return char.data, look.on_blank if char.data == BLANK else look

    def row(self, row: int) -> list[Cell]:
        return [self.cell(row, column) for column in range(self.columns)]

    @property
    def cells(self) -> list[list[Cell]]:
        return [self.row(row) for row in range(self.lines)]

    @property
    def text(self) -> str:
        return "\n".join("".join(text for text, _look in row).rstrip() for row in self.cells)

    def select_graphic_rendition(self, *numbers: int, **_private: bool) -> None:
        attributes, foreground, background = self.pen
        words = iter(numbers or (0,))
        for word in words:
            if word == 0:
                attributes, foreground, background = PLAIN
            elif word in OFF:
                attributes -= OFF[word]
            elif word in ON:
                attributes |= {word}
            elif word in {39, 49}:
                foreground, background = ("", background) if word == 39 else (foreground, "")
            else:
                colour = _colour(word, words)
                if word in {38, *range(30, 38), *range(90, 98)}:
                    foreground = colour
                else:
                    background = colour
        self.cursor.attrs = self.default_char._replace(fg=Look(attributes, foreground, background))

    def draw(self, data: str) -> None:
        # pyte counts code points, and leaves the other half of a wide character standing.
        spans, _width = split_graphemes(data)
        for start, end, width in spans:
            self._place(data[start:end], self.widths(data[start:end], width))

    def _place(self, cluster: str, width: int) -> None:
        x, y = self.cursor.x, self.cursor.y
        line = self.buffer[y]
        if width == 0:
            before = x - 1 if line[x - 1].data != TAIL else x - 2
            line[before] = line[before]._replace(data=line[before].data + cluster)
            return
        if x + width > self.columns:
            self.carriage_return()
            self.linefeed()
            x, y = self.cursor.x, self.cursor.y
            line = self.buffer[y]
        self._halve(y, x, x + width)
        line[x] = self.cursor.attrs._replace(data=cluster)
        if width == 2:
            line[x + 1] = self.cursor.attrs._replace(data=TAIL)
        self.cursor.x = x + width

    def erase_characters(self, count: int | None = None) -> None:
        self._erase(self.cursor.y, self.cursor.x, self.cursor.x + (count or 1))

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        self._erase(self.cursor.y, 0 if how else self.cursor.x, self.columns)

    def erase_in_display(self, how: int = 0, *_more: Any, **_private: Any) -> None:
        for row in range(0 if how else self.cursor.y, self.lines):
            self._erase(row, self.cursor.x if row == self.cursor.y and not how else 0, self.columns)

    def _erase(self, row: int, start: int, end: int) -> None:
        end = min(end, self.columns)
        self._halve(row, start, end)
        odd = start >= self.columns or self.pen.on_blank != PLAIN
        for column in range(min(start, self.columns - 1), end):
            self.buffer[row][column] = self.default_char._replace(fg=ODD if odd else PLAIN)

    def _halve(self, row: int, start: int, end: int) -> None:
        """What loses one half of its two cells leaves a blank in the other."""
        line = self.buffer[row]
        if 0 < start < self.columns and line[start].data == TAIL:
            line[start - 1] = line[start - 1]._replace(data=BLANK)
        if end < self.columns and line[end].data == TAIL:
            line[end] = line[end]._replace(data=BLANK)

    def set_margins(self, top: int | None = None, bottom: int | None = None) -> None:
        # pyte leaves the cursor where it is when the whole screen scrolls again.
        super().set_margins(top, bottom)
        self.cursor_position()

    def index(self) -> None:
        top, bottom = self._part
        if self.cursor.y == bottom:
            self._scroll(top, bottom, 1)
        else:
            self.cursor_down()

    def reverse_index(self) -> None:
        top, bottom = self._part
        if self.cursor.y == top:
            self._scroll(top, bottom, -1)
        else:
            self.cursor_up()

    def insert_lines(self, count: int | None = None) -> None:
        self._scroll(self.cursor.y, self._part[1], -(count or 1))
        self.carriage_return()

    def delete_lines(self, count: int | None = None) -> None:
        self._scroll(self.cursor.y, self._part[1], count or 1)
        self.carriage_return()

    @property
    def _part(self) -> tuple[int, int]:
        return self.margins or (0, self.lines - 1)

    def _scroll(self, top: int, bottom: int, by: int) -> None:
        # pyte lets rows share one line after scrolling by an empty one.
        odd = self.pen.on_blank != PLAIN
        blank = self.default_char._replace(fg=ODD if odd else PLAIN)
        new: list[Any] = [pyte.screens.StaticDefaultDict(blank) for _line in range(abs(by))]
        old = [self.buffer[row] for row in range(top, bottom + 1)]
        lines = (old + new)[by:] if by > 0 else (new + old)[: len(old)]
        self.buffer.update(zip(range(top, bottom + 1), lines, strict=True))

    def report_device_status(self, mode: int = 0, **_private: bool) -> None:
        """Answered by whoever holds the terminal."""


def _colour(word: int, words: Iterable[int]) -> str:
    if word not in {38, 48}:
        return str(word)
    more = iter(words)
    kind = next(more)
    count = {2: 3, 5: 1}[kind]
    return ";".join(map(str, (word, kind, *(next(more) for _each in range(count)))))


def cells_of(grid: Grid, styles: Styles) -> list[list[Cell]]:
    """The cells of a grid as the judge names them."""

    def cell(text: str, number: int) -> Cell:
        look = look_of(styles, number)
        return text, look.on_blank if text == BLANK else look

    rows = zip(grid.texts, grid.styles, strict=True)
    return [list(map(cell, texts, numbers)) for texts, numbers in rows]


def look_of(styles: Styles, number: int) -> Look:
    """A style by its number as the judge names it."""
    style = styles[number]
    return Look(frozenset(map(int, style.attributes)), style.foreground, style.background)
