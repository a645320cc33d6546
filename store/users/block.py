"""Blocking somebody and lifting it again: they are shut out at once, and all of theirs stays."""

from typing import TYPE_CHECKING

from store.users import read
from store.users.moving import back_to, moving, shut_out
from store.users.status import set_status
from store.users.unlock import unlock
from store.values import Status, User, Why

if TYPE_CHECKING:
    from store.session import Session


def block(session: "Session", who: int | str) -> User:
    """Shut a pending or active person out: sessions and codes end at once (S2, CHECKLIST E40).

    Raises:
        Impossible, NotAllowed, NotFound: as for every verb that moves somebody.
    """
    with moving(session, "block", who) as (unit, user):
        changes = shut_out(unit, user, Why.BLOCKED)
        set_status(unit, user, Status.BLOCKED)
        status = {"status": (user.status, Status.BLOCKED)}
        unit.record("block", user.id, status | changes, f"usher users block {user.id}")
        return read.load(session.store, [user.id])[0]


def unblock(session: "Session", who: int | str) -> User:
    """Lift a block; of somebody who is only locked, lift the locks (S0 calls that "Unblock user").

    Locks beside a block stay, and codes that died with it stay dead (DESIGN 3.1).

    Raises:
        Impossible, NotAllowed, NotFound: as for every verb that moves somebody.
    """
    with session.store.write(session, members=True):
        found = read.show(session, who, to_change=True)
        if found.status is not Status.BLOCKED and found.locks:
            # The same as in `transitions.problem_of`.
            return unlock(session, found.id)
        with moving(session, "unblock", found.id) as (unit, user):
            status = back_to(user)
            set_status(unit, user, status)
            changes = {"status": (user.status, status)}
            unit.record("unblock", user.id, changes, f"usher users unblock {user.id}")
            return read.load(session.store, [user.id])[0]
