"""The commands of inviting: from the list, and in the ledger before and after sending."""

from store.wording import _
from tui.commands import Command
from tui.commands.people import USERS
from tui.commands.rights import needs

INVITE_LEDGER, INVITED = "invite_ledger", "invited"
LEDGERS = frozenset({INVITE_LEDGER, INVITED})

COMMANDS = (
    Command(
        "invite",
        ("i",),
        _("invite"),
        _("Invite many by their addresses"),
        frozenset({USERS}),
        "usher invitations send ADDRESS",
        needs("users.invite"),
    ),
    Command(
        "send_invitations",
        ("f2",),
        _("send"),
        _("Invite those who can be, after a question"),
        frozenset({INVITE_LEDGER}),
    ),
    Command(
        "mend_address",
        ("e",),
        _("mend"),
        _("Mend the address of this line; it is looked at anew"),
        frozenset({INVITE_LEDGER}),
    ),
    Command(
        "take_out",
        ("x",),
        _("take out"),
        _("Take this line out of the list"),
        frozenset({INVITE_LEDGER}),
    ),
    Command(
        "restore_holder",
        ("r",),
        _("restore"),
        _("Restore whoever has this address and is inactive, instead of inviting them"),
        frozenset({INVITE_LEDGER}),
    ),
    Command(
        "only_others",
        ("space",),
        _("others only"),
        _("Show only those who are not invited, or all"),
        LEDGERS,
    ),
    Command(
        "write_ledger",
        ("E",),
        _("to a file"),
        _("Write this ledger to a CSV file"),
        LEDGERS,
    ),
    Command(
        "to_the_list",
        ("f2",),
        _("to the list"),
        _("Back to the list of people"),
        frozenset({INVITED}),
    ),
)
