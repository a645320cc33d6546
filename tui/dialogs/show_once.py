"""A secret that is shown once and never again: a generated password, to be handed over."""

from collections.abc import Iterable
from typing import ClassVar

from textual import getters
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from store.values import User
from store.wording import _
from tui.dialogs.dialog import Dialog
from tui.handing_over import to_hand_over
from tui.safe import safe
from tui.typed_ahead import ALL_KEYS
from tui.widgets.lines import MessageLine
from tui.widgets.words import Words


class ShowOnce(Dialog[None]):
    """Close only on esc, and only once the user saw it, so that it is not closed unread."""

    SEEN_FIRST: ClassVar[frozenset[str]] = ALL_KEYS
    UNSEEN: ClassVar[frozenset[str]] = frozenset()
    BINDINGS = [Binding("y", "copy", show=False)]

    message_line = getters.query_one(MessageLine)

    def __init__(self, title: str, secret: str, sentence: str) -> None:
        super().__init__(title)
        self.secret, self.sentence = secret, sentence

    def body(self) -> Iterable[Widget]:
        yield Static(Content(safe(self.secret)), id="secret", markup=False)
        yield Words(self.sentence)
        yield MessageLine(ruled=False)

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (("y", _("copy")), ("esc", _("I have it")))

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self.secret)
        self.message_line.say(_("Sent to your terminal's clipboard."))


def handing_over(user: User, password: str, hours: int) -> ShowOnce:
    """The password that was made for somebody."""
    title = _("The password of “{login}”").format(login=user.login)
    return ShowOnce(title, password, to_hand_over(user, hours))
