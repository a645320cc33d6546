"""The commands that concern the open sessions of people."""

from store.wording import _
from tui.commands import Command
from tui.commands.people import PERSON, PROFILE, USERS, needs_person
from tui.commands.rights import on_them

SESSIONS = "sessions"


COMMANDS = (
    Command(
        "sessions",
        ("S",),
        _("sessions"),
        _("Where this person is signed in, and since when"),
        frozenset({USERS, PERSON, PROFILE}),
        "usher users sessions {who}",
        needs_person,
        shown=False,
    ),
    Command(
        "end_session",
        ("x",),
        _("end"),
        _("End this session; whoever sits there is told so"),
        frozenset({SESSIONS}),
        why_not=on_them("sessions.end"),
    ),
    Command(
        "end_sessions",
        ("X",),
        _("end all others"),
        _("End all sessions of this person but the one in which you sit"),
        frozenset({SESSIONS}),
        "usher users sessions {who} --end all",
        on_them("sessions.end"),
    ),
)
