"""Why something was refused, in full: it may hold a command to copy."""

from tui.signs import SIGNS
from tui.widgets.words import Words


class Refusal(Words):
    """Below what it is about; takes no room while nothing is wrong."""

    def __init__(self) -> None:
        super().__init__("")

    def tell(self, sentence: str) -> None:
        """Say what is wrong, or with nothing that nothing is."""
        self.say(f"{SIGNS.error} {sentence}" if sentence else "")
        self.set_class(bool(sentence), "-told")
