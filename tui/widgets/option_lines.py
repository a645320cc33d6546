"""A list of names beside a field that keeps the focus."""

from collections.abc import Sequence

from textual.strip import Strip

from tui.widgets.window import Window


class OptionLines(Window, can_focus=False):
    """Lines that whoever owns them moves through: they take no focus."""

    def __init__(self) -> None:
        super().__init__()
        self.labels: Sequence[str] = ()

    @property
    def count(self) -> int:
        return len(self.labels)

    def show(self, labels: Sequence[str], cursor: int) -> None:
        """Put other lines in."""
        self.labels = labels
        self.go(cursor, top=self.top)
        self.refresh()

    def strip(self, number: int) -> Strip:
        return self.marked(self.labels[number], here=number == self.cursor)
