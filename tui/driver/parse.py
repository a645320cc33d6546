"""What Textual writes, taken apart: the drawing goes into a grid, the rest is kept as it is.

Textual draws with three things only: `ESC [ row ; column H` puts the cursor somewhere, `ESC [ … m`
takes a pen, and text is written with that pen from the cursor on. All else (a mode that is set, a
text for the clipboard, the bell) is not drawing, and goes to the terminal unchanged and in order.
"""

import re
from collections.abc import Iterator
from unicodedata import combining

from rich.cells import split_graphemes

from tui.driver.grid import BLANK, JOINER, TAIL, Grid
from tui.driver.styles import PLAIN, Styles

_TOKEN = re.compile(
    r"(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|\x1b\[(?P<pen>[0-9;:]*)m"
    r"|\x1b\[(?P<row>\d+);(?P<column>\d+)H"
    r"|\x1b\]8;[^\x07\x1b]*(?:\x07|\x1b\\)"
    r"|(?P<other>\x1b\[[<-?]?[0-9;:]*[ -/]*[@-~]"
    r"|\x1bP(?:[^\x1b]|\x1b[^\\])*\x1b\\"
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[^\[\]P]|\x07)"
    r"|(?P<control>[\s\S])"
)

_QUIET = re.compile(
    r"\x1b\[\?(?:1000|1002|1003|1004|1006|1015|1016|2026|2048)(?:[hl]|\$p)"
    r"|\x1b\[[<>=]\d*u"
    r"|\x1b\]22;.*"
)
"""What a slow line can do without: reports of mouse and focus, longer codes for keys, resizing by
message, the question for synchronised output (a small change needs none), shapes of the pointer."""

_SINGLE = re.compile("[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u2013\u2026\u2500-\u25fc]*")
"""Letters of Europe, dashes, lines and signs: one cell each in every table of widths."""


VIRAMA = 9
"""The combining class of the marks after which a joiner belongs to Indic spelling."""


class Parser:
    """Draws what Textual writes into `target` and notes which of its `rows` were touched."""

    def __init__(self, target: Grid, styles: Styles) -> None:
        self.target, self.styles = target, styles
        self.rows: set[int] = set()
        self._row = self._column = 0
        self._pen = PLAIN

    def feed(self, data: str) -> str:
        """Take in what was written; returns what is to be sent as it is."""
        through: list[str] = []
        for token in _TOKEN.finditer(data):
            kind = token.lastgroup
            if kind == "text":
                self._write(token["text"])
            elif kind == "pen":
                self._pen = self.styles.after(self._pen, token["pen"])
            elif kind == "column":
                self._row, self._column = int(token["row"]) - 1, int(token["column"]) - 1
            elif kind == "other" and not _QUIET.fullmatch(token["other"]):
                through.append(token["other"])
        return "".join(through)

    def _write(self, text: str) -> None:
        if not 0 <= self._row < self.target.height:
            return
        self.rows.add(self._row)
        if _SINGLE.fullmatch(text):
            self._write_plainly(text)
            return
        for piece in _pieces(text) if JOINER in text else (text,):
            if piece == JOINER:
                self._put(piece, 0)
                continue
            for start, end, width in split_graphemes(piece)[0]:
                self._put(piece[start:end], width)

    def _write_plainly(self, text: str) -> None:
        """Characters of one cell each, which is most of a screen, in one piece."""
        column, width = self._column, self.target.width
        self._column += len(text)
        text = text[: max(width - column, 0)]
        if not text:
            return
        texts, styles = self.target.texts[self._row], self.target.styles[self._row]
        end = column + len(text)
        if column and texts[column] == TAIL:
            texts[column - 1] = BLANK
        if end < width and texts[end] == TAIL:
            texts[end] = BLANK
        texts[column:end] = text
        pen, blank = self._pen, self.styles.on_blank(self._pen)
        styles[column:end] = [blank if char == BLANK else pen for char in text]

    def _put(self, text: str, width: int) -> None:
        column = self._column
        self._column += width
        if width == 0:
            self._combine(column, text)
        elif self._column <= self.target.width:
            pen = self.styles.on_blank(self._pen) if text == BLANK else self._pen
            self.target.put(self._row, column, text, width, pen)

    def _combine(self, column: int, mark: str) -> None:
        """Add a mark that takes no cell of its own to the character before it."""
        texts = self.target.texts[self._row]
        before = column - 1
        if 0 < before < self.target.width and texts[before] == TAIL:
            before -= 1
        if 0 <= before < self.target.width:
            texts[before] += mark


def _pieces(text: str) -> Iterator[str]:
    """Yield the text in pieces, with each joiner after a virama as its own piece.

    Rich treats the letter after such a joiner as part of the one before, like in an emoji, and
    gives it no cell. Most terminals give it a cell. For the others, `difference` sets the column.
    """
    begin = 0
    for at, char in enumerate(text):
        if char == JOINER and at and combining(text[at - 1]) == VIRAMA:
            yield text[begin:at]
            yield char
            begin = at + 1
    yield text[begin:]
