"""The commands that concern what other people sign in with."""

from store.wording import _
from tui.commands import Command, Situation
from tui.commands.people import PERSON, USERS, needs_person
from tui.commands.rights import on_them


def why_not_set_password(situation: Situation) -> str:
    """One's own is changed instead; the rest is as the store has it."""
    target = situation.target
    if target is not None and target.id == situation.actor.id:
        return ""
    return needs_person(situation) or on_them("users.password")(situation)


def why_not_rename(situation: Situation) -> str:
    return needs_person(situation) or on_them("users.rename")(situation)


COMMANDS = (
    Command(
        "set_password",
        ("s",),
        _("password"),
        _("Give this person a temporary password, to be handed over"),
        frozenset({USERS, PERSON}),
        "usher users set-password {who} --generate",
        why_not_set_password,
        shown=False,
    ),
    Command(
        "rename",
        ("L",),
        _("rename"),
        _("Give this person another login, and a password with it"),
        frozenset({USERS, PERSON}),
        "usher users rename {who} --login NEW --generate",
        why_not_rename,
        shown=False,
    ),
)
