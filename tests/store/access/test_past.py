"""What everybody held at a moment: the same as what was seen then (DESIGN 5, `access at`)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from store import users
from store.access import explaining, past
from store.database import Store
from store.errors import NotAllowed, Refused
from store.session import Session
from store.values import Past, Right, Status, User
from tests.conftest import FakeClock, session_of
from tests.store.standing import MakeUser, activate

Seen = dict[int, tuple[Status, str, tuple[Right, ...] | None]]


def seen(session: Session, people: list[User]) -> Seen:
    """What the screens would have shown of them."""
    found: Seen = {}
    for person in people:
        rights = explaining.show(session, person.id)
        held = tuple(right for right in rights.permissions if right.allowed)
        found[person.id] = (rights.user.status, rights.user.role, held)
    return found


def remembered(people: list[Past]) -> Seen:
    return {one.user: (one.status, one.role, one.permissions) for one in people if one.status}


def test_each_moment_is_found_again_whatever_came_after(
    store: Store, owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    ana, rui, eva = activate(owner, make_user()), make_user(role="Support"), make_user()
    people = [users.show(owner, owner.user or 0), ana, rui, eva]
    deeds: tuple[Callable[[], object], ...] = (
        lambda: users.edit(owner, rui.id, {"role": "Manager"}),
        lambda: users.block(owner, ana.id),
        lambda: users.edit(owner, eva.id, {"admin": True}),
        lambda: users.unblock(owner, ana.id),
        lambda: users.deactivate(owner, rui.id),
        lambda: users.edit(owner, eva.id, {"admin": False, "role": "Read only"}),
        lambda: users.restore(owner, rui.id),
    )
    moments = [(clock(), seen(owner, people))]
    for deed in deeds:
        clock.forward(hours=1)
        owner.proof.at = clock()
        deed()
        moments.append((clock(), seen(owner, people)))
    for moment, was in moments:
        assert remembered(list(past.at(owner, moment))) == was


def test_whoever_was_not_there_yet_is_left_out(
    owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    before = clock()
    clock.forward(minutes=1)
    make_user()
    assert [one.user for one in past.at(owner, before)] == [owner.user]


def test_of_somebody_removed_since_all_is_erased(
    owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    user, before = make_user(), clock()
    clock.forward(minutes=1)
    users.remove(owner, user.id)
    was = {one.user: one for one in past.at(owner, before)}[user.id]
    assert (was.login, was.status, was.permissions) == (f"#{user.id}", None, None)
    clock.forward(minutes=1)
    now = {one.user: one for one in past.at(owner, clock())}[user.id]
    assert (now.status, now.permissions) == (Status.REMOVED, ())


def test_it_is_asked_of_some_or_of_all_by_whoever_sees_the_history(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    some = [make_user() for _ in range(3)][:2]
    asked = [one.user for one in past.at(owner, store.now(), [one.login for one in some])]
    assert asked == [one.id for one in some]
    standard = session_of(store, activate(owner, make_user()))
    with pytest.raises(NotAllowed):
        past.at(standard, store.now())


def test_what_has_yet_to_come_nobody_knows(store: Store, owner: Session) -> None:
    with pytest.raises(Refused, match="is in the future"):
        past.at(owner, store.now() + timedelta(seconds=1))
