"""One sentence where a terminal is too small to show anything exactly."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from store.wording import _

SMALLEST = Size(60, 16)


class TooSmall(ModalScreen[None]):
    """Stands before everything until the terminal has grown; what is behind it is kept.

    No key does anything here, for nobody sees what it would do, but for the one that always leaves.
    """

    BINDINGS = [Binding("ctrl+c,ctrl+q", "app.leave", show=False)]

    @staticmethod
    def fits_not(size: Size) -> bool:
        """Whether a terminal of this size is too small."""
        return size.width < SMALLEST.width or size.height < SMALLEST.height

    def compose(self) -> ComposeResult:
        yield Static(
            _(
                "Usher needs {width}×{height} characters. Make the window larger,"
                " or leave with ctrl+c."
            ).format(width=SMALLEST.width, height=SMALLEST.height),
            markup=False,
        )
