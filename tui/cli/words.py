"""A line as words: what somebody at the other end of an SSH line asked for, read by no shell.

sshd hands the command over as one line, as the client's shell has put it together. Words are
parted and quoted as a POSIX shell does it, and nothing else of a shell is here: what would be a
pipe, a variable or a second command there is refused here unless it is quoted.
"""

import click

from store.wording import _
from tui.safe import safe

LINE_MAX = 16_384
"""Characters; nobody types so many."""
OF_A_SHELL = frozenset(";&|<>()`$")
"""What means something to a shell where it is not quoted."""
ESCAPED_IN_DOUBLE = frozenset('"\\$`')


class UnreadableLine(click.ClickException):
    """A line that is no words; there is no command yet whose usage could be told."""


def split(line: str) -> list[str]:
    """The words of a line.

    Raises:
        UnreadableLine: a quote is not closed, or something in it would need a shell.
    """
    if len(line) > LINE_MAX:
        raise UnreadableLine(_("The command is too long."))
    if not all(char.isprintable() or "\ud800" <= char <= "\udfff" for char in line):
        raise UnreadableLine(_("There are characters in the command that cannot be seen."))
    return _Reader(line).words()


class _Reader:
    """Goes through the line once. `word` is None between two words."""

    def __init__(self, line: str) -> None:
        self._rest = iter(line)
        self._word: str | None = None

    def words(self) -> list[str]:
        found: list[str] = []
        for char in self._rest:
            if char == " ":
                found += self._taken()
            elif char in OF_A_SHELL:
                raise UnreadableLine(
                    _("There is no shell here: {sign} has to be quoted.").format(sign=safe(char))
                )
            else:
                self._word = (self._word or "") + self._meant(char)
        return found + self._taken()

    def _taken(self) -> list[str]:
        word, self._word = self._word, None
        return [] if word is None else [word]

    def _meant(self, char: str) -> str:
        """What this character stands for; a quote, for all up to its end."""
        if char == "'":
            return "".join(iter(self._next, "'"))
        if char == '"':
            return "".join(self._in_double())
        return self._next() if char == "\\" else char

    def _in_double(self) -> list[str]:
        found: list[str] = []
        while (char := self._next()) != '"':
            if char == "\\":
                following = self._next()
                found.append(following if following in ESCAPED_IN_DOUBLE else char + following)
            else:
                found.append(char)
        return found

    def _next(self) -> str:
        for char in self._rest:
            return char
        raise UnreadableLine(_("A quote in the command is not closed."))
