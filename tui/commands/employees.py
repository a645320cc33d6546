"""The commands that concern employees: the cards of users, and of who has yet to become one."""

from store.wording import _
from tui.commands import Command
from tui.commands.people import USERS
from tui.commands.rights import needs

EMPLOYEES, EMPLOYEE = "employees", "employee"
ONE = frozenset({EMPLOYEES, EMPLOYEE})

COMMANDS = (
    Command(
        "employees",
        ("P",),
        _("employees"),
        _("The personnel cards: of users, and of people who are none yet"),
        frozenset({USERS}),
        "usher employees list",
        needs("employees.view"),
        shown=False,
    ),
    Command(
        "open_employee",
        ("enter",),
        _("open"),
        _("Everything that stands on this card"),
        frozenset({EMPLOYEES}),
    ),
    Command(
        "edit_employee",
        ("e",),
        _("edit"),
        _("Change what stands on this card"),
        ONE,
        why_not=needs("employees.edit"),
    ),
    Command(
        "new_employee",
        ("n",),
        _("new"),
        _("Make a card for somebody who is no user yet"),
        frozenset({EMPLOYEES}),
        why_not=needs("employees.edit"),
    ),
    Command(
        "link_employee",
        ("a",),
        _("assign"),
        _("Make this card the card of a user"),
        ONE,
        why_not=needs("employees.edit"),
    ),
    Command(
        "take_employee",
        ("x",),
        _("take off"),
        _("Take the card off its user; delete one that is nobody's"),
        ONE,
        why_not=needs("employees.edit"),
    ),
    Command(
        "search_employees",
        ("slash",),
        _("search"),
        _("Search as you type: parts of names, e-mail or number"),
        frozenset({EMPLOYEES}),
        "usher employees list --search WORDS",
    ),
    Command(
        "every_employee",
        ("1",),
        _("all"),
        _("All cards"),
        frozenset({EMPLOYEES}),
        "usher employees list\nusher employees export FILE",
        shown=False,
    ),
    Command(
        "employees_without_user",
        ("2",),
        _("without a user"),
        _("Only those who are no users; files: usher employees import FILE, export FILE"),
        frozenset({EMPLOYEES}),
        "usher employees list --unlinked\nusher employees import FILE",
        shown=False,
    ),
)
