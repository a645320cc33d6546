"""Where one types or pastes many lines: Textual's TextArea without what is dangerous, or dear."""

from textual import events
from textual.actions import SkipAction
from textual.message import Message
from textual.widgets import TextArea

from store.invitations.addresses import UNSEEN
from tui.widgets.entry import visible

_WITHOUT = str.maketrans("", "", UNSEEN)


class ManyLines(TextArea):
    """Lines of text. It neither blinks nor colours anything, and prints nothing raw.

    What is pasted comes in whole or, where it is too long, not at all. At either end of the text
    the arrows lead out of it.
    """

    class TooLong(Message):
        """No more goes in."""

    def __init__(self, text: str = "", *, longest: int) -> None:
        super().__init__(text, compact=True, highlight_cursor_line=False, show_line_numbers=False)
        self.cursor_blink = False
        self.longest = longest

    def on_key(self, event: events.Key) -> None:
        """Nothing goes in beyond what there is room for."""
        if event.is_printable and len(self.text) >= self.longest:
            event.stop()
            event.prevent_default()
            self.post_message(self.TooLong())

    def on_paste(self, event: events.Paste) -> None:
        """Put in what was pasted, with a sign for whatever must not reach the terminal."""
        event.stop()
        event.prevent_default()
        if len(self.text) + len(event.text) > self.longest:
            self.post_message(self.TooLong())
            return
        self.replace(shown(event.text), *self.selection)

    def action_cursor_up(self, select: bool = False) -> None:
        if self.cursor_at_first_line:
            raise SkipAction
        super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        if self.cursor_at_last_line:
            raise SkipAction
        super().action_cursor_down(select)


def shown(text: str) -> str:
    """The text line by line and cell by cell, as it may be printed."""
    lines = f"{text.translate(_WITHOUT)}|".splitlines()
    lines[-1] = lines[-1][:-1]  # so that an end of the last line is one
    return "\n".join("\t".join(map(visible, line.split("\t"))) for line in lines)
