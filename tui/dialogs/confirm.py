"""Whether something is really to be done: names the consequence, and Cancel has the focus."""

from store.wording import _
from tui.dialogs.question import Answer, Question


class Confirm(Question[bool]):
    """True for yes, which takes `y` or the way to it; enter at once and esc mean no."""

    def __init__(self, title: str, consequence: str, yes: str) -> None:
        super().__init__(title, consequence, (Answer(_("Cancel"), False), Answer(yes, True, "y")))
