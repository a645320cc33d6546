"""How the ownership stands, as the verbs and the sign-in read it; and the end of an absence."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from store import audit, codes, settings
from store.codes import Purpose
from store.fields import utc_moment
from store.models import AbsenceRow
from store.policy import lockout
from store.values import Absence, Ownership

if TYPE_CHECKING:
    from store.database import Store, Unit


def owner_of(store: "Store") -> int:
    """The id of the owner: there is exactly one, in every read."""
    with store.read():
        return int(store.sql("SELECT id FROM usher_user WHERE owner")[0][0])


def load(store: "Store", now: datetime) -> Ownership:
    """All that is to be known of it at a moment."""
    with store.read():
        current = settings.load(store)
        ((number, login, first, last, created, seen, idle_from, sessions),) = store.sql(
            "SELECT u.id, u.login, u.first_name, u.last_name, u.created, u.last_seen, u.idle_from,"
            " (SELECT count(*) FROM usher_session s WHERE s.user_id = u.id AND s.ended IS NULL)"
            " FROM usher_user u WHERE u.owner"
        )
        became = audit.newest_change(store, number, "owner")
        limit, idle_since = lockout.idle_limit(current), utc_moment(idle_from)
        begun = utc_moment(created)
        if begun is None:
            raise ValueError("an owner without a time of creation")
        return Ownership(
            account=settings.account_name(store) or "",
            id=number,
            login=login,
            name=f"{first} {last}".strip() or login,
            since=became.at if became else begun,
            last_seen=utc_moment(seen),
            sessions=sessions,
            now=now,
            idle_after=idle_since + limit if idle_since and limit else None,
            absence=absence(store),
        )


def absence(store: "Store") -> Absence | None:
    """That the owner was declared absent, while it stands."""
    with store.read():
        rows = store.sql(
            "SELECT a.owner_id, a.declared, a.by_name, a.by_id, w.login, w.status, a.reason,"
            " a.code_id FROM usher_absence a LEFT JOIN usher_user w ON w.id = a.by_id"
        )
        if not rows:
            return None
        (owner, declared, by_name, by_id, login, status, reason, code), began = rows[0], None
        began = utc_moment(declared)
        if began is None:
            raise ValueError("an absence without a time")
        delay = timedelta(hours=settings.load(store).ownership_claim_delay_hours)
        by = audit.called(by_name, by_id, login, status)
        return Absence(owner, began, by, by_id, reason, began + delay, code is not None)


def came_back(unit: "Unit", user: int) -> Absence | None:
    """Take back that this person is absent, inside the transaction by which they show that they
    are not; what stood until then, if they are the owner and anything did."""
    found = absence(unit.session.store)
    if found is None or found.owner != user:
        return None
    clear(unit, found)
    changes = {"absent_since": (found.declared, None), "declared_by": (found.by, None)}
    unit.record("cancel_absence", user, changes, "usher owner keep")
    return found


def clear(unit: "Unit", found: Absence) -> None:
    """Let nothing be left of it, for a verb that adds the entry."""
    AbsenceRow.delete().execute()
    codes.revoke(unit, found.owner, Purpose.ABSENCE)
