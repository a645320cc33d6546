"""The commands that concern what somebody owns, and to whom it goes."""

from store.wording import _
from tui.commands import Command
from tui.commands.people import PERSON, USERS, needs_person
from tui.commands.rights import on_them

LEAVING, HANDING_OVER = "leaving", "handing_over"

_BOTH = frozenset({LEAVING, HANDING_OVER})

COMMANDS = (
    Command(
        "hand_over",
        ("t",),
        _("hand over"),
        _("Give what somebody owns to others"),
        frozenset({USERS, PERSON}),
        "usher records transfer --from {who} --to WHO",
        lambda situation: needs_person(situation) or on_them("users.transfer")(situation),
        shown=False,
    ),
    Command(
        "choose_heir",
        ("enter",),
        _("to whom"),
        _("Choose who gets what stands on this line: somebody active"),
        _BOTH,
    ),
    Command(
        "nobody_gets_it",
        ("space",),
        _("nobody"),
        _("Choose nobody for this line"),
        _BOTH,
    ),
    Command(
        "other_way",
        ("tab", "right", "left"),
        _("other way"),
        _("From deactivating to removing for good, and back"),
        frozenset({LEAVING}),
    ),
    Command(
        "go_ahead",
        ("f2",),
        _("go ahead"),
        _("Show what will happen, ask for the reason, then do it"),
        _BOTH,
    ),
)
