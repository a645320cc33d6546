"""Confirming a user, so that they may come in (S0 "Confirm user", DESIGN 3.2 gate 6)."""

from typing import TYPE_CHECKING

from store.models import UserRow
from store.users import read
from store.users.moving import moving
from store.values import User

if TYPE_CHECKING:
    from store.session import Session


def confirm(session: "Session", who: int | str) -> User:
    """Let somebody come in whom no letter has confirmed, whatever their status.

    Raises:
        Impossible: they are confirmed already.
        NotAllowed: the actor may not confirm this person.
        NotFound: nobody, or nobody whom the actor may see.
    """
    with moving(session, "confirm", who) as (unit, user):
        UserRow.update(confirmed_at=unit.now, version=UserRow.version + 1).where(
            UserRow.id == user.id
        ).execute()
        changes = {"confirmed": (False, True)}
        unit.record("confirm", user.id, changes, f"usher users confirm {user.id}")
        return read.load(session.store, [user.id])[0]
