"""The commands that concern roles, and the grid of what they permit."""

from store.wording import _
from tui.commands import Command
from tui.commands.people import USERS
from tui.commands.rights import needs

ROLES, ROLE = "roles", "role"


COMMANDS = (
    Command(
        "roles",
        ("R",),
        _("roles"),
        _("The roles: what each permits, and who has it"),
        frozenset({USERS}),
        "usher roles list",
        needs("roles.view"),
        shown=False,
    ),
    Command(
        "open_role",
        ("enter",),
        _("open"),
        _("What this role permits, and changing that"),
        frozenset({ROLES}),
    ),
    Command(
        "new_role",
        ("n",),
        _("new"),
        _("Make a role"),
        frozenset({ROLES}),
        "usher roles create NAME",
        needs("roles.create"),
    ),
    Command(
        "copy_role",
        ("N",),
        _("copy"),
        _("Make a role that permits what this one does"),
        frozenset({ROLES}),
        why_not=needs("roles.create"),
    ),
    Command(
        "rename_role",
        ("L",),
        _("rename"),
        _("Call this role something else"),
        frozenset({ROLES}),
        why_not=needs("roles.edit"),
    ),
    Command(
        "delete_role",
        ("x",),
        _("delete"),
        _("Delete this role; whoever has it gets another one"),
        frozenset({ROLES}),
        why_not=needs("roles.delete"),
    ),
    Command(
        "who_has",
        ("f",),
        _("who has it"),
        _("The list of people, narrowed to those who have this role"),
        frozenset({ROLES}),
    ),
    Command(
        "tick",
        ("space",),
        _("tick"),
        _("Permit this, or forbid it again"),
        frozenset({ROLE}),
        why_not=needs("roles.edit"),
    ),
    Command(
        "tick_module",
        ("asterisk",),
        _("all of it"),
        _("Permit all of this module, or nothing of it"),
        frozenset({ROLE}),
        why_not=needs("roles.edit"),
    ),
    Command(
        "save_role",
        ("f2",),
        _("save"),
        _("Save what is ticked; says first what the people gain and lose who have the role"),
        frozenset({ROLE}),
        why_not=needs("roles.edit"),
    ),
)
