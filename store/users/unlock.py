"""Lifting the locks that the system has set (S0 "Unblock user"); a block is lifted by `unblock`."""

from typing import TYPE_CHECKING

from store import access, locks
from store.policy import transitions
from store.users import read
from store.values import User

if TYPE_CHECKING:
    from store.session import Session


def unlock(session: "Session", who: int | str) -> User:
    """Lift both locks of a person and begin both clocks anew (DESIGN 3.3, CHECKLIST B22).

    Raises:
        NotAllowed: the actor may not unlock this person.
        NotFound: nobody, or nobody whom the actor may see.
        Impossible: they are not locked.
    """
    store = session.store
    with store.write(session) as unit:
        user = read.show(session, who, to_change=True)
        access.require(session, "users.unlock", read.subject_of(user))
        transitions.check("unlock", user)
        locks.lift(unit, user.id)
        unit.record("unlock", user.id, {"locks": (user.locks, ())}, f"usher users unlock {user.id}")
        return read.load(store, [user.id])[0]
