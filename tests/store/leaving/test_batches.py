"""A big hand-over: the person is shut out first, the rest goes on whatever interrupts it."""

from collections.abc import Callable

import pytest

from store import audit, signin, users
from store.database import Store, Unit
from store.errors import Refused, SessionEnded
from store.leaving import batches, standing
from store.leaving.leave import leave
from store.leaving.plan import foresee, plan
from store.leaving.standing import IsLeaving
from store.models import SessionRow
from store.records import holdings, transferring
from store.records.transferring import transfer
from store.session import Session, operator_session
from store.signin import sessions
from store.upkeep.maintain import maintain
from store.users.acts import do
from store.users.owning import OwnsRecords
from store.values import HandOver, Heirs, Status
from tests.conftest import session_of
from tests.store.leaving.owning import active, owned, records, sound
from tests.store.standing import MakeUser, made


class Killed(BaseException):
    """As if the process were gone: nothing in between catches it."""


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transferring, "AT_ONCE", 10)
    monkeypatch.setattr(transferring, "REHEARSED", 5)
    monkeypatch.setattr(batches, "BATCH", 4)
    monkeypatch.setattr(batches, "PAUSE_SECONDS", 0)


def test_who_owns_much_is_shut_out_at_once_and_goes_with_the_last_batch(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    ana, rui, eva = active(owner, make_user, 3)
    records(store, ana, 9)
    records(store, ana, 5, "task")
    foreseen = foresee(owner, "deactivate", ana, rui, {"task": eva})
    assert standing.pending(store) == ()
    left = leave(owner.because("left us"), "deactivate", ana, rui, {"task": eva})
    assert left.done == foreseen.done  # type: ignore[union-attr]
    assert left.handed.goes == {"client": 9, "task": 5}
    assert (left.done.verb, users.show(owner, ana).status) == ("leaving", Status.BLOCKED)
    assert owned(store) == {ana: 14}
    with pytest.raises(Refused):
        transfer(owner, rui, ana)
    told = []
    assert batches.carry_on(store, progress=lambda one: told.append(one.moved)) == ()
    assert told == [0, 4, 8, 12]
    assert owned(store) == {rui: 9, eva: 5}
    assert users.show(owner, ana).status is Status.INACTIVE
    last, *middle, first, _made = audit.history(owner, ana)[:7]
    assert (first.verb, first.changes["leaving"]) == ("leave", (None, "deactivate"))
    assert (last.verb, last.changes["records"]) == ("deactivate", (14, 0))
    assert {entry.verb for entry in middle} == {"transfer"}
    assert {entry.actor for entry in (last, *middle)} == {"olga"}
    assert {entry.reason for entry in (last, *middle)} == {"left us"}
    # Nobody had blocked them: restoring says nothing of a block.
    restored = do(owner, "restore", ana)
    assert "block" not in restored.changes
    sound(store, 14)


def test_while_somebody_is_leaving_nothing_else_moves_them(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    ana, rui = active(owner, make_user, 2)
    records(store, ana, 11)
    leave(owner, "remove", ana, rui)
    for verb in ("unblock", "restore", "deactivate", "remove", "block", "revoke"):
        with pytest.raises(IsLeaving, match="is being offboarded: 0 of 11 records transferred"):
            do(owner, verb, ana)
    with pytest.raises(IsLeaving):
        transfer(owner, ana, rui)
    under_way = plan(owner, ana).under_way
    assert under_way is not None
    assert (under_way.verb, under_way.heirs) == ("remove", Heirs(rui))
    # The same command, without saying it all again.
    leave(owner, "remove", ana)
    assert batches.carry_on(store, ana) == ()
    with store.read():
        assert store.sql("SELECT status FROM usher_user WHERE id = ?", ana) == [("removed",)]
    sound(store, 11)


@pytest.mark.parametrize("verb", ["deactivate", "remove", "transfer"])
def test_killed_in_and_after_every_batch_it_goes_on_and_each_record_has_one_owner(
    store: Store,
    owner: Session,
    make_user: MakeUser,
    monkeypatch: pytest.MonkeyPatch,
    verb: str,
) -> None:
    ana, rui = active(owner, make_user, 2)
    records(store, ana, 17)
    batch, calls = batches._batch, []

    def killed(store: Store, seen: HandOver) -> None:
        """Before its commit every other time, else after it."""
        calls.append(1)
        if len(calls) % 2:
            with store.write(owner):
                batch(store, seen)
                raise Killed
        batch(store, seen)
        raise Killed

    if verb == "transfer":
        transfer(owner, ana, rui)
    else:
        leave(owner, verb, ana, rui)
    monkeypatch.setattr(batches, "_batch", killed)
    while standing.pending(store):
        with pytest.raises(Killed):
            maintain(store)
        assert sum(owned(store).values()) == 17
    assert (len(calls), owned(store)) == (10, {rui: 17})
    expected = {"transfer": "active", "deactivate": "inactive", "remove": "removed"}[verb]
    with store.read():
        assert store.sql("SELECT status FROM usher_user WHERE id = ?", ana) == [(expected,)]
    sound(store, 17)


def test_where_the_heir_is_gone_it_stops_and_the_same_command_with_another_goes_on(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    ana, rui, eva = active(owner, make_user, 3)
    records(store, ana, 11)
    leave(owner, "deactivate", ana, rui)
    batches.carry_on(store, cancelled=_after(1))
    users.block(owner, rui)
    (left,) = batches.carry_on(store)
    assert "is blocked. Only an active user" in left.stopped
    assert (left.moved, left.total) == (4, 11)
    with pytest.raises(IsLeaving, match=r"4 of 11 records transferred\. It has stopped: "):
        users.unblock(owner, ana)
    with pytest.raises(Refused, match="is blocked"):
        leave(owner, "deactivate", ana)
    leave(owner, "deactivate", ana, eva)
    assert batches.carry_on(store) == ()
    assert owned(store) == {rui: 4, eva: 7}
    sound(store, 11)


def test_the_rest_of_a_hand_over_alone_goes_to_nobody_who_is_not_active_any_more(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    ana, rui, eva = active(owner, make_user, 3)
    records(store, ana, 11)
    transfer(owner, ana, rui)
    batches.carry_on(store, cancelled=_after(1))
    users.block(owner, rui)
    with pytest.raises(Refused, match="is blocked"):
        transfer(owner, ana)
    with pytest.raises(OwnsRecords):
        leave(owner, "deactivate", ana)
    assert owned(store) == {rui: 4, ana: 7}
    # Who leaves after all takes the hand-over with them: to somebody else, and at once.
    leave(owner, "deactivate", ana, eva)
    assert (standing.pending(store), owned(store)) == ((), {rui: 4, eva: 7})


def test_what_comes_to_somebody_meanwhile_and_nobody_is_named_for_stops_it_too(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    ana, rui = active(owner, make_user, 2)
    records(store, ana, 11)
    leave(owner, "deactivate", ana, kinds={"client": rui})
    # The platform itself, which asks nobody.
    records(store, ana, 1, "task")
    (left,) = batches.carry_on(store)
    assert "owns 1 record (1 task)" in left.stopped
    leave(owner, "deactivate", ana, rui)
    assert batches.carry_on(store) == ()
    assert owned(store) == {rui: 12}
    sound(store, 12)


def test_whoever_began_it_may_be_gone_and_the_operator_may_have_begun_it(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    ana, rui, ivo = active(owner, make_user, 3)
    eva = session_of(store, made(owner, make_user, "active", admin=True))
    records(store, ana, 11)
    records(store, ivo, 11, start=20)
    leave(eva, "deactivate", ana, rui)
    leave(operator_session(store), "remove", ivo, rui)
    users.remove(owner, eva.user or 0)
    assert batches.carry_on(store) == ()
    assert audit.history(owner, ana)[0].actor == f"removed user #{eva.user}"
    assert audit.history(owner)[0].actor == operator_session(store).name
    sound(store, 22)


def test_who_is_shut_out_has_no_session_from_the_very_beginning(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    (rui,) = active(owner, make_user, 1)
    ana = session_of(store, made(owner, make_user, "active"))
    with store.write(owner) as unit:
        row = SessionRow.create(
            user=ana.user, door=ana.door, origin="", address="", started=unit.now, seen=unit.now
        )
    records(store, ana.user or 0, 11)
    left = leave(owner, "deactivate", ana.user or 0, rui)
    assert left.done.ended.sessions == 1
    assert sessions.sessions_of(owner, ana.user or 0) == ()
    assert row.id
    with pytest.raises(SessionEnded):
        users.show(ana, rui)
    assert not signin.why(owner, ana.user or 0).can_sign_in


def _after(number: int) -> Callable[[], bool]:
    """Stops it after so many batches."""
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > number

    return cancelled


def test_two_who_go_on_with_the_same_hand_over_move_nothing_twice(
    store: Store, owner: Session, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, rui = active(owner, make_user, 2)
    records(store, ana, 17)
    leave(owner, "deactivate", ana, rui)
    move, inside = holdings.move, []

    def interrupted(unit: Unit, user: int, heirs: Heirs, most: int | None = None) -> dict[str, int]:
        gone = move(unit, user, heirs, most)
        inside.append(sum(gone.values()))
        return gone

    monkeypatch.setattr(holdings, "move", interrupted)

    def another(_one: object) -> None:
        # It comes between what the first has seen and its next batch.
        if len(inside) < 2:
            batches.carry_on(store, cancelled=_after(1))

    assert batches.carry_on(store, progress=another) == ()
    assert sum(inside) == 17
    assert owned(store) == {rui: 17}
    sound(store, 17)
