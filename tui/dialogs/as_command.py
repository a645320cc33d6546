"""What a screen does, as commands: to learn them, to write them into a script."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from store.wording import _
from tui.safe import safe


class AsCommand(ModalScreen[None]):
    """A few lines to read and to select with the terminal's own means."""

    BINDINGS = [("escape,q,enter,ctrl+o", "close", "")]

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__()
        self.lines = lines

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(_("This as a command"), classes="title", markup=False)
            for line in self.lines or (_("There is no command for this."),):
                yield Static(safe(line), markup=False)
            yield Static(_("esc back"), classes="keys", markup=False)

    def action_close(self) -> None:
        self.dismiss(None)
