"""How the ownership of the account stands, in words: for the screen and for the command line."""

from collections.abc import Callable
from datetime import datetime

from store.values import Absence, Ownership
from store.wording import _, ngettext

Written = Callable[[datetime | None], str]
"""How a moment is written."""


def facts(found: Ownership, written: Written) -> list[tuple[str, str]]:
    """What is known of it, each with its name."""
    known = [
        (_("account"), found.account),
        (_("owner"), f"{found.name} ({found.id}), {found.login}"),
        (_("since"), written(found.since)),
        (_("last seen"), written(found.last_seen)),
    ]
    if found.sessions:
        open_now = ngettext("{n} open session", "{n} open sessions", found.sessions)
        known.append((_("signed in"), open_now.format(n=found.sessions)))
    if found.absence:
        known += _told(found.absence, written)
    return known


def _told(absence: Absence, written: Written) -> list[tuple[str, str]]:
    letter = (
        _("went to the owner, with a code that takes it back")
        if absence.mailed
        else _("none: the owner has no e-mail address. Tell them yourself")
    )
    return [
        (_("declared absent"), f"{written(absence.declared)}, {absence.by}"),
        (_("reason"), absence.reason),
        (_("letter"), letter),
    ]


def verdict(found: Ownership, written: Written) -> str:
    """Whether the account may be claimed, and from when."""
    if found.idle:
        sentence = _("{name} has not been here for so long that any admin may claim the account.")
        return sentence.format(name=found.name)
    if found.absence and found.claimable:
        sentence = _("{name} was declared absent long enough ago: any admin may claim the account.")
        return sentence.format(name=found.name)
    if found.absence:
        sentence = _("Any admin may claim the account from {moment} on, unless it is taken back.")
        return sentence.format(moment=written(found.claimable_from))
    sentence = _("{name} is not absent. While that is so, nobody else can make the account theirs.")
    return sentence.format(name=found.name)


def taken_back(absence: Absence, written: Written) -> str:
    """What an owner is told who came back."""
    sentence = _("You were declared absent on {day} by {by}; your sign-in took it back.")
    return sentence.format(by=absence.by, day=written(absence.declared))
