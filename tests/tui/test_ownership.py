"""The screen of whose the account is, by keys: given away, declared absent, kept, claimed."""

import pytest

from store import users
from store.database import Store
from store.ownership import owner as ownership
from store.ownership.absence import declare_absent
from store.ownership.transferring import transfer
from store.session import Session
from store.values import Status
from tests.conftest import PASSWORD, FakeClock, session_of
from tests.store.ownership.conftest import GIVEN, admin_named
from tests.store.standing import MakeUser
from tests.store.test_storing import code_of_letter
from tests.tui.driving import drive, settled
from tests.tui.one_screen import Seat, sit, visit_of
from tui.app import Usher
from tui.screens.have_code import HaveCode
from tui.screens.ownership import Ownership
from tui.screens.users import Users

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def anna(owner: Session, make_user: MakeUser) -> Session:
    return session_of(owner.store, admin_named(owner, make_user, "anna"))


def test_the_owner_gives_the_account_away_and_is_an_admin_from_then_on(
    owner: Session, anna: Session, clock: FakeClock
) -> None:
    clock.forward(minutes=6)

    async def steps(seat: Seat) -> None:
        await seat.press("o")
        assert "owner            Olga Bakum (1), olga" in seat.text
        assert "Olga Bakum is not absent" in seat.text
        await seat.press("a")
        assert "You are the owner" in seat.text
        await seat.press("t")
        assert "Who is to own the account?" in seat.text and "Anna Silva 1 (2)" in seat.text
        await seat.press("enter")
        await seat.type("acme")
        await seat.press("f2")
        assert "is not the name of this account" in seat.text
        await seat.press("ctrl+u")
        await seat.type("Acme")
        await seat.press("ctrl+o")
        assert "usher owner transfer 2 --account Acme" in seat.text
        await seat.press("escape", "f2")
        assert "Give Acme to Anna Silva 1?" in seat.text
        await seat.press("enter")
        assert ownership.show(owner).login == "olga"
        await seat.press("f2", "y")
        assert "Your password, once more" in seat.text
        await seat.type(PASSWORD)
        await seat.press("enter")
        assert "✓ Anna Silva 1 owns the account now." in seat.text
        assert "olga  admin" in seat.line("Ownership") and "t give away" not in seat.text
        await seat.press("q")
        assert "olga  admin" in seat.line("People")

    sit(Users(visit_of(owner)), steps)
    assert ownership.show(owner).login == "anna"


def test_an_admin_declares_the_owner_absent_takes_it_back_and_claims_in_the_end(
    store: Store, owner: Session, anna: Session, clock: FakeClock
) -> None:
    async def steps(seat: Seat) -> None:
        assert "t give away" not in seat.text and "c claim" in seat.text
        await seat.press("t")
        assert "Only the owner can transfer ownership" in seat.text
        await seat.press("c")
        assert "is not absent" in seat.line("▲")
        await seat.press("r")
        assert "there is nothing to take back" in seat.text
        await seat.press("a")
        assert "Declare Olga Bakum absent?" in seat.text
        assert "5 Mar 2026 12:00" in seat.text
        await seat.press("y")
        assert "The reason is missing" in seat.text
        for _time in range(2):
            await seat.press("a", "r")
            await seat.type("moved away")
            await seat.press("enter", "enter")
            assert "✓ Olga Bakum is declared absent." in seat.text
            assert "reason           moved away" in seat.text
            if not _time:
                await seat.press("a")
                assert "anna already declared the owner absent on" in seat.text
                await seat.press("r", "y")
                assert "✓ Olga Bakum is not declared absent." in seat.text
        clock.forward(hours=72)
        await seat.press("c")
        await seat.type("Acme")
        await seat.press("tab", "space", "f2")
        assert "Make Acme yours?" in seat.text
        await seat.press("y")
        await seat.type(GIVEN)
        await seat.press("enter")
        assert "✓ Anna Silva 1 owns the account now." in seat.text
        assert "anna  owner" in seat.line("Ownership") and "t give away" in seat.text

    sit(Ownership(visit_of(anna)), steps)
    assert users.show(anna, "olga").status is Status.INACTIVE


def test_who_was_given_the_account_while_signed_in_is_its_owner_from_this_screen_on(
    owner: Session, anna: Session
) -> None:
    visit = visit_of(anna)
    transfer(owner, "anna", "Acme")

    async def steps(seat: Seat) -> None:
        assert "anna  admin" in seat.line("People")
        await seat.press("o")
        assert "anna  owner" in seat.line("Ownership") and "t give away" in seat.text
        await seat.press("q")
        assert "anna  owner" in seat.line("People")

    sit(Users(visit), steps)


def test_without_another_admin_there_is_nobody_to_give_it_to(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("t")
        assert "There is no other active admin" in seat.text

    sit(Ownership(visit_of(owner)), steps)


def test_the_code_of_the_letter_takes_it_back_before_anybody_signs_in(
    store: Store, owner: Session, anna: Session
) -> None:
    declare_absent(anna.because("moved away"))
    code = code_of_letter(store, "absence")

    async def steps(seat: Seat) -> None:
        await seat.type(code)
        await seat.press("f2")

    assert sit(HaveCode(store), steps).sentence == "It is taken back: you are not absent."
    assert ownership.show(anna).absence is None


def test_an_owner_who_comes_back_is_told_what_was_said_of_them(
    store: Store, owner: Session, anna: Session
) -> None:
    declare_absent(anna.because("moved away"))

    async def steps(seat: Seat) -> None:
        await seat.fill("olga")
        await seat.type(PASSWORD)
        await seat.press("enter")
        await settled(seat.pilot)
        assert "You were declared absent on 2 Mar 2026 12:00 by anna; your sign-in" in seat.text

    drive(Usher(store), lambda pilot: steps(Seat(pilot)))
