"""Writing to people, last step: the letters are queued, and what became of each."""

from collections.abc import Sequence
from typing import NamedTuple

from store.mail import writing
from store.users.outcomes import Outcomes
from tui.screens.act_run import NAMED, ActRun
from tui.visit import Visit


class Message(NamedTuple):
    """What is to be sent, and to whom."""

    whom: Sequence[int]
    subject: str
    body: str

    def as_command(self) -> str:
        """The command that does the same; the text comes by stdin."""
        more = ["WHO"] if len(self.whom) > NAMED else []
        return writing.command_of([*self.whom[:NAMED], *more], self.subject or "TEXT")


class WriteRun(ActRun):
    """Queuing the letters, and what became of each."""

    def __init__(self, visit: Visit, message: Message) -> None:
        super().__init__(visit, "write", message.whom, "")
        self.message = message

    def act(self) -> Outcomes:
        return writing.write(
            self.session,
            *self.message,
            progress=self.work.tell,
            cancelled=lambda: self.work.stopping,
        )

    def command_lines(self) -> tuple[str, ...]:
        return (self.message.as_command(),)
