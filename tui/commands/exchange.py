"""The commands that bring people in from a file and write them to one."""

from store.wording import _
from tui.commands import Command
from tui.commands.people import USERS, only_admins

COMMANDS = (
    Command(
        "export",
        ("E",),
        _("export"),
        _("Write the people of this list to a CSV file"),
        frozenset({USERS}),
        "usher export FILE",
        only_admins,
        shown=False,
    ),
    Command(
        "import_people",
        ("I",),
        _("import"),
        _("Bring in people from a CSV file"),
        frozenset({USERS}),
        "usher import FILE",
        only_admins,
        shown=False,
    ),
)
