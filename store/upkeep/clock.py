"""The host's clock beside the newest entry: what is locked or expired hangs on it (DESIGN 3.3).

No time is ever earlier than the newest entry, so a clock that goes back unlocks nobody. One that
was ahead for a while therefore holds everybody's time ahead, until somebody says that it was wrong.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from store import access, audit
from store.errors import NotAllowed, Refused
from store.wording import _, ngettext

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session

TOLERATED = timedelta(days=1)
"""More than this is reported (CHECKLIST B21)."""


def behind(store: "Store") -> timedelta:
    """How far the clock is behind the newest entry; nothing where it is not."""
    with store.read():
        newest = audit.newest(store)
    return max(newest - store.clock(), timedelta()) if newest else timedelta()


def sentence(late: timedelta) -> str:
    """What an administrator is told of a clock that is behind."""
    days = ngettext("{n} day", "{n} days", late.days).format(n=late.days)
    text = _("The clock is {days} behind the newest entry. If it is right: {command}")
    return text.format(days=days, command="usher doctor clock --accept")


def accept(session: "Session") -> timedelta:
    """Go by the clock from now on, though there are entries of a later time; how far it went back.

    A verb of the host: whoever sets its clock says so here. The entries keep their numbers and
    their times, and the chain holds.

    Raises:
        NotAllowed: it is not the host that says so.
        Refused: the clock is not behind.
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
                _("The clock is not behind the newest entry. There is nothing to confirm."),
                code="clock_right",
            )
        before, unit.now = unit.now, store.clock()
        unit.record(
            "accept_clock", None, {"time": (before, unit.now)}, "usher doctor clock --accept"
        )
        return late
