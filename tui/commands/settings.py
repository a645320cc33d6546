"""The commands that concern the account's settings."""

from store.wording import _
from tui.commands import Command
from tui.commands.people import USERS
from tui.commands.rights import needs

SETTINGS = "settings"


COMMANDS = (
    Command(
        "settings",
        ("comma",),
        _("settings"),
        _("The settings of the account: what each means, its bounds, where it comes from"),
        frozenset({USERS}),
        "usher settings list",
        needs("settings.view"),
        shown=False,
    ),
    Command(
        "change_setting",
        ("enter", "e"),
        _("change"),
        _("Change this setting, or bring back its default"),
        frozenset({SETTINGS}),
        why_not=needs("settings.edit"),
    ),
)
