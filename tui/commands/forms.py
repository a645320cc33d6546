"""The commands of forms. No letter is among them: there it is text."""

from store.wording import _
from tui.commands import Command
from tui.commands.imports import IMPORT_COLUMNS, IMPORT_FILE
from tui.commands.permissions import CHOOSE_PERSON

SET_UP, SIGN_IN, CHANGE_PASSWORD, LOCKED = "set_up", "sign_in", "change_password", "locked"
USER_FORM, MERGE, FILTERS = "user_form", "merge", "filters"
EXPORT, KEY_FORM, PROVE = "export", "key_form", "prove"
SET_PASSWORD, RENAME, FORGOTTEN, HAVE_CODE = "set_password", "rename", "forgotten", "have_code"
SETTING_FORM, ROLE_NAME = "setting_form", "role_name"
INVITE, LEDGER_FILE = "invite", "ledger_file"
OWN_MAIL, WRITE = "own_mail", "write"
OWNERSHIP_FORM = "ownership_form"
PHOTO_FORM, EMPLOYEE_FORM = "photo_form", "employee_form"
FORMS = frozenset(
    {
        SET_UP, SIGN_IN, CHANGE_PASSWORD, LOCKED, USER_FORM, FILTERS, EXPORT, IMPORT_COLUMNS,
        KEY_FORM, PROVE, SET_PASSWORD, RENAME, FORGOTTEN, HAVE_CODE,
        SETTING_FORM, ROLE_NAME, INVITE, LEDGER_FILE,
        OWN_MAIL, WRITE, OWNERSHIP_FORM, PHOTO_FORM, EMPLOYEE_FORM,
    }
)  # fmt: skip
SAVED = FORMS | {MERGE}
ROOMS = SAVED | {IMPORT_FILE, CHOOSE_PERSON}
LEFT_BY_ESC = ROOMS - {LOCKED}

COMMANDS = (
    Command("save", ("f2",), _("save"), _("Save what is typed"), SAVED),
    Command("next_field", ("tab", "down"), _("next"), _("The next field"), FORMS),
    Command(
        "previous_field",
        ("shift+tab", "up"),
        _("previous"),
        _("The field before"),
        FORMS,
        shown=False,
    ),
    Command("mine", ("left",), _("mine"), _("Let mine stand"), frozenset({MERGE})),
    Command("theirs", ("right",), _("theirs"), _("Let theirs stand"), frozenset({MERGE})),
    Command(
        "switch",
        ("space",),
        _("switch"),
        _("The other of the two"),
        frozenset({MERGE}),
        shown=False,
    ),
    Command(
        "form_as_command",
        ("ctrl+o",),
        _("as command"),
        _("Show what this form would do as a command"),
        frozenset(
            {
                USER_FORM,
                EXPORT,
                IMPORT_COLUMNS,
                KEY_FORM,
                SET_PASSWORD,
                RENAME,
                SETTING_FORM,
                ROLE_NAME,
                OWN_MAIL,
                WRITE,
                INVITE,
                OWNERSHIP_FORM,
                PHOTO_FORM,
                EMPLOYEE_FORM,
            }
        ),
        shown=False,
    ),
    Command(
        "draw_form", ("ctrl+l",), _("draw anew"), _("Draw the screen anew"), ROOMS, shown=False
    ),
    Command("help_in_form", ("f1",), _("help"), _("The keys of this screen"), ROOMS),
    Command(
        "leave", ("escape",), _("back"), _("Back; asks before it drops what was typed"), LEFT_BY_ESC
    ),
)
