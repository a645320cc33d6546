"""People who stand somewhere, brought there by the verbs that lead there."""

from collections.abc import Callable

from store import users
from store.models import UserRow
from store.session import Session
from store.users.acts import VERBS
from store.users.status import set_status
from store.values import Status, User

MakeUser = Callable[..., User]


def activate(session: Session, user: User) -> User:
    """They have stored a password of their own."""
    with session.store.write(session) as unit:
        set_status(unit, users.show(session, user.id), Status.ACTIVE)
        UserRow.update(confirmed_at=unit.now).where(UserRow.id == user.id).execute()
    return users.show(session, user.id)


def made(session: Session, make_user: MakeUser, standing: str, **fields: object) -> User:
    """Somebody who stands there, by the verbs that lead there."""
    user = make_user(**fields)
    status, _comma, never = standing.partition(", ")
    if status != "pending" and not never:
        user = activate(session, user)
    way = {"blocked": "block", "inactive": "deactivate", "removed": "remove"}
    if status in way:
        user = VERBS[way[status]](session, user.id)
    return user
