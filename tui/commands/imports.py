"""The commands of bringing people in from a file, step by step."""

from store.wording import _
from tui.commands import Command

IMPORT_FILE, IMPORT_COLUMNS = "import_file", "import_columns"
IMPORT_REHEARSAL, IMPORT_RUN, IMPORT_LINES = "import_rehearsal", "import_run", "import_lines"
STAGES = frozenset({IMPORT_REHEARSAL, IMPORT_RUN})

COMMANDS = (
    Command(
        "open_file",
        ("enter", "f2"),
        _("go on"),
        _("Read the first rows of this file; a folder is looked into"),
        frozenset({IMPORT_FILE}),
    ),
    Command(
        "complete",
        ("tab",),
        _("complete"),
        _("Complete the path, and list what may follow"),
        frozenset({IMPORT_FILE}),
    ),
    Command(
        "next_file",
        ("down",),
        _("next"),
        _("The next of those listed"),
        frozenset({IMPORT_FILE}),
        shown=False,
    ),
    Command(
        "previous_file",
        ("up", "shift+tab"),
        _("previous"),
        _("The one before"),
        frozenset({IMPORT_FILE}),
        shown=False,
    ),
    Command(
        "change_column",
        ("enter",),
        _("change"),
        _("Choose what a heading becomes, or leave it out"),
        frozenset({IMPORT_COLUMNS}),
    ),
    Command(
        "previous_column",
        ("left",),
        _("previous heading"),
        _("The heading to the left"),
        frozenset({IMPORT_COLUMNS}),
        shown=False,
    ),
    Command(
        "next_column",
        ("right",),
        _("next heading"),
        _("The heading to the right"),
        frozenset({IMPORT_COLUMNS}),
    ),
    Command(
        "run_import",
        ("f2",),
        _("import"),
        _("Import what was rehearsed"),
        frozenset({IMPORT_REHEARSAL}),
    ),
    Command(
        "finish_import",
        ("f2",),
        _("to the list"),
        _("Back to the list of people"),
        frozenset({IMPORT_RUN}),
    ),
    Command(
        "show_lines",
        ("enter",),
        _("lines"),
        _("Show the lines of the file that fail for this reason"),
        STAGES,
    ),
)
