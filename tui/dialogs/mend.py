"""One line of text to be mended: what is wrong with it, and the text to type in."""

from collections.abc import Iterable

from textual import getters
from textual.binding import Binding
from textual.widget import Widget

from store.wording import _
from tui.dialogs.dialog import Dialog
from tui.widgets.entry import Entry
from tui.widgets.words import Words


class Mend(Dialog["str | None"]):
    """Gives back the text as it was mended; None when one went back or changed nothing."""

    AUTO_FOCUS = "Entry"
    BINDINGS = [Binding("enter,f2", "done", show=False)]

    entry = getters.query_one(Entry)

    def __init__(self, title: str, wrong: str, text: str, *, longest: int) -> None:
        super().__init__(title)
        self.wrong, self.text, self.longest = wrong, text, longest

    def body(self) -> Iterable[Widget]:
        yield Words(self.wrong)
        yield Entry(self.text, longest=self.longest)

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (("enter", _("look at it anew")), ("esc", _("back")))

    def on_mount(self) -> None:
        self.entry.cursor_position = len(self.text)

    def action_done(self) -> None:
        mended = self.entry.value.strip()
        self.dismiss(mended if mended and mended != self.text else None)
