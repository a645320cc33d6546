"""The commands that concern what is mailed: confirming addresses, and writing to people."""

from store.access import may
from store.policy.transitions import problem_of, right_of, told
from store.values import User
from store.wording import _
from tui.commands import Command, Situation
from tui.commands.people import PERSON, PROFILE, USERS, needs_person
from tui.commands.rights import actor_of, needs, subject_of

MAIL_PREVIEW = "mail_preview"
CONFIRMATION = "send_confirmation"


def why_not_confirm_address(situation: Situation) -> str:
    """To others it is an admin's to send, and everybody's to themselves (DESIGN 3.9)."""
    target, actor = situation.target, actor_of(situation)
    if situation.marked:
        return may(actor, right_of(CONFIRMATION)).reason
    if target is None:
        return _("No user is selected.")
    right = right_of(CONFIRMATION, own=target.id == actor.id)
    reason = may(actor, right, subject_of(target)).reason
    if reason or not isinstance(target, User):
        return reason
    found = problem_of(CONFIRMATION, target)
    return told(found.pattern, target.id, target.full_name) if found else ""


def why_not_write(situation: Situation) -> str:
    """Whether one may write at all; who gets it, and with what address, the store says."""
    return needs("users.mail")(situation) or ("" if situation.marked else needs_person(situation))


COMMANDS = (
    Command(
        "confirm_address",
        ("C",),
        _("confirm address"),
        _("Send a letter by which the e-mail address is confirmed"),
        frozenset({USERS, PERSON, PROFILE}),
        "usher users send-confirmation {who}",
        why_not_confirm_address,
        shown=False,
    ),
    Command(
        "write_mail",
        ("M",),
        _("write"),
        _("Write a letter to this person, or to the marked"),
        frozenset({USERS, PERSON}),
        "usher mail send {who} --subject TEXT",
        why_not_write,
        shown=False,
    ),
    Command(
        "own_mail",
        ("comma",),
        _("mail settings"),
        _("What your own mail bears: your name, where answers go, your signature"),
        frozenset({PROFILE}),
        "usher mail settings",
    ),
    Command(
        "send_mail",
        ("f2",),
        _("send"),
        _("Send it, after a question"),
        frozenset({MAIL_PREVIEW}),
    ),
)
