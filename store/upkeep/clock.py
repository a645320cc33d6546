"""Compare the host's clock with the history, because locks and expiry need it (DESIGN 3.3).

Usher's time is never earlier than the newest entry, unless that entry is more than a day ahead. A
clock that is set back therefore unlocks nobody. An entry further ahead was written by a wrong
clock, on another host or on this one before a correction. It does not count, and is reported until
the clock is accepted. Accepting moves all times ahead of the clock back to it.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from store import access, audit
from store.clocks import AHEAD
from store.errors import NotAllowed, Refused
from store.fields import utc_moment, utc_text
from store.wording import _, ngettext

if TYPE_CHECKING:
    from store.database import Store, Unit
    from store.session import Session

TOLERATED = AHEAD
"""More than this is reported (CHECKLIST B21)."""

_AHEAD = (
    ("usher_user", "idle_from"),
    ("usher_user", "last_seen"),
    ("usher_user", "password_set_at"),
    ("usher_user", "locked_at"),
    ("usher_user", "attempted_at"),
    ("usher_session", "started"),
    ("usher_session", "seen"),
    ("usher_letter", "due"),
    ("usher_letter", "began"),
    ("usher_letter", "lease"),
    ("usher_throttle", "since"),
    ("usher_absence", "declared"),
)
"""All columns with a time that counts and that a wrong clock may have written ahead."""


def behind(store: "Store") -> timedelta:
    """Return how far the history is ahead of the clock or of its own newest entry.

    A host with a fast clock sees the second once another host has written an entry.
    """
    with store.read():
        newest, latest = audit.times(store)
    if newest is None or latest is None:
        return timedelta()
    return max(latest - min(newest, store.clock()), timedelta())


def sentence(late: timedelta) -> str:
    """Return the sentence about a history that is ahead of the clock."""
    text = _(
        "An entry of the history is {days} ahead of this clock. Find the host with the wrong clock"
        " and correct it. If this clock is right, accept it: {command}"
    )
    return text.format(days=_days(late), command="usher doctor clock --accept")


def notice(late: timedelta) -> str:
    """Return the same for the message line of a screen."""
    text = _("A clock is wrong: the history is {days} ahead. See: {command}")
    return text.format(days=_days(late), command="usher doctor clock")


def _days(late: timedelta) -> str:
    count = round(late / timedelta(days=1))
    return ngettext("{n} day", "{n} days", count).format(n=count)


def accept(session: "Session") -> timedelta:
    """Go by the clock from now on, though there are entries of a later time; how far it went back.

    Only the operator, who sets the clock, can do this. The entries keep their numbers and times,
    and the chain stays valid. Times ahead of the clock are moved back to it.

    Raises:
        NotAllowed: it is not the host that says so.
        Refused: nothing is ahead of the clock.
    """
    if not session.operator:
        access.actor_of(session)
        access.require_own_password(session)
        raise NotAllowed(_("Only the operator can confirm the clock of the host."))
    store = session.store
    with store.write(session) as unit:
        late = behind(store)
        if not late:
            raise Refused(
                _("No entry of the history is ahead of the clock. There is nothing to accept."),
                code="clock_right",
            )
        unit.now = store.clock()
        _bring_back(unit)
        audit.forget_latest(store, unit.now)
        times = (unit.now + late, unit.now)
        unit.record("accept_clock", None, {"time": times}, "usher doctor clock --accept")
        return late


def _bring_back(unit: "Unit") -> None:
    """Move times that are ahead of the clock back to it."""
    store, now = unit.session.store, utc_text(unit.now)
    for table, column in _AHEAD:
        store.sql(f"UPDATE {table} SET {column} = ? WHERE {column} > ?", now, now)
    rows = store.sql(
        "SELECT id, created, expires FROM usher_code WHERE ended IS NULL AND created > ?", now
    )
    store.sql_many(
        "UPDATE usher_code SET created = ?, expires = ? WHERE id = ?",
        [(now, _expiry(unit.now, created, expires), number) for number, created, expires in rows],
    )


def _expiry(now: datetime, created: object, expires: object) -> str:
    """Return the new expiry of a code created ahead of the clock, with the same duration."""
    began, ends = utc_moment(created), utc_moment(expires)
    if began is None or ends is None:
        raise ValueError("a code without a time")
    return utc_text(now + (ends - began))
