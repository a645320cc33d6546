"""Finding a command by its name: those of the screen one is at, from the registry."""

from collections.abc import Iterable

from store.wording import _
from tui.commands import Command
from tui.dialogs.choose import Choose
from tui.safe import fit

HELP = 58
"""Cells of what a command does, before its key."""


class Palette(Choose):
    """Gives back the id of a command, as the one key that was picked."""

    def __init__(self, commands: Iterable[Command]) -> None:
        super().__init__(
            _("Commands"),
            [(command.id, f"{fit(command.help, HELP)} {command.key}") for command in commands],
        )

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (("enter", _("do it")), ("esc", _("back")))
