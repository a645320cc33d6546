"""The commands that mean the same on every screen."""

from store.wording import _
from tui.commands import Command
from tui.commands.employees import EMPLOYEE, EMPLOYEES
from tui.commands.groups import GROUPS
from tui.commands.imports import IMPORT_LINES, STAGES
from tui.commands.invitations import LEDGERS
from tui.commands.keys import KEYS
from tui.commands.leaving import HANDING_OVER, LEAVING
from tui.commands.letters import MAIL_PREVIEW
from tui.commands.mail import LETTER, OUTBOX
from tui.commands.ownership import OWNERSHIP
from tui.commands.people import PERSON, PROFILE, USERS, WHY
from tui.commands.permissions import COMPARISON, PERMISSIONS, REASONS
from tui.commands.photo import PHOTO
from tui.commands.records import RECORDS
from tui.commands.roles import ROLE, ROLES
from tui.commands.sessions import SESSIONS
from tui.commands.settings import SETTINGS
from tui.commands.status import OUTCOMES

HISTORY = "history"
ROOMS = (
    frozenset(
        {
            USERS, PERSON, PROFILE, HISTORY, IMPORT_LINES, KEYS, SESSIONS, SETTINGS, WHY, OUTCOMES,
            PERMISSIONS, REASONS, COMPARISON, ROLES, ROLE, GROUPS, OUTBOX, LETTER,
            MAIL_PREVIEW, RECORDS, LEAVING, HANDING_OVER, OWNERSHIP, PHOTO, EMPLOYEES, EMPLOYEE,
        }
    )
    | STAGES
    | LEDGERS
)  # fmt: skip

TOPS = frozenset({USERS, PROFILE})
"""The top screens, where esc must not quit the program."""

UNDOING = frozenset(
    {USERS, PERSON, PROFILE, WHY, HISTORY, KEYS, SESSIONS, SETTINGS, ROLES, GROUPS, OUTBOX}
)
"""Where nothing stands that has yet to be saved, which might hang on what is put back."""

COMMANDS = (
    Command(
        "undo",
        ("z",),
        _("undo"),
        _("Put your own last change back, after saying what that means"),
        UNDOING,
        "usher undo",
        shown=False,
    ),
    Command(
        "as_command",
        ("ctrl+o",),
        _("as command"),
        _("Show what this screen does as a command"),
        ROOMS,
        shown=False,
    ),
    Command(
        "palette",
        ("colon", "ctrl+p"),
        _("commands"),
        _("Find a command by name"),
        ROOMS,
        shown=False,
    ),
    Command(
        "draw",
        ("ctrl+l",),
        _("draw anew"),
        _("Draw the screen anew"),
        ROOMS,
        shown=False,
    ),
    Command("help", ("question_mark", "f1"), _("help"), _("The keys of this screen"), ROOMS),
    Command("back", ("q", "escape"), _("back"), _("Go one step back"), ROOMS - TOPS),
    Command(
        "step_back",
        ("escape",),
        _("back"),
        _("Go one step back; at the top, clear the message"),
        TOPS,
        shown=False,
    ),
    Command("quit", ("q",), _("quit"), _("Go one step back; at the top, quit"), TOPS),
)
