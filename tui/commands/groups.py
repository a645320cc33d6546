"""The commands that concern teams and sub-accounts."""

from store.wording import _
from tui.commands import Command
from tui.commands.people import USERS, only_admins
from tui.commands.roles import by_right

GROUPS = "groups"

COMMANDS = (
    Command(
        "groups",
        ("T",),
        _("teams"),
        _("Teams and sub-accounts: how many are in each, and what they see"),
        frozenset({USERS}),
        "usher teams list\nusher sub-accounts list",
        only_admins,
        shown=False,
    ),
    Command(
        "who_is_in",
        ("enter",),
        _("members"),
        _("The list of people, narrowed to those who are in this team"),
        frozenset({GROUPS}),
    ),
    Command(
        "new_group",
        ("n",),
        _("new"),
        _("Make a team or a sub-account"),
        frozenset({GROUPS}),
        why_not=by_right("teams.create"),
    ),
    Command(
        "rename_group",
        ("L",),
        _("rename"),
        _("Call it something else"),
        frozenset({GROUPS}),
        why_not=by_right("teams.edit"),
    ),
    Command(
        "delete_group",
        ("x",),
        _("delete"),
        _("Delete it; whoever is in it comes into another one"),
        frozenset({GROUPS}),
        why_not=by_right("teams.delete"),
    ),
    Command(
        "own_clients",
        ("space",),
        _("sees"),
        _("Let members see the clients of their own teams alone, or all of them again"),
        frozenset({GROUPS}),
        why_not=by_right("teams.edit"),
    ),
    Command(
        "other_part",
        ("tab", "right", "left"),
        _("switch"),
        _("From the teams to the sub-accounts, and back"),
        frozenset({GROUPS}),
    ),
)
