"""The commands that concern teams and sub-accounts."""

from store.wording import _
from tui.commands import Command
from tui.commands.people import USERS
from tui.commands.rights import needs

GROUPS = "groups"

COMMANDS = (
    Command(
        "groups",
        ("T",),
        _("teams"),
        _("Teams and sub-accounts: how many are in each, and what they see"),
        frozenset({USERS}),
        "usher teams list\nusher sub-accounts list",
        needs("teams.view"),
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
        why_not=needs("teams.create"),
    ),
    Command(
        "rename_group",
        ("L",),
        _("rename"),
        _("Call it something else"),
        frozenset({GROUPS}),
        why_not=needs("teams.edit"),
    ),
    Command(
        "delete_group",
        ("x",),
        _("delete"),
        _("Delete it; whoever is in it comes into another one"),
        frozenset({GROUPS}),
        why_not=needs("teams.delete"),
    ),
    Command(
        "own_clients",
        ("space",),
        _("sees"),
        _("Let members see the clients of their own teams alone, or all of them again"),
        frozenset({GROUPS}),
        why_not=needs("users.rights"),
    ),
    Command(
        "other_part",
        ("tab", "right", "left"),
        _("switch"),
        _("From the teams to the sub-accounts, and back"),
        frozenset({GROUPS}),
    ),
)
