"""What the terminal shows, and the shortest way from there to what it shall show."""

from collections.abc import Iterator
from copy import copy

from tui.driver import scrolling
from tui.driver.cursor import Cursor
from tui.driver.grid import BLANK, JOINER, TAIL, Grid, Width, width_of
from tui.driver.styles import PLAIN, Styles

GAP = 4
"""So many unchanged cells are written again: going over them costs as much."""

ERASABLE = 3
"""From so many blank cells on at the end of a line, erasing them is shorter."""

BLANKS = 9
"""The same in the middle of a line, where the cursor must be taken across them too."""

ANEW = 40
"""Bytes of a changed line from which one looks whether writing all of it takes fewer."""

NO_LIMIT = 1 << 30


class Difference:
    """The cells, the cursor and the pen of a terminal, as they are behind all that was sent."""

    def __init__(self, styles: Styles, width: int, height: int) -> None:
        self._styles = styles
        self.forget(width, height)

    def forget(self, width: int, height: int) -> None:
        """Nothing is known of the terminal any more: the next frame begins by clearing it."""
        self.have = Grid(width, height)
        self._known = False
        self._cursor, self._pen = Cursor(), PLAIN

    def assume(self, shown: Grid) -> None:
        """The terminal shows this already; where its cursor is, is not known."""
        self.have = shown
        self._known = True
        self._cursor = Cursor()

    def shows(self, target: Grid, rows: set[int]) -> bool:
        """Return whether the terminal shows these rows of the target already."""
        return self._known and all(target.same_row(self.have, row) for row in rows)

    def toward(self, target: Grid, rows: set[int], limit: int = NO_LIMIT) -> str:
        """What takes the terminal to the target in `rows`, from which those done are taken out.

        When `limit` bytes or more have come together, the rest of the rows is left for the next
        time. Rows in which little has changed come first: that is what a person types.
        """
        out = list(self._prepared(target, rows))
        rows -= {row for row in rows if target.same_row(self.have, row)}
        sent = sum(map(size, out))
        below = self._blank_below(target, rows)
        for row in self._ordered(target, rows, below):
            text = self._row(target, row) if row < below else self._erase_below(target, row)
            rows -= {row} if row < below else {done for done in rows if done >= row}
            out.append(text)
            sent += size(text)
            if sent >= limit:
                break
        return "".join(out)

    def _prepared(self, target: Grid, rows: set[int]) -> Iterator[str]:
        """Clear what is not known, scroll what has moved."""
        if not self._known:
            yield "\x1b[m\x1b[H\x1b[2J"
            self._known, self._pen = True, PLAIN
            self._cursor.put(0, 0)
            rows |= set(range(target.height))
        elif len(rows) >= scrolling.FEWEST and (shift := scrolling.find(self.have, target, rows)):
            yield from self._scrolled(shift)
            rows |= set(range(shift.top, shift.bottom + 1))

    def _scrolled(self, shift: scrolling.Shift) -> Iterator[str]:
        top, bottom, by = shift
        yield self._take_erasing_pen()
        part = (top, bottom) != (0, self.have.height - 1)
        if part:
            yield f"\x1b[{top + 1};{bottom + 1}r"
            # Setting the part takes the cursor to the first cell of the screen.
            self._cursor.put(0, 0)
        if abs(by) > GAP:
            yield self._cursor.go(top, 0) + f"\x1b[{abs(by)}{'M' if by > 0 else 'L'}"
        elif by > 0:
            yield self._cursor.go(bottom, 0) + "\n" * by
        else:
            yield self._cursor.go(top, 0) + "\x1bM" * -by
        if part:
            yield "\x1b[r"
            self._cursor.put(0, 0)
        self.have.shift(top, bottom, by)

    def _blank_below(self, target: Grid, rows: set[int]) -> int:
        """The row from which erasing the rest of the screen is shorter than row by row."""
        below = target.height
        while below and not any(target.styles[below - 1]) and _blank(target.texts[below - 1]):
            below -= 1
        return below if len([row for row in rows if row >= below]) > 1 else target.height

    def _ordered(self, target: Grid, rows: set[int], below: int) -> list[int]:
        """The rows in the order in which they are sent; all of those to be erased are one."""
        erased = [below] if any(row >= below for row in rows) else []
        painted = sorted(row for row in rows if row < below)
        typed = [row for row in painted if target.changes(self.have, row, row) <= 2 * GAP]
        if len(typed) in {0, len(painted)}:
            return painted + erased
        return typed + [row for row in painted if row not in typed] + erased

    def _erase_below(self, target: Grid, row: int) -> str:
        sequence = self._cursor.go(row, 0) + self._take_erasing_pen() + "\x1b[J"
        for blank in range(row, target.height):
            self._took(target, blank)
        return sequence

    def _row(self, target: Grid, row: int) -> str:
        """A line by its changes, or erased and written anew where that is shorter."""
        cursor, pen = copy(self._cursor), self._pen
        text = self._changes(target, row)
        if size(text) > ANEW:
            changed = self._cursor, self._pen
            self._cursor, self._pen = cursor, pen
            anew = self._cursor.go(row, 0) + self._take_erasing_pen() + "\x1b[K"
            self.have.blank(row)
            anew += self._changes(target, row)
            if size(anew) < size(text):
                text = anew
            else:
                self._cursor, self._pen = changed
        self._took(target, row)
        return text

    def _changes(self, target: Grid, row: int) -> str:
        out: list[str] = []
        erased = self._erased_from(target, row)
        column = 0
        while (column := self._next_change(target, row, column, erased)) < erased:
            column = self._run(target, row, column, erased, out)
        if erased < target.width:
            out.append(self._cursor.go(row, erased) + self._take_erasing_pen() + "\x1b[K")
        return "".join(out)

    def _took(self, target: Grid, row: int) -> None:
        self.have.texts[row] = target.texts[row][:]
        self.have.styles[row] = target.styles[row][:]

    def _erased_from(self, target: Grid, row: int) -> int:
        """The column from which the line is erased to its end; its width if that does not pay."""
        texts, styles = target.texts[row], target.styles[row]
        end = target.width
        while end and texts[end - 1] == BLANK and styles[end - 1] == PLAIN:
            end -= 1
        changed = [
            column
            for column in range(end, target.width)
            if self.have.texts[row][column] != BLANK or self.have.styles[row][column] != PLAIN
        ]
        if not changed or changed[-1] - changed[0] < ERASABLE:
            return target.width
        return changed[0]

    def _same(self, target: Grid, row: int, column: int) -> bool:
        return (
            target.texts[row][column] == self.have.texts[row][column]
            and target.styles[row][column] == self.have.styles[row][column]
        )

    def _next_change(self, target: Grid, row: int, column: int, end: int) -> int:
        while column < end and self._same(target, row, column):
            column += 1
        # Half a character cannot be written: its left cell is where it begins.
        return column - 1 if column < end and target.texts[row][column] == TAIL else column

    def _run(self, target: Grid, row: int, column: int, end: int, out: list[str]) -> int:
        """Write cells until a stretch has not changed; returns the column behind them."""
        texts, styles = target.texts[row], target.styles[row]
        begin = column
        while column < end:
            if column > begin and self._unchanged(target, row, column, end):
                break
            text, style = texts[column], styles[column]
            if text == TAIL:
                column += 1
                continue
            count = self._blanks(target, row, column, end) if text == BLANK else 0
            at = self._cursor.is_at(row, column)
            # Behind columns of which a terminal may think otherwise, the next one is put right.
            apart = column > 1 and texts[column - 1] == texts[column - 2] == BLANK
            if not at or (apart and text != BLANK and self._cursor.trust is not Width.CERTAIN):
                out.append(self._cursor.go(row, column))
            if count > BLANKS:
                out.append(self._take_erasing_pen() + f"\x1b[{count}X")
                column += count
                continue
            if not self._fits(target, row, column):
                out.append(self._take(style))
            out.append(text)
            width = 2 if column + 1 < target.width and texts[column + 1] == TAIL else 1
            # Some terminals draw the character after a joiner in the previous cell.
            joined = column > 0 and texts[column - 1].endswith(JOINER)
            trust = width_of(text) if width == 1 and not joined else Width.DOUBTFUL
            self._cursor.wrote(width, trust, target.width)
            column += width
        return column

    def _unchanged(self, target: Grid, row: int, column: int, end: int) -> bool:
        """Whether a stretch begins here over which the cursor had better jump."""
        stop = column
        while stop < end and self._same(target, row, stop):
            if stop - column == GAP or not self._fits(target, row, stop):
                return True
            stop += 1
        return column < stop == end

    def _fits(self, target: Grid, row: int, column: int) -> bool:
        """Whether a cell can be written with the pen as it is."""
        style = target.styles[row][column]
        blank = target.texts[row][column] == BLANK
        return style == (self._styles.on_blank(self._pen) if blank else self._pen)

    def _blanks(self, target: Grid, row: int, column: int, end: int) -> int:
        """How many plain blank cells follow, to the last of them that is not there already."""
        texts, styles = target.texts[row], target.styles[row]
        stop = column
        while stop < end and texts[stop] == BLANK and styles[stop] == PLAIN:
            stop += 1
        while stop > column and self._same(target, row, stop - 1):
            stop -= 1
        return stop - column

    def _take(self, style: int) -> str:
        sequence = self._styles.transition(self._pen, style)
        self._pen = style
        return sequence

    def _take_erasing_pen(self) -> str:
        return "" if self._styles.erases(self._pen) else self._take(PLAIN)


def size(text: str) -> int:
    """How many bytes a text is on the line."""
    return len(text.encode("utf-8", "replace"))


def _blank(texts: list[str]) -> bool:
    return all(text == BLANK for text in texts)
