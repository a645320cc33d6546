"""The commands that concern people."""

from store.wording import _
from tui.commands import Command, Situation
from tui.commands.rights import needs, on_them

USERS, PERSON, PROFILE, WHY = "users", "person", "profile", "why"


def needs_person(situation: Situation) -> str:
    """There must be somebody under the cursor."""
    return "" if situation.target else _("No user is selected.")


def why_not_edit(situation: Situation) -> str:
    """Whether anything of this person may be edited; the rest is decided field by field."""
    return needs_person(situation) or on_them("users.edit")(situation)


MET_FIRST = (
    Command(
        "open",
        ("enter",),
        _("open"),
        _("Show everything known about this person"),
        frozenset({USERS}),
        "usher users show {who}",
        needs_person,
    ),
    Command(
        "edit",
        ("e",),
        _("edit"),
        _("Change this person's data"),
        frozenset({USERS, PERSON, PROFILE}),
        "usher users edit {who} --position TEXT",
        why_not_edit,
    ),
    Command(
        "why",
        ("w",),
        _("why"),
        _("Why this person can or cannot sign in, and what opens the way"),
        frozenset({USERS, PERSON}),
        "usher users why {who}",
        needs_person,
    ),
)
"""What stands first in help, and longest in a key line that is too short for all."""

COMMANDS = (
    Command(
        "new",
        ("n",),
        _("new"),
        _("Create a user"),
        frozenset({USERS}),
        "usher users create",
        needs("users.create"),
    ),
    Command(
        "search",
        ("slash",),
        _("search"),
        _("Search as you type: parts of name, login, e-mail, phone or id"),
        frozenset({USERS}),
        "usher users list --search WORDS",
    ),
    Command(
        "filter",
        ("f",),
        _("filter"),
        _("Narrow the list by status, role, team and lock"),
        frozenset({USERS}),
        "usher users list --status S --role R --team T --locked",
    ),
    Command(
        "mark",
        ("space",),
        _("mark"),
        _("Mark or unmark this person"),
        frozenset({USERS}),
        why_not=needs_person,
    ),
    Command(
        "mark_range",
        ("V",),
        _("mark range"),
        _("Mark from the last mark to here"),
        frozenset({USERS}),
        why_not=needs_person,
        shown=False,
    ),
    Command(
        "mark_all",
        ("asterisk",),
        _("mark all"),
        _("Mark all that match, or unmark all"),
        frozenset({USERS}),
        shown=False,
    ),
    *(
        Command(
            f"show_{word}",
            (key,),
            label,
            help_text,
            frozenset({USERS}),
            f"usher users list{flag}",
            shown=False,
        )
        for key, word, label, help_text, flag in (
            ("1", "all", _("all"), _("Everybody"), ""),
            ("2", "active", _("active"), _("Only the active"), " --status active"),
            ("3", "pending", _("pending"), _("Only the pending"), " --status pending"),
            ("4", "off", _("off"), _("Only the deactivated"), " --status inactive"),
            ("5", "blocked", _("blocked"), _("Only the blocked"), " --status blocked"),
            ("6", "locked", _("locked"), _("Only the locked: why, since when"), " --locked"),
            ("7", "soon", _("soon"), _("Only those who soon are locked out"), " --view soon"),
        )
    ),
    Command(
        "history",
        ("l",),
        _("history"),
        _("What happened to this person"),
        frozenset({USERS, PERSON, PROFILE, WHY}),
        "usher audit list --target {who}",
        needs_person,
    ),
    Command(
        "copy",
        ("y",),
        _("copy"),
        _("Copy the id, the login or the e-mail address"),
        frozenset({USERS, PERSON, PROFILE, WHY}),
        why_not=needs_person,
        shown=False,
    ),
    Command(
        "password",
        ("s",),
        _("password"),
        _("Choose a new password of your own"),
        frozenset({PROFILE}),
    ),
    Command(
        "profile",
        ("m",),
        _("me"),
        _("My profile"),
        frozenset({USERS, PERSON}),
        shown=False,
    ),
)
