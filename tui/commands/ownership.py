"""The commands that concern whose the account is."""

from store.wording import _
from tui.commands import Command, Situation, WhyNot
from tui.commands.people import USERS
from tui.commands.rights import needs

OWNERSHIP = "ownership"


def _not_theirs(permission: str) -> WhyNot:
    """What is done where somebody else owns the account."""

    def reason(situation: Situation) -> str:
        if situation.actor.owner:
            return _("You are the owner. Transfer ownership: press t")
        return needs(permission)(situation)

    return reason


COMMANDS = (
    Command(
        "ownership",
        ("o",),
        _("ownership"),
        _("Whose the account is: giving it away, and claiming it from an absent owner"),
        frozenset({USERS}),
        "usher owner show",
        needs("owner.view"),
        shown=False,
    ),
    Command(
        "transfer_account",
        ("t",),
        _("give away"),
        _("Give the account to another active admin; you stay an admin"),
        frozenset({OWNERSHIP}),
        "usher owner transfer WHO --account NAME",
        needs("owner.transfer"),
    ),
    Command(
        "declare_absent",
        ("a",),
        _("absent"),
        _("Declare the owner absent, with a reason that they read in a letter"),
        frozenset({OWNERSHIP}),
        "usher owner declare-absent --reason TEXT",
        _not_theirs("owner.declare_absent"),
    ),
    Command(
        "keep_account",
        ("r",),
        _("take back"),
        _("Take back that the owner is absent"),
        frozenset({OWNERSHIP}),
        "usher owner keep",
        needs("owner.keep"),
    ),
    Command(
        "claim_account",
        ("c",),
        _("claim"),
        _("Become the owner in place of one who is absent"),
        frozenset({OWNERSHIP}),
        "usher owner claim --account NAME",
        _not_theirs("owner.claim"),
    ),
)
