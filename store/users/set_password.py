"""A password that somebody else sets: temporary, to be handed over, never mailed (S0, S2)."""

from typing import TYPE_CHECKING

from store import access
from store.access import ceiling
from store.signin import storing
from store.users import read
from store.values import Draft, User

if TYPE_CHECKING:
    from store.session import Session


def set_password(session: "Session", who: int | str, password: str) -> User:
    """Give a person a temporary password: 72 hours, changed at first use, and it confirms them.

    No letter says so, their sessions end, and codes that were mailed die. It lifts neither locks
    nor a block: that has verbs of its own (DESIGN 3.4).

    Raises:
        Conflict: somebody else has set it at the same moment.
        Invalid: the password cannot be taken.
        NotAllowed: the actor may not set this user's password, it is the actor's own, or the actor
            was denied permissions of the user.
        NotFound: nobody, or nobody whom the actor may see.
        PasswordNeeded: it is dangerous, and the actor's password was not given just now.
    """
    store = session.store
    with store.read():
        user = _found(session, who)
    prepared = storing.prepare(store, user.id, password, Draft.of(user))
    with store.write(session) as unit:
        user = _found(session, user.id, to_change=True)
        changed = storing.put(unit, user, prepared, temporary=True)
        command = f"usher users set-password {user.id} --generate"
        unit.record("set_password", user.id, changed, command)
        return read.load(store, [user.id])[0]


def _found(session: "Session", who: int | str, *, to_change: bool = False) -> User:
    """The person, if the actor may set their password and has just shown who they are."""
    user = read.show(session, who, to_change=to_change)
    actor = access.require(session, "users.password", read.subject_of(user))
    access.require_proof(session)
    ceiling.check_sign_in_data(session, actor, user)
    return user
