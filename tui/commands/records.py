"""The commands that concern what somebody owns: to see it, and to give some of it away."""

from store.wording import _
from tui.commands import Command
from tui.commands.people import PERSON, PROFILE, USERS, needs_person
from tui.commands.rights import on_them

RECORDS = "records"

COMMANDS = (
    Command(
        "records",
        ("d",),
        _("records"),
        _("What this person owns on the platform"),
        frozenset({USERS, PERSON, PROFILE}),
        "usher records list --owner {who}",
        lambda situation: needs_person(situation) or on_them("records.view")(situation),
        shown=False,
    ),
    Command(
        "assign_records",
        ("t",),
        _("give"),
        _("Give the marked records to somebody who is active"),
        frozenset({RECORDS}),
        why_not=on_them("users.transfer"),
    ),
    Command(
        "mark_record",
        ("space",),
        _("mark"),
        _("Mark or unmark this record"),
        frozenset({RECORDS}),
    ),
    Command(
        "mark_record_range",
        ("V",),
        _("mark range"),
        _("Mark from the last mark to here"),
        frozenset({RECORDS}),
        shown=False,
    ),
    Command(
        "mark_all_records",
        ("asterisk",),
        _("mark all"),
        _("Mark all that are shown, also those further down, or unmark all"),
        frozenset({RECORDS}),
    ),
    Command(
        "filter_records",
        ("f",),
        _("filter"),
        _("Show one kind, then one state of it, or all again"),
        frozenset({RECORDS}),
        "usher records list --owner {who} --kind KIND --state STATE",
    ),
)
