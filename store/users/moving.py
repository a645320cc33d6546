"""What the verbs that move somebody have in common: the frame, and shutting out."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from store import access, codes
from store.codes import Purpose
from store.leaving import standing
from store.models import UserRow
from store.policy import transitions
from store.signin import sessions
from store.users import read
from store.users.assigned import besides_records
from store.values import Status, User, Why

if TYPE_CHECKING:
    from store.database import Unit
    from store.session import Session

Changes = dict[str, tuple[Any, Any]]


@contextmanager
def moving(session: "Session", verb: str, who: int | str) -> Iterator[tuple["Unit", User]]:
    """The frame of a verb that moves somebody: who they are, once the actor and the table agree.

    Raises:
        NotAllowed: the actor may not do this to this person.
        NotFound: nobody, or nobody whom the actor may see.
        Impossible: not from where the person stands (DESIGN 3.1).
        IsLeaving: what they own is being handed over, with which they go.
    """
    with session.store.write(session, members=True) as unit:
        user = read.show(session, who, to_change=True)
        access.require(session, transitions.right_of(verb), read.subject_of(user))
        standing.check(session.store, user)
        transitions.check(verb, user)
        yield unit, user


def back_to(user: User) -> Status:
    """Where somebody stands who comes back: active, or pending where they never were."""
    row = UserRow.get_by_id(user.id)
    return Status.PENDING if row.activated_at is None else Status.ACTIVE


def shut_out(unit: "Unit", user: User, why: Why) -> Changes:
    """End the sessions of a person and their open codes at once; what there was of them."""
    had = besides_records(unit.session.store, [user.id], unit.now)
    invited = why is not Why.REMOVED and codes.is_open(unit, user.id, Purpose.INVITATION)
    sessions.end_all(unit, user.id, why)
    codes.revoke(unit, user.id)
    changes = {"sessions": (had.sessions, 0), "codes": (had.codes, 0)}
    found: Changes = {name: pair for name, pair in changes.items() if pair[0]}
    if invited and user.status is Status.PENDING:
        found["invitation"] = ("open", "ended")
    return found
