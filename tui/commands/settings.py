"""The commands that concern the account's settings."""

from store.wording import _
from tui.commands import Command, Situation
from tui.commands.people import USERS, only_admins

SETTINGS = "settings"


def only_the_owner(situation: Situation) -> str:
    """Admins read the settings, the owner changes them (DESIGN 3.6)."""
    return "" if situation.actor.owner else _("Only the owner changes settings.")


COMMANDS = (
    Command(
        "settings",
        ("comma",),
        _("settings"),
        _("The settings of the account: what each means, its bounds, where it comes from"),
        frozenset({USERS}),
        "usher settings list",
        only_admins,
        shown=False,
    ),
    Command(
        "change_setting",
        ("enter", "e"),
        _("change"),
        _("Change this setting, or bring back its default"),
        frozenset({SETTINGS}),
        why_not=only_the_owner,
    ),
)
