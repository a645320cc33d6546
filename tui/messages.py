"""Messages that reach the application from wherever they happen."""

from textual.message import Message


class SessionOver(Message):
    """The session has ended, by someone else's hand or by time; the sentence says which."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


class DrawAnew(Message, namespace="screen"):
    """Asks the application to send the whole screen to the terminal again."""
