"""A picture in half-blocks: two pixels a cell, the upper one in front of the lower one."""

from collections.abc import Sequence
from itertools import groupby

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from store.photo_files import Pixel

HALF = "▀"
INDENT = 3


class Picture(Widget):
    """Rows of pixels in few colours, for which the driver finds those that the terminal has."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Sequence[Pixel]] = ()

    def show(self, rows: Sequence[Sequence[Pixel]]) -> None:
        """Draw another one; without rows none."""
        self.rows = rows
        self.refresh()

    def render_line(self, y: int) -> Strip:
        upper = self.rows[2 * y] if 2 * y < len(self.rows) else ()
        lower = self.rows[2 * y + 1] if 2 * y + 1 < len(self.rows) else ()
        pairs = [(one, lower[at] if lower else None) for at, one in enumerate(upper)]
        segments = [
            Segment(HALF * len(list(same)), Style(color=_colour(above), bgcolor=_colour(below)))
            for (above, below), same in groupby(pairs)
        ]
        return Strip([Segment(" " * INDENT), *segments]).extend_cell_length(self.size.width)


def _colour(pixel: Pixel | None) -> Color | None:
    return Color.from_rgb(*pixel) if pixel else None
