"""The commands that concern what one person may do."""

from store.access import may
from store.wording import _
from tui.commands import Command, Situation
from tui.commands.people import PERSON, PROFILE, USERS, needs_person, only_admins
from tui.commands.rights import actor_of, subject_of

PERMISSIONS, REASONS, COMPARISON = "permissions", "reasons", "comparison"
CHOOSE_PERSON = "choose_person"


def why_not_change(situation: Situation) -> str:
    """Nobody changes their own rights, and those of an admin only the owner (DESIGN 3.6)."""
    if situation.target is None:
        return ""
    return may(actor_of(situation), "users.rights", subject_of(situation.target)).reason


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
        why_not=why_not_change,
    ),
    Command(
        "cycle_module",
        ("asterisk",),
        _("all of it"),
        _("The same for all of this module"),
        frozenset({PERMISSIONS}),
        why_not=why_not_change,
        shown=False,
    ),
    Command(
        "save_permissions",
        ("f2",),
        _("save"),
        _("Show what would change, then save"),
        frozenset({PERMISSIONS}),
        why_not=why_not_change,
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
        why_not_change,
    ),
    Command(
        "compare",
        ("D",),
        _("difference"),
        _("What this person may do and somebody else may not, and the other way round"),
        frozenset({PERMISSIONS}),
        "usher access diff {who} WHO",
        only_admins,
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
