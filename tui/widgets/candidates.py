"""The names that a path may go on with; none is chosen until one moves."""

from collections.abc import Sequence

from tui.widgets.option_lines import OptionLines

NONE = -1


class Candidates(OptionLines):
    """Names below a field, which keeps the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.cursor = NONE

    @property
    def chosen(self) -> str:
        """The name under the cursor, or nothing."""
        return self.labels[self.cursor] if self.labels and self.cursor > NONE else ""

    def show(self, labels: Sequence[str], cursor: int = NONE) -> None:
        super().show(labels, cursor)

    def go(self, to: int, *, top: int | None = None) -> None:
        """Move the cursor; before the first name none is chosen."""
        if to > NONE:
            super().go(to, top=top)
        elif self.cursor > NONE:
            self.cursor, self.top = NONE, 0
            self.refresh()
