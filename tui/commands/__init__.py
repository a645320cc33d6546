"""The registry: everything that a key does, declared once and free of textual.

From it come the bindings, the key line, the palette, the help screen and the line that shows a
screen's action as a command. A command that is not possible for this person is left out of the
key line; one that is not possible for this row says why when its key is pressed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from store.values import Row, User


@dataclass(frozen=True, slots=True)
class Situation:
    """Who is signed in, and the person under the cursor or on the screen."""

    actor: User
    target: Row | User | None = None


WhyNot = Callable[[Situation], str]


def always(situation: Situation) -> str:
    """No reason against it."""
    return ""


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do.

    `rooms` are the screens where it applies; `words` is the command line that does the same, with
    `{who}` for the target; `why_not` gives the reason against it, or nothing.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    rooms: frozenset[str]
    words: str = ""
    why_not: WhyNot = always
    shown: bool = True
    """Whether the key line has room for it; help and palette name it always."""

    @property
    def key(self) -> str:
        """The first key, as people read it."""
        return PRINTED.get(self.keys[0], self.keys[0])

    def as_command(self, situation: Situation) -> str:
        """The line that does the same in a shell; empty where there is none."""
        who = situation.target.id if situation.target else "WHO"
        return self.words.format(who=who)


PRINTED = {
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "asterisk": "*",
    "comma": ",",
    "enter": "enter",
    "escape": "esc",
    "space": "space",
    "f1": "F1",
    "f2": "F2",
    "left": "←",
    "right": "→",
}
"""Textual's names of keys, and what stands on them."""


def in_room(room: str, commands: Iterable[Command]) -> tuple[Command, ...]:
    """The commands of one screen, in the order of their declaration."""
    return tuple(command for command in commands if room in command.rooms)
