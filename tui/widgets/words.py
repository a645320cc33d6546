"""Sentences for people, wrapped."""

from textual.content import Content

from tui.safe import safe
from tui.widgets.told import Told

LONGEST = 600
"""Letters that are shown: a sentence may name somebody with ten thousand."""


class Words(Told):
    """Some sentences; nothing in them is markup."""

    def __init__(self, text: str) -> None:
        super().__init__(_content(text), markup=False)

    def say(self, text: str) -> None:
        """Say something else."""
        self.update(_content(text))


def _content(text: str) -> Content:
    return Content(safe(text[:LONGEST]))
