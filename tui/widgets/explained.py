"""A window below which the line under the cursor stands in full, where it was cut."""

from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip

from tui.safe import fit
from tui.widgets.window import Window


class Explained(Window):
    """Lines, and below them what `below` says of the one under the cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"explained--below"}

    @property
    def room_below(self) -> int:
        """How many lines are kept for it."""
        raise NotImplementedError

    def below(self) -> list[str]:
        """What stands there, at most so many lines."""
        raise NotImplementedError

    @property
    def room(self) -> int:
        return max(self.size.height - self.room_below, 1)

    def go(self, to: int, *, top: int | None = None) -> None:
        old = self.cursor
        super().go(to, top=top)
        if self.cursor != old:
            self.refresh(Region(0, self.room, self.size.width, self.room_below))

    def render_line(self, y: int) -> Strip:
        if y < self.room:
            return super().render_line(y)
        width, said = self.size.width, self.below()[y - self.room :]
        style = self.get_component_rich_style("explained--below", partial=True)
        return Strip([Segment(fit(said[0] if said else "", width), style)], width)
