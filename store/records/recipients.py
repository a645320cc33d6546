"""Who may be given what others own: active users alone, whatever runs at the same time (S2)."""

from typing import TYPE_CHECKING

from store.errors import Refused
from store.users import read
from store.values import Heirs, Holder, Status, User
from store.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.session import Session


def chosen(
    session: "Session",
    owner: User,
    to: int | str | None,
    kinds: "Mapping[str, int | str] | None" = None,
) -> Heirs:
    """The heirs of somebody, read to be changed, so that none of them is shut out meanwhile.

    Raises:
        NotFound: nobody, or nobody whom the actor may see.
        Refused: one of them is not active, or is the very person.
    """
    return Heirs(
        None if to is None else _selectable(session, owner, to),
        {kind: _selectable(session, owner, who) for kind, who in (kinds or {}).items()},
    )


def again(session: "Session", owner: User, heirs: Heirs) -> None:
    """See that they may still be given it, in the next transaction of a long hand-over.

    Raises:
        NotFound, Refused: as of `chosen`.
    """
    for number in sorted(heirs.people):
        _selectable(session, owner, number)


def heir(session: "Session", to: int | str) -> User:
    """Whoever is to get something, whosever it was; read to be changed, as by `chosen`.

    Raises:
        NotFound: nobody, or nobody whom the actor may see.
        Refused: they are not active.
    """
    user = read.show(session, to, to_change=True)
    if not selectable(user):
        raise Refused(why_not(user), code="not_selectable", user=user.id, status=user.status)
    return user


def same_person(user: User) -> Refused:
    """The refusal where somebody has it already."""
    sentence = _("{name} owns it already. Choose somebody else.")
    return Refused(sentence.format(name=user.full_name), code="same_person", user=user.id)


def why_not(user: User | Holder) -> str:
    """The sentence of the refusal where somebody is not active."""
    sentence = _("{name} (user {id}) is {status}. Only who is active can be given anything.")
    name = user.full_name if isinstance(user, User) else user.name
    return sentence.format(name=name, id=user.id, status=_(str(user.status)))


def selectable(user: User | Holder) -> bool:
    """Whether somebody may own anything (S2)."""
    return user.status is Status.ACTIVE


def _selectable(session: "Session", owner: User, who: int | str) -> int:
    user = heir(session, who)
    if user.id == owner.id:
        raise same_person(user)
    return user.id
