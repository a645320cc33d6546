"""The commands that concern the open sessions of people."""

from store.wording import _
from tui.commands import Command, Situation
from tui.commands.people import PERSON, PROFILE, USERS, needs_person

SESSIONS = "sessions"


def why_not_sessions(situation: Situation) -> str:
    """One's own are one's own; those of an admin are the owner's to end (DESIGN 3.6)."""
    actor, target = situation.actor, situation.target
    if target is None or target.id == actor.id or actor.owner:
        return ""
    if target.owner:
        return _("Only the owner may change the owner.")
    return _("Only the owner ends the sessions of an admin.") if target.admin else ""


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
        why_not=why_not_sessions,
    ),
    Command(
        "end_sessions",
        ("X",),
        _("end all others"),
        _("End all sessions of this person but the one in which you sit"),
        frozenset({SESSIONS}),
        "usher users sessions {who} --end all",
        why_not_sessions,
    ),
)
