"""The commands that concern people's public keys."""

from store.wording import _
from tui.commands import Command
from tui.commands.people import PERSON, PROFILE, needs_person
from tui.commands.rights import on_them

KEYS = "keys"


COMMANDS = (
    Command(
        "keys",
        ("K",),
        _("keys"),
        _("The public keys by which this person comes in over SSH"),
        frozenset({PERSON, PROFILE}),
        "usher keys list {who}",
        needs_person,
    ),
    Command(
        "add_key",
        ("n",),
        _("new"),
        _("Add a key"),
        frozenset({KEYS}),
        "usher keys add {who} FILE",
        on_them("keys.edit"),
    ),
    Command(
        "remove_key",
        ("x",),
        _("remove"),
        _("Let nobody in by this key any more"),
        frozenset({KEYS}),
        why_not=on_them("keys.edit"),
    ),
)
