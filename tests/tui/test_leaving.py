"""`x` and `t`: a leaver in one plan, and a hand-over alone."""

from threading import Event
from typing import Any

import pytest

from store import users
from store.database import Store
from store.leaving import batches, plan, standing
from store.leaving.leave import leave
from store.records import transferring
from store.session import Session
from store.values import Status, User
from tests.store.leaving.owning import owned, records
from tests.store.standing import MakeUser, activate
from tests.tui.one_screen import Seat, sit, visit_of
from tui.going_on import GoingOn
from tui.screens.leaving import Leaving
from tui.screens.person import Person
from tui.screens.users import Users

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def people(owner: Session, make_user: MakeUser) -> tuple[User, User, User]:
    ana, rui, eva = (
        activate(owner, make_user(first_name=first, last_name="Silva", login=first.lower()))
        for first in ("Ana", "Rui", "Eva")
    )
    return ana, rui, eva


def asked(seat: Seat) -> str:
    """What the dialog says, as one line."""
    rows = [line.split("│")[1] for line in seat.text.splitlines() if line.count("│") == 2]
    return " ".join(" ".join(rows).split())


def test_who_owns_something_leaves_by_one_plan(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    ana, rui, eva = people(owner, make_user)
    make_user(first_name="Never", last_name="Came", login="never")
    records(store, ana.id, 3)
    records(store, ana.id, 2, "task")

    async def steps(seat: Seat) -> None:
        await seat.press("slash", *"ana", "enter", "x")
        assert "Ana Silva" in seat.text
        assert "‹Deactivate›" in seat.text
        assert "1 code dies" in seat.text
        await seat.press("f2")
        assert "Nobody gets this yet: 3 client, 2 task." in seat.text
        # Somebody who never came is not there to be chosen (S2).
        await seat.press("enter", *"never")
        assert "Nobody is called that" in seat.text
        await seat.press(*["backspace"] * 5, *"rui", "enter")
        assert "Rui Silva" in seat.text
        await seat.press("G", "enter", *"eva", "enter", "ctrl+o")
        assert f"usher users deactivate {ana.id} --transfer-to {rui.id}" in seat.text
        await seat.press("escape", "escape")
        assert "Drop this plan?" in seat.text
        await seat.press("escape", "tab")
        assert "‹Remove›" in seat.text
        await seat.press("tab", "f2")
        assert f"To Rui Silva ({rui.id}): 3 client." in asked(seat)
        assert f"To Eva Silva ({eva.id}): 2 task." in asked(seat)
        await seat.press("r", *"left us", "enter", "y")
        assert "Deactivated: Ana Silva" in seat.text
        assert "5 records handed over" in seat.text

    sit(Users(visit_of(owner)), steps)
    assert users.show(owner, ana.id).status is Status.INACTIVE
    assert owned(store) == {rui.id: 3, eva.id: 2}


def test_a_hand_over_alone_leaves_what_nobody_is_chosen_for(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    ana, rui, _eva = people(owner, make_user)
    records(store, ana.id, 3)
    records(store, ana.id, 2, "task")

    async def steps(seat: Seat) -> None:
        await seat.press("slash", *"rui", "enter", "t")
        assert "Rui Silva owns nothing." in seat.text
        await seat.press("slash", *["backspace"] * 3, *"ana", "enter", "t", "f2")
        assert "The recipient is missing" in seat.text
        await seat.press("enter", *"rui", "enter", "space", "down", "enter", *"rui", "enter", "f2")
        assert f"To Rui Silva ({rui.id}): 3 client." in seat.text
        await seat.press("y")
        assert "Handed over: Ana Silva" in seat.text

    sit(Users(visit_of(owner)), steps)
    assert owned(store) == {ana.id: 2, rui.id: 3}


def test_of_several_those_who_own_something_give_it_all_to_one_or_stay(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    ana, rui, eva = people(owner, make_user)
    records(store, ana.id, 3)

    async def steps(seat: Seat) -> None:
        await seat.press("slash", *"silva", "enter", "space", "space", "x")
        # Ana and Eva are marked, in the order of the list.
        assert "Deactivate 2" in seat.text
        await seat.press("d")
        assert "Who gets the records of 1 person?" in seat.text
        await seat.press("l")
        assert "1 is left as it is: 1 owning records" in asked(seat)
        await seat.press("escape", "x", "d", "t", *"rui", "enter")
        assert asked(seat).startswith("Deactivate 2 people?")
        await seat.press("y", "ctrl+o")
        assert f"--transfer-to {rui.id}" in seat.text

    sit(Users(visit_of(owner)), steps)
    assert owned(store) == {rui.id: 3}
    for one in (ana, eva):
        assert users.show(owner, one.id).status is Status.INACTIVE


def test_what_goes_in_batches_is_watched_or_left_and_what_has_stopped_goes_on_with_another(
    store: Store, owner: Session, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transferring, "AT_ONCE", 10)
    monkeypatch.setattr(batches, "BATCH", 4)
    ana, rui, eva = people(owner, make_user)
    records(store, ana.id, 11)
    leave(owner, "remove", ana.id, rui.id)
    users.block(owner, rui.id)

    async def steps(seat: Seat) -> None:
        assert "0 of 11 records transferred" in seat.text
        assert f"user {rui.id}, as chosen before" in seat.text
        await seat.press("f2", "y")
        assert "is blocked. Only an active" in seat.text
        await seat.press("enter", *"eva", "enter", "f2")
        assert "In batches; it goes on whatever" in asked(seat)
        await seat.press("y")

    found = plan.plan(owner, ana.id)
    assert found.under_way
    done = sit(Leaving(visit_of(owner), found), steps)
    assert (done.verb, done.user.status) == ("remove", Status.REMOVED)
    assert standing.pending(store) == ()
    assert owned(store) == {eva.id: 11}


def test_the_open_program_goes_on_with_what_nobody_else_goes_on_with(
    store: Store, owner: Session, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transferring, "AT_ONCE", 10)
    monkeypatch.setattr(batches, "BATCH", 4)
    done, carry_on = Event(), batches.carry_on

    def told(*given: Any, **how: Any) -> object:
        left = carry_on(*given, **how)
        done.set()
        return left

    monkeypatch.setattr(batches, "carry_on", told)
    ana, rui, _eva = people(owner, make_user)
    records(store, ana.id, 11)
    leave(owner, "deactivate", ana.id, rui.id)
    going_on = GoingOn(store, every=0.01)
    going_on.begin()
    assert done.wait(9)
    going_on.end()
    assert owned(store) == {rui.id: 11}
    assert users.show(owner, ana.id).status is Status.INACTIVE


def test_a_persons_page_and_why_say_that_they_are_leaving_and_x_shows_the_plan(
    store: Store, owner: Session, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transferring, "AT_ONCE", 10)
    ana, rui, _eva = people(owner, make_user)
    records(store, ana.id, 11)
    leave(owner, "deactivate", ana.id, rui.id)

    async def steps(seat: Seat) -> None:
        assert "0 of 11 records transferred." in seat.line("leaving")
        await seat.press("b")
        assert "is being offboarded: 0 of 11 records transferred." in seat.text
        await seat.press("w")
        assert "leaving: 0 of 11 records transferred." in seat.line("status")
        await seat.press("q", "x")
        assert "F2 goes on with it." in seat.text
        await seat.press("f2", "y")
        assert "inactive" in seat.line("status")

    sit(Person(visit_of(owner), users.show(owner, ana.id)), steps)
    assert owned(store) == {rui.id: 11}
