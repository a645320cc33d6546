"""Putting somebody out of service who has left, and bringing them back (S3, S4)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from store import audit, locks
from store.users import owning, read
from store.users.moving import Changes, back_to, moving, shut_out
from store.users.status import set_status
from store.values import Status, User, Why

if TYPE_CHECKING:
    from store.database import Unit
    from store.session import Session


def deactivate(session: "Session", who: int | str) -> User:
    """Take a person off the lists of those who work here: sessions and codes end at once.

    Raises:
        Impossible, NotAllowed, NotFound: as for every verb that moves somebody.
        OwnsRecords: somebody else has to own what they own first, or with it (`leaving.leave`).
    """
    with moving(session, "deactivate", who) as (unit, user):
        owning.check(session.store, user)
        return put_out(unit, user, {}, f"usher users deactivate {user.id}")


def put_out(unit: "Unit", user: User, handed: Changes, command: str) -> User:
    """The act itself, once it is seen that it may be; `handed` is what went with it."""
    changes = shut_out(unit, user, Why.DEACTIVATED)
    set_status(unit, user, Status.INACTIVE)
    status = {"status": (user.status, Status.INACTIVE)}
    unit.record("deactivate", user.id, status | changes | handed, command)
    return read.load(unit.session.store, [user.id])[0]


def restore(session: "Session", who: int | str) -> User:
    """Bring an inactive person straight back among the active (S4), or the pending.

    It lifts a block of before and both locks, and says so in its entry; the idle clock begins
    anew, so that whoever was away for a year is not locked out at once (DESIGN 3.1).

    Raises:
        Impossible, NotAllowed, NotFound: as for every verb that moves somebody.
    """
    store = session.store
    with moving(session, "restore", who) as (unit, user):
        status = back_to(user)
        changes: Changes = {"status": (user.status, status)}
        if user.locks:
            changes["locks"] = (user.locks, ())
        left = audit.newest_of(store, user.id, "deactivate")
        if left and _stood(left.changes) == Status.BLOCKED:
            changes["block"] = (True, False)
        set_status(unit, user, status)
        locks.lift(unit, user.id)
        unit.record("restore", user.id, changes, f"usher users restore {user.id}")
        return read.load(store, [user.id])[0]


def _stood(changes: Mapping[str, tuple[Any, Any]]) -> str:
    """Where somebody stood who left; a hand-over in batches had shut them out before."""
    status: str = changes.get("leaving", changes.get("status", ("", "")))[0]
    return status
