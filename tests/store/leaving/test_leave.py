"""Somebody goes, and what they own goes to others with it (S0, S4, DESIGN 3.1, 3.8)."""

import pytest

from store import audit, users
from store.database import Store
from store.errors import NotAllowed, NotFound, PasswordNeeded, Refused
from store.leaving.leave import leave
from store.leaving.plan import foresee, plan
from store.models import Override
from store.records.transferring import transfer
from store.session import Proof, Session
from store.users import many
from store.users.owning import OwnsRecords
from store.values import Status
from tests.conftest import NOON, session_of
from tests.store.leaving.owning import active, owned, records, sound
from tests.store.records.platform import built, deals
from tests.store.standing import MakeUser, made


@pytest.mark.parametrize("verb", ["deactivate", "remove"])
def test_nobody_goes_while_they_own_something_that_nobody_is_named_for(
    store: Store, owner: Session, make_user: MakeUser, verb: str
) -> None:
    ana, eva = active(owner, make_user, 2)
    records(store, ana, 3)
    records(store, ana, 2, "task")
    with pytest.raises(OwnsRecords, match=r"owns 5 records \(3 client, 2 task\)") as refusal:
        leave(owner, verb, ana)
    assert refusal.value.name == "owns_records"
    assert refusal.value.data["records"] == {"client": 3, "task": 2}
    with pytest.raises(OwnsRecords, match=r"owns 2 records \(2 task\)"):
        leave(owner, verb, ana, kinds={"client": eva})
    with pytest.raises(OwnsRecords):
        getattr(users, verb)(owner, ana)
    assert users.show(owner, ana).status is Status.ACTIVE
    assert owned(store) == {ana: 5}


def test_one_goes_with_all_they_own_in_one_entry_with_the_command_that_does_it(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    built(store, owner)
    ana, rui, eva = active(owner, make_user, 3)
    records(store, ana, 3)
    with store.read():
        deals(store, ana, 1, 2)
    seen = plan(owner, ana)
    assert (seen.owned, seen.against["deactivate"]) == ({"client": 3, "deal": 2}, "")
    before = foresee(owner, "deactivate", ana, rui, {"deal": eva})
    left = leave(owner, "deactivate", ana, rui, {"deal": eva})
    assert before == left
    assert left.handed.goes == {"client": 3, "deal": 2}
    assert users.show(owner, ana).status is Status.INACTIVE
    assert owned(store) == {rui: 3}
    assert plan(owner, eva).owned == {"deal": 2}
    entry = audit.history(owner, ana)[0]
    assert entry.verb == "deactivate"
    assert entry.changes["records.client"] == (3, 0)
    assert entry.changes["to"] == (None, [rui, eva])
    assert entry.command == (f"usher users deactivate {ana} --transfer-to {rui} --kind deal={eva}")
    sound(store, 3)


def test_of_somebody_who_is_removed_the_history_still_tells_where_it_went(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    ana, rui = active(owner, make_user, 2)
    records(store, ana, 3)
    leave(owner, "remove", ana, rui)
    assert owned(store) == {rui: 3}
    newest = audit.history(owner)[0]
    assert (newest.verb, newest.target) == ("remove", ana)
    assert newest.changes["records.client"] == (3, 0)
    assert newest.changes["to"] == (None, [rui])
    sound(store, 3)


@pytest.mark.parametrize("standing", ["pending", "blocked", "inactive", "removed", "self"])
def test_only_somebody_else_who_is_active_can_be_given_anything(
    store: Store, owner: Session, make_user: MakeUser, standing: str
) -> None:
    """S2, CHECKLIST G53."""
    (ana,) = active(owner, make_user, 1)
    heir = ana if standing == "self" else made(owner, make_user, standing).id
    records(store, ana, 3)
    for act in (
        lambda: transfer(owner, ana, heir),
        lambda: leave(owner, "deactivate", ana, heir),
        lambda: leave(owner, "remove", ana, owner.user, {"client": heir}),
    ):
        with pytest.raises((Refused, NotFound)):
            act()
    assert owned(store) == {ana: 3}
    assert users.show(owner, ana).status is Status.ACTIVE


def test_a_hand_over_alone_moves_what_is_named_and_asks_for_the_right_and_the_password(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    ana, rui = active(owner, make_user, 2)
    eva = session_of(store, made(owner, make_user, "active", admin=True))
    records(store, ana, 3)
    records(store, ana, 2, "task")
    done = transfer(eva, ana, kinds={"task": rui})
    assert (done.goes, owned(store)) == ({"task": 2}, {ana: 3, rui: 2})
    entry = audit.history(owner, ana)[0]
    assert (entry.verb, entry.changes["records.task"]) == ("transfer", (2, 0))
    assert entry.command == f"usher records transfer --from {ana} --kind task={rui}"
    for named in ({}, {"task": rui}):
        with pytest.raises(Refused):
            transfer(eva, ana, kinds=named)
    eva.proof.at = None
    with pytest.raises(PasswordNeeded):
        transfer(eva, ana, rui)
    eva.proof.at = Proof(NOON).at
    with store.write(owner):
        Override.create(user=eva.user, permission="users.transfer", allowed=False, at=NOON)
    for act in (lambda: transfer(eva, ana, rui), lambda: leave(eva, "deactivate", ana, rui)):
        with pytest.raises(NotAllowed, match=r"users\.transfer"):
            act()
    sound(store, 5)


def test_of_many_those_who_own_something_are_refused_by_themselves_unless_one_is_named_for_all(
    store: Store, owner: Session, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, rui, eva, ivo = active(owner, make_user, 4)
    records(store, ana, 3)
    whom = [ana, rui, eva]
    foreseen = many.foresee(owner, "deactivate", whom)
    monkeypatch.setattr(many, "REHEARSED", 2)
    counted = many.foresee(owner, "deactivate", whom)
    assert foreseen.refused == counted.refused
    assert (foreseen.done, counted.done, counted.counted) == (2, 2, True)
    first = many.act(owner, "deactivate", whom)
    assert [one.outcome for one in first] == ["owns_records", "deactivated", "deactivated"]
    second = many.act(owner, "deactivate", [ana, ivo], (ivo, {}))
    assert [one.outcome for one in second] == ["deactivated", "same_person"]
    assert second[0].message == "1 code died, 3 records handed over"
    assert owned(store) == {ivo: 3}
