"""The commands that bring people in from a file and write them to one."""

from store.wording import _
from tui.commands import Command
from tui.commands.people import USERS
from tui.commands.rights import needs

COMMANDS = (
    Command(
        "export",
        ("E",),
        _("export"),
        _("Write the people of this list to a CSV file"),
        frozenset({USERS}),
        "usher export FILE",
        needs("users.export"),
        shown=False,
    ),
    Command(
        "import_people",
        ("I",),
        _("import"),
        _("Bring in people from a CSV file"),
        frozenset({USERS}),
        "usher import FILE",
        needs("users.create"),
        shown=False,
    ),
)
