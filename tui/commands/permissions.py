"""The commands that concern what one person may do."""

from store.wording import _
from tui.commands import Command
from tui.commands.people import PERSON, PROFILE, USERS, needs_person
from tui.commands.rights import needs, on_them

PERMISSIONS, REASONS, COMPARISON = "permissions", "reasons", "comparison"
CHOOSE_PERSON = "choose_person"


_CHANGE = on_them("users.rights")
"""Nobody changes their own rights, and those of an admin only the owner (DESIGN 3.6)."""

COMMANDS = (
    Command(
        "permissions",
        ("p",),
        _("permissions"),
        _("What this person may do, where it comes from, and what is allowed or denied to them"),
        frozenset({USERS, PERSON, PROFILE}),
        "usher access show {who}",
        needs_person,
        shown=False,
    ),
    Command(
        "cycle",
        ("space",),
        _("change"),
        _("Allow, deny, or leave it to the role; F2 saves"),
        frozenset({PERMISSIONS}),
        why_not=_CHANGE,
    ),
    Command(
        "cycle_module",
        ("asterisk",),
        _("all of it"),
        _("The same for all of this module"),
        frozenset({PERMISSIONS}),
        why_not=_CHANGE,
        shown=False,
    ),
    Command(
        "save_permissions",
        ("f2",),
        _("save"),
        _("Show what would change, then save"),
        frozenset({PERMISSIONS}),
        why_not=_CHANGE,
    ),
    Command(
        "why_permission",
        ("w",),
        _("why"),
        _("Why this person may or may not do this: who did what, and when"),
        frozenset({PERMISSIONS}),
        "usher access show {who} --why PERMISSION",
    ),
    Command(
        "copy_access",
        ("A",),
        _("access of…"),
        _("Give this person the access of somebody else"),
        frozenset({PERMISSIONS}),
        "usher access copy {who} --from WHO",
        _CHANGE,
    ),
    Command(
        "compare",
        ("D",),
        _("difference"),
        _("What this person may do and somebody else may not, and the other way round"),
        frozenset({PERMISSIONS}),
        "usher access diff {who} WHO",
        needs("users.view"),
    ),
    Command(
        "take_person",
        ("enter", "f2"),
        _("take"),
        _("Take this person"),
        frozenset({CHOOSE_PERSON}),
    ),
    Command(
        "next_person",
        ("down",),
        _("next"),
        _("The next of those found"),
        frozenset({CHOOSE_PERSON}),
    ),
    Command(
        "previous_person",
        ("up",),
        _("previous"),
        _("The one before"),
        frozenset({CHOOSE_PERSON}),
        shown=False,
    ),
)
