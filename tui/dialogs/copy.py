"""Texts to copy, a line each: an id, a login, an address, a command."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events, getters
from textual.binding import Binding
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from store.wording import _
from tui.dialogs.dialog import Dialog
from tui.safe import fit, safe, width
from tui.widgets.explained import Explained

Labelled = tuple[str, str]
"""What a text is called, or nothing, and the text."""

LONGEST = 600
"""Letters of a text that are shown; all of it is copied."""
AROUND = 6
"""Lines of the dialog that are not for the texts: the frame, the title, the keys, two margins."""


class Texts(Explained):
    """The texts; one that is cut stands in full below, to be selected by the terminal's means."""

    def __init__(self, texts: Sequence[Labelled]) -> None:
        super().__init__()
        self.texts = [(label, safe(text)) for label, text in texts]
        self._label = max((width(label) + 2 for label, _text in texts if label), default=0)

    @property
    def count(self) -> int:
        return len(self.texts)

    @property
    def current(self) -> str:
        """The text under the cursor."""
        return self.texts[self.cursor][1]

    @property
    def room_below(self) -> int:
        longest = max((len(self._wrapped(text)) for _label, text in self.texts), default=0)
        return longest + 1 if longest else 0

    def strip(self, number: int) -> Strip:
        label, text = self.texts[number]
        told = fit(label, self._label) + text[:LONGEST]
        return self.marked(told, here=number == self.cursor and self.has_focus)

    def below(self) -> list[str]:
        return ["", *self._wrapped(self.current)]

    def _wrapped(self, text: str) -> list[str]:
        """Its lines where it does not fit into one."""
        room = self.size.width - 3
        if room < 1 or width(text) <= room - self._label:
            return []
        return [f"   {line.plain.rstrip()}" for line in Content(text[:LONGEST]).wrap(room)]


class Copy(Dialog["str | None"]):
    """Gives back the text that was sent to the clipboard of the terminal, or None."""

    SEEN_FIRST: ClassVar[frozenset[str]] = frozenset({"y", "enter"})
    BINDINGS = [
        Binding("y,enter", "copy", show=False),
        Binding("q", "back", show=False),
    ]

    lines = getters.query_one(Texts)

    def __init__(self, title: str, texts: Sequence[Labelled]) -> None:
        super().__init__(title)
        self.texts = texts

    def body(self) -> Iterable[Widget]:
        yield Texts(self.texts)

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (("y", _("copy")), ("esc", _("back")))

    def on_mount(self) -> None:
        self._arrange(self.app.size.height)
        self.lines.focus()

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._arrange, event.size.height)

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self.lines.current)
        self.dismiss(self.lines.current)

    def _arrange(self, height: int) -> None:
        needed = self.lines.count + self.lines.room_below
        # No dialog is higher than nine tenths of the screen.
        self.lines.styles.height = max(min(needed, height * 9 // 10 - AROUND), 1)
