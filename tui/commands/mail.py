"""The commands that concern the outbox."""

from store.wording import _
from tui.commands import Command
from tui.commands.people import USERS
from tui.commands.rights import needs

OUTBOX, LETTER = "outbox", "letter"


COMMANDS = (
    Command(
        "outbox",
        ("O",),
        _("outbox"),
        _("The letters that Usher writes: what is queued, sent, or parked with the reason"),
        frozenset({USERS}),
        "usher mail list",
        needs("mail.view"),
        shown=False,
    ),
    Command(
        "open_letter",
        ("enter",),
        _("open"),
        _("Show this letter: its headers and its text, without its code"),
        frozenset({OUTBOX}),
    ),
    Command(
        "resend_letter",
        ("r",),
        _("resend"),
        _("Queue this letter again; one that waits for its next try is tried at once"),
        frozenset({OUTBOX, LETTER}),
        why_not=needs("users.mail"),
    ),
    Command(
        "filter_letters",
        ("f",),
        _("filter"),
        _("Narrow the outbox to one state"),
        frozenset({OUTBOX}),
        "usher mail list --state STATE",
    ),
)
