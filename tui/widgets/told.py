"""A text that may change at any moment, and always has the height of what it says."""

from textual.visual import VisualType
from textual.widgets import Static


class Told(Static):
    """As Static. What changed twice before Textual looked at it kept the height of the first."""

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        if layout and self._layout_required:
            # Textual counts only the first of several changes, and goes on with the height that it
            # has found for it where all was laid out for another reason in between.
            self._layout_updates += 1
        super().update(content, layout=layout)
