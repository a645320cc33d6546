"""Where the terminal's cursor stands, as far as that is known, and the cheapest way elsewhere."""

from tui.driver.grid import Width

BACKSPACES = 4
"""From so many cells on a sequence is shorter than going back one by one."""

LINE_FEEDS = 4
"""From so many lines on a sequence is no longer than going down one by one."""


class Cursor:
    """The cursor behind what was sent. `row` is None where nothing is known.

    `trust` says how sure the column is: the surest that can be said of all that was written since
    the cursor was last put into a column by number.
    """

    def __init__(self) -> None:
        self.row: int | None = None
        self.column = 0
        self.trust = Width.CERTAIN

    def is_at(self, row: int, column: int) -> bool:
        """Whether text for this cell may be written right away."""
        return row == self.row and column == self.column and self.trust < Width.DOUBTFUL

    def put(self, row: int | None, column: int = 0) -> None:
        """Note where it is now for certain."""
        self.row, self.column, self.trust = row, column, Width.CERTAIN

    def wrote(self, width: int, trust: Width, screen_width: int) -> None:
        """Note that something was written. At the end of a line terminals differ."""
        self.column += width
        at_end = self.column >= screen_width
        self.trust = Width.DOUBTFUL if at_end else max(self.trust, trust)

    def go(self, row: int, column: int) -> str:
        """The shortest sequence that takes it there."""
        ways = [f"\x1b[{row + 1};{column + 1}H" if column else f"\x1b[{row + 1}H"]
        if row == column == 0:
            ways = ["\x1b[H"]
        if self.row is not None:
            ways.append(_vertically(row - self.row) + self._horizontally(column))
        self.put(row, column)
        return min(ways, key=len)

    def _horizontally(self, column: int) -> str:
        ways = [f"\x1b[{column + 1}G" if column else "\r"]
        if self.trust is Width.CERTAIN:
            distance = column - self.column
            if distance == 0:
                return ""
            if distance > 0:
                ways.append(_repeated(distance, "C"))
            elif -distance <= BACKSPACES:
                ways.append("\b" * -distance)
            else:
                ways.append(_repeated(-distance, "D"))
        return min(ways, key=len)


def _vertically(distance: int) -> str:
    # The terminal's line feed goes straight down: the driver switches off what would add a return.
    if distance >= 0:
        return "\n" * distance if distance <= LINE_FEEDS else _repeated(distance, "B")
    return _repeated(-distance, "A")


def _repeated(times: int, direction: str) -> str:
    return f"\x1b[{times}{direction}" if times > 1 else f"\x1b[{direction}"
