"""The commands that concern people's public keys."""

from store.wording import _
from tui.commands import Command, Situation
from tui.commands.people import PERSON, PROFILE, needs_person

KEYS = "keys"


def why_not_keys(situation: Situation) -> str:
    """One's own are one's own; those of an admin are the owner's to change (DESIGN 3.6)."""
    actor, target = situation.actor, situation.target
    if target is None or target.id == actor.id or actor.owner:
        return ""
    if target.owner:
        return _("Only the owner may change the owner.")
    return _("Only the owner changes the keys of an admin.") if target.admin else ""


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
        why_not_keys,
    ),
    Command(
        "remove_key",
        ("x",),
        _("remove"),
        _("Let nobody in by this key any more"),
        frozenset({KEYS}),
        why_not=why_not_keys,
    ),
)
