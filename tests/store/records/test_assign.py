"""Chosen records are given to one active user, and the history names them (DESIGN 3.8, S2)."""

import pytest

from store import audit, users
from store.database import Store
from store.errors import NoSuch, NotAllowed, Refused
from store.records import assign as assigning
from store.records import holdings
from store.records.assign import assign
from store.session import Session
from tests.conftest import session_of
from tests.store.records.platform import built, calls, deals
from tests.store.standing import MakeUser, activate, made


def clients(store: Store, owner: int, *refs: str) -> None:
    """Clients of one user."""
    store.insert_many(
        "usher_record",
        [{"kind": "client", "ref": one, "title": "", "state": "", "owner_id": owner}
         for one in refs],
    )  # fmt: skip


def test_what_was_chosen_goes_to_one_and_each_who_had_it_has_an_entry(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    built(store, owner)
    ana, rui, eva = (activate(owner, make_user()).id for _ in range(3))
    with store.write(owner):
        clients(store, ana, "1", "2", "3")
        clients(store, rui, "4")
        clients(store, eva, "5")
        deals(store, ana, 7, 8)
        calls(store, rui, "a")
    done = assign(owner, {"client": ["1", "4", "5", "1"], "deal": ["7"], "call": ["a"]}, eva)
    assert (done.to.id, done.number, done.owners) == (eva, 4, (ana, rui))
    assert holdings.counted(store, [eva]) == {
        "client": {"": 3}, "deal": {"": 1}, "call": {"": 1},
    }  # fmt: skip
    of_rui, of_ana = audit.history(owner)[:2]
    assert (of_ana.verb, of_ana.target, of_ana.changes) == (
        "assign", ana,
        {"owned_by": (ana, eva), "records": (None, [["client", "1"], ["deal", "7"]])},
    )  # fmt: skip
    assert of_ana.command == (
        f"usher records assign client 1 --to {eva} && usher records assign deal 7 --to {eva}"
    )
    assert of_rui.changes["records"] == (None, [["client", "4"], ["call", "a"]])


@pytest.mark.parametrize("standing", ["pending", "blocked", "inactive"])
def test_who_is_not_active_is_given_nothing(
    store: Store, owner: Session, make_user: MakeUser, standing: str
) -> None:
    gone = made(owner, make_user, standing)
    with store.write(owner):
        clients(store, owner.user or 0, "1")
    with pytest.raises(Refused) as refused:
        assign(owner, {"client": ["1"]}, gone.id)
    assert refused.value.name == "not_selectable"
    assert holdings.number_of(store, gone.id) == {}


def test_nothing_goes_where_anything_is_against_it(
    store: Store, owner: Session, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, rui, boss = (activate(owner, make_user()) for _ in range(3))
    users.edit(owner, boss.id, {"admin": True})
    with store.write(owner):
        clients(store, ana.id, "1", "2")
        clients(store, owner.user or 0, "3")
    with pytest.raises(NoSuch, match="client 9"):
        assign(owner, {"client": ["1", "9"]}, rui.id)
    with pytest.raises(Refused) as same:
        assign(owner, {"client": ["1", "2"]}, ana.id)
    assert same.value.name == "same_person"
    # What the owner of the account has is the owner's to give (DESIGN 3.6).
    with pytest.raises(NotAllowed):
        assign(session_of(store, boss), {"client": ["1", "3"]}, rui.id)
    monkeypatch.setattr(assigning, "MOST", 1)
    with pytest.raises(Refused) as many:
        assign(owner, {"client": ["1", "2"]}, rui.id)
    assert many.value.name == "records_too_many"
    assert holdings.number_of(store, rui.id) == {}
    assert holdings.number_of(store, ana.id) == {"client": 2}


def test_of_more_than_can_be_named_the_history_has_the_number(
    store: Store, owner: Session, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, rui = (activate(owner, make_user()).id for _ in range(2))
    with store.write(owner):
        clients(store, ana, "1", "2")
    monkeypatch.setattr(assigning, "NAMED", 1)
    assign(owner, {"client": ["1", "2"]}, rui)
    assert audit.history(owner)[0].changes == {"owned_by": (ana, rui), "number": (None, 2)}


def test_a_row_that_names_nobody_can_be_put_right(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    built(store, owner)
    rui = activate(owner, make_user()).id
    with store.write(owner):
        calls(store, 4711, "a")
    assign(owner, {"call": ["a"]}, rui)
    assert holdings.number_of(store, rui) == {"call": 1}
