"""Finding a command by its name: those of the screen one is at, from the registry."""

from collections.abc import Iterable

from store.wording import _
from tui.commands import Command
from tui.dialogs.choose import Choose
from tui.safe import fit

LABEL, KEY = 17, 7
"""Cells of a command's name and of its key; what it does has the rest."""


class Palette(Choose):
    """Gives back the id of a command, as the one key that was picked."""

    def __init__(self, commands: Iterable[Command]) -> None:
        super().__init__(
            _("Commands"),
            [(one.id, f"{fit(one.label, LABEL)}{fit(one.key, KEY)}{one.help}") for one in commands],
        )

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (("enter", _("do it")), ("esc", _("back")))
