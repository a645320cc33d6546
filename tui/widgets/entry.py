"""Where one types: Textual's Input without what is dangerous, or dear on a slow line."""

from unicodedata import category

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.actions import SkipAction
from textual.message import Message
from textual.widgets import Input

from tui.safe import MARKS_MAX, safe
from tui.signs import SIGNS, UNICODE

HIDDEN = "\N{REPLACEMENT CHARACTER}" if SIGNS is UNICODE else "?"
"""Stands for a character that must not reach the terminal; one for one, so the cursor fits."""
DOT = "*"


class Entry(Input):
    """One line of text. It neither blinks nor selects itself, and prints nothing raw.

    A secret is neither shown nor copied. What is pasted becomes one line and presses no key.
    """

    class TooLong(Message):
        """No more goes in."""

    def __init__(self, value: str = "", *, longest: int, secret: bool = False) -> None:
        super().__init__(
            value, password=secret, max_length=longest, compact=True, select_on_focus=False
        )
        self.cursor_blink = False

    def on_paste(self, event: events.Paste) -> None:
        """Put what was pasted in as one line."""
        event.stop()
        event.prevent_default()
        start, end = self.selection
        self.replace(" ".join(filter(None, event.text.splitlines())), start, end)

    def restricted(self) -> None:
        self.post_message(self.TooLong())

    async def action_submit(self) -> None:
        """Enter belongs to what the field stands in, which acts before the next key is read."""
        raise SkipAction

    def action_copy(self) -> None:
        if not self.password:
            super().action_copy()

    def action_cut(self) -> None:
        if not self.password:
            super().action_cut()

    @property
    def _value(self) -> Text:
        shown = DOT * len(self.value) if self.password else visible(self.value)
        return Text(shown, no_wrap=True, overflow="ignore", end="")

    def _position_to_cell(self, position: int) -> int:
        return cell_len(self._value.plain[:position])


def visible(text: str) -> str:
    """The text with a sign for each character that must not be printed, as long as before."""
    if safe(text) == text:
        return text
    marks = MARKS_MAX
    shown: list[str] = []
    for char in text:
        if category(char) in {"Mn", "Me"}:
            marks += 1
            shown.append(char if marks <= MARKS_MAX else HIDDEN)
            continue
        plain = safe(char) == char
        marks = 0 if plain else MARKS_MAX
        shown.append(char if plain else HIDDEN)
    return "".join(shown)
