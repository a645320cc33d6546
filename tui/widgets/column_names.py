"""What the columns of the list are called, over the list."""

from textual.content import Content

from tui.widgets.columns import Columns, header
from tui.widgets.lines import Line


class ColumnNames(Line):
    """A line that changes with the view."""

    view = ""

    def show(self, view: str) -> None:
        """Name the columns of this view."""
        if view != self.view:
            self.view = view
            self.refresh()

    def text(self, width: int) -> Content:
        return Content(header(Columns.of(width, self.view)))
