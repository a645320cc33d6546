"""How the invitation of somebody pending stands, in words; free of textual."""

from datetime import datetime

from store.values import Invitation, Row, User
from store.wording import _, ngettext
from tui.moments import ago, in_time
from tui.signs import SIGNS

_LETTERS = {
    "queued": _("queued"),
    "sending": _("sending"),
    "sent": _("sent"),
    "parked": _("parked"),
}


def not_invited(person: Row | User) -> str:
    """What to do about somebody pending who has no invitation."""
    return _("not invited; r does it") if person.email else _("not invited, no address")


def open_until(invitation: Invitation, now: datetime) -> str:
    """How long the code is good; the last two days say so in words."""
    if invitation.state != "open" or invitation.expires is None:
        return _(invitation.state)
    if invitation.soon:
        return _("soon: {left}").format(left=ago(now, invitation.expires))
    return in_time(invitation.expires, now)


def told(invitation: Invitation, now: datetime) -> str:
    """All of it in a line: how often and when last, how long it is good, how far the letter is."""
    times = ngettext("{n} time", "{n} times", invitation.sent_count)
    age = ago(invitation.sent, now)
    return "; ".join(
        (
            _("sent {times}").format(times=times.format(n=invitation.sent_count)),
            _("the last: {age}").format(age=age),
            _("ends: {end}").format(end=open_until(invitation, now)),
            _("letter: {state}").format(state=letter(invitation)),
        )
    )


def letter(invitation: Invitation, *, in_full: bool = True) -> str:
    """How far the last letter is, and in full the words of the server that would not have it."""
    state = _LETTERS.get(invitation.letter, SIGNS.nothing)
    return f"{state}: {invitation.error}" if invitation.error and in_full else state
