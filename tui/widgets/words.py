"""Sentences for people, wrapped."""

from textual.content import Content
from textual.widgets import Static

from tui.safe import safe

LONGEST = 600
"""Letters that are shown: a sentence may name somebody with ten thousand."""


class Words(Static):
    """Some sentences; nothing in them is markup."""

    def __init__(self, text: str) -> None:
        super().__init__(_content(text), markup=False)

    def say(self, text: str) -> None:
        """Say something else."""
        self.update(_content(text))


def _content(text: str) -> Content:
    return Content(safe(text[:LONGEST]))
