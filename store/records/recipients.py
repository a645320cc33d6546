"""Who may be given what others own: active users alone, whatever runs at the same time (S2)."""

from typing import TYPE_CHECKING

from store.errors import Refused
from store.users import read
from store.values import Heirs, Holder, Status, User, status_word
from store.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.database import Store
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


def again(store: "Store", owner: int, heirs: Heirs) -> None:
    """See that they may still be given it, in the next transaction of a long hand-over.

    Whoever began it may be gone by now: what they were allowed to begin goes on without them.

    Raises:
        Refused: one of them is not active any more.
    """
    people = {one.id: one for one in read.load(store, sorted(heirs.people), to_change=True)}
    for number in sorted(heirs.people):
        if number not in people:
            sentence = _("User {id} is removed. Choose another recipient.")
            raise Refused(sentence.format(id=number), code="not_selectable", user=number)
        _check(people[number], owner)


def heir(session: "Session", to: int | str) -> User:
    """Whoever is to get something, whosever it was; read to be changed, as by `chosen`.

    Raises:
        NotFound: nobody, or nobody whom the actor may see.
        Refused: they are not active.
    """
    user = read.show(session, to, to_change=True)
    _check_active(user)
    return user


def same_person(user: User) -> Refused:
    """The refusal where somebody has it already."""
    sentence = _("{name} (user {id}) owns the records already. Choose another recipient.")
    return Refused(
        sentence.format(name=user.full_name, id=user.id), code="same_person", user=user.id
    )


def why_not(user: User | Holder) -> str:
    """The sentence of the refusal where somebody is not active."""
    sentence = _(
        "{name} (user {id}) is {status}. Only an active user can own records. Choose another user."
    )
    name = user.full_name if isinstance(user, User) else user.name
    return sentence.format(name=name, id=user.id, status=status_word(user.status))


def selectable(user: User | Holder) -> bool:
    """Whether somebody may own anything (S2)."""
    return user.status is Status.ACTIVE


def _selectable(session: "Session", owner: User, who: int | str) -> int:
    user = read.show(session, who, to_change=True)
    _check(user, owner.id)
    return user.id


def _check(user: User, owner: int) -> None:
    if user.id == owner:
        raise same_person(user)
    _check_active(user)


def _check_active(user: User) -> None:
    if not selectable(user):
        raise Refused(why_not(user), code="not_selectable", user=user.id, status=user.status)
