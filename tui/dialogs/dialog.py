"""What every dialog has: a frame over what lies behind, a title, a body, its keys on the last line.

Nothing behind it is dimmed: that would repaint the whole screen over a slow line. A dialog always
gives a value back with `dismiss`; esc is one step back and changes nothing.
"""

from collections.abc import Iterable

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, ScreenResultType
from textual.widget import Widget

from tui.safe import fit
from tui.signs import ASCII, SIGNS
from tui.typed_ahead import IGNORED, TypedAhead, Verdict
from tui.widgets.lines import KeyLine, Line


class Title(Line):
    """The first line of a dialog, cut where it ends."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title

    def text(self, width: int) -> Content:
        return Content(fit(self.title, width))


class Dialog(TypedAhead[ScreenResultType], ModalScreen[ScreenResultType]):
    """The frame of a dialog. `esc` calls `action_back`.

    `SEEN_FIRST` has the keys whose action cannot be taken back, such as the key for yes.
    """

    BINDINGS = [Binding("escape", "back", show=False)]

    key_line = getters.query_one(KeyLine)

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        with Vertical(id="frame", classes="-ascii" if SIGNS == ASCII else ""):
            yield Title(self._title)
            yield from self.body()
            yield KeyLine(self.keys())

    def body(self) -> Iterable[Widget]:
        """The widgets between the title and the keys."""
        return ()

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Key and label of what the last line shows."""
        return ()

    def verdict(self, key: str, moment: float) -> Verdict:
        verdict = super().verdict(key, moment)
        if verdict is Verdict.ACT:
            self.key_line.say("")
        return verdict

    def tell_dropped(self) -> None:
        """Show the notice in the key line, because a dialog has no message line."""
        self.key_line.say(IGNORED)

    def action_back(self) -> None:
        self.dismiss(None)
