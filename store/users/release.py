"""Freeing the e-mail address of somebody inactive, for whoever has it now (S1, DESIGN 3.5)."""

from dataclasses import asdict, replace
from itertools import count
from typing import TYPE_CHECKING

from store import access, audit, checks
from store.users import changing, read
from store.users.moving import moving
from store.values import Draft, User

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session


def release(session: "Session", who: int | str) -> User:
    """Empty the e-mail of an inactive person; the old one stays in the history.

    A login that is the address holds it as well (S4), and is exchanged for one by their id. No
    letter goes to the address: it is somebody else's from now on.

    Raises:
        Impossible: they are not inactive, or have no address.
        NotAllowed: the actor may not release this person's address.
        NotFound: nobody, or nobody whom the actor may see.
        PasswordNeeded: it is dangerous, and the actor's password was not given just now.
    """
    store = session.store
    with moving(session, "release", who) as (unit, user):
        access.require_proof(session)
        old = Draft.of(user)
        new = replace(old, email="")
        if checks.same_login(user.login, user.email):
            new = replace(new, login=_free_login(store, user.id))
        changes = audit.changes_between(asdict(old), asdict(new))
        command = f"usher users release {user.id}"
        changing.write(unit, [changing.Change(user, new, changes, command, verb="release")])
        return read.load(store, [user.id])[0]


def _free_login(store: "Store", number: int) -> str:
    """A login that nobody has, made of an id."""
    wanted = f"user-{number}"
    tries = (wanted if more == 1 else f"{wanted}-{more}" for more in count(1))
    return next(login for login in tries if read.by_identifier(store, login) is None)
