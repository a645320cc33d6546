"""Forgotten password and the code of the letter, at the sign-in (DESIGN 3.4, CHECKLIST C27)."""

import pytest

from store import signin, users
from store.database import Store
from store.invitations import sending
from store.invitations.addresses import addresses
from store.session import Session
from store.signin import SignedIn
from store.values import Door, Origin
from tests.store.test_storing import code_of_letter, letters
from tests.tui.one_screen import Seat, sit
from tui.screens.forgotten import Forgotten
from tui.screens.have_code import HaveCode
from tui.screens.sign_in import SignIn

NEW = "seven quiet herons"
REFUSED = "▲ The code is not accepted"


async def give_code(seat: Seat, store: Store, kind: str) -> None:
    """Only the code is asked for until it has said what belongs to it."""
    assert "and again" not in seat.text
    await seat.type(code_of_letter(store, kind))
    await seat.press("f2")


def test_an_invitation_asks_for_names_and_a_password(owner: Session, store: Store) -> None:
    """S3."""
    sending.send(owner, addresses("Lesia Shevchuk <lesia@acme.com.ua>"))

    async def steps(seat: Seat) -> None:
        await seat.press("up", "enter")
        await give_code(seat, store, "invitation")
        assert "You are invited as lesia@acme.com.ua." in seat.text
        assert (seat.field("last name"), seat.here) == ("Shevchuk", "new password")
        await seat.fill(NEW, "other")
        await seat.press("f2")
        assert "▲ The two are not the same." in seat.text
        await seat.press("ctrl+u", *NEW, "enter")
        assert "✓ Welcome. Sign in with your password." in seat.text
        assert (seat.field("login"), seat.here) == ("lesia@acme.com.ua", "password")
        await seat.type(NEW)
        await seat.press("enter")

    assert isinstance(sit(SignIn(store, "Acme"), steps), SignedIn)
    assert users.show(owner, "lesia@acme.com.ua").full_name == "Lesia Shevchuk"


def test_the_code_of_an_address_confirms_it_at_once(owner: Session, store: Store) -> None:
    """S4, DESIGN 3.9: there is nothing to be asked."""
    signin.send_confirmation(owner, owner.user or 0)

    async def steps(seat: Seat) -> None:
        await give_code(seat, store, "confirmation")

    redeemed = sit(HaveCode(store), steps)
    assert redeemed.sentence == "Your address is confirmed: olga@acme.com.ua"
    assert users.show(owner, owner.user or 0).email_confirmed


def test_another_code_is_looked_at_anew(owner: Session, store: Store) -> None:
    signin.forgot(store, "olga@acme.com.ua", Origin())

    async def steps(seat: Seat) -> None:
        await give_code(seat, store, "reset")
        assert "and again" in seat.text
        await seat.press("shift+tab", "x")
        assert "and again" not in seat.text
        await seat.press("f2")
        assert REFUSED in seat.text

    sit(HaveCode(store), steps)


def test_from_the_sign_in_to_a_new_password_and_in(owner: Session, store: Store) -> None:
    async def steps(seat: Seat) -> None:
        await seat.type("olga@acme.com.ua")
        await seat.press("up", "up", "enter")
        assert isinstance(seat.app.screen, Forgotten)
        assert seat.field("e-mail") == "olga@acme.com.ua"
        await seat.press("f2")
        assert isinstance(seat.app.screen, HaveCode)
        await give_code(seat, store, "reset")
        assert "Choose a new password for olga." in seat.text
        assert "first name" not in seat.text
        await seat.fill(NEW)
        await seat.type(NEW)
        await seat.press("enter")
        assert "✓ Your new password is set. Sign in with it." in seat.text
        assert (seat.field("login"), seat.here) == ("olga", "password")
        await seat.type(NEW)
        await seat.press("enter")

    result = sit(SignIn(store, "Acme"), steps)
    assert isinstance(result, SignedIn)
    assert not result.must_change_password


@pytest.mark.parametrize("address", ["olga@acme.com.ua", "ogla@acme.com.ua", "no address"])
def test_the_answer_is_the_same_whoever_has_the_address(
    owner: Session, store: Store, address: str
) -> None:
    """CHECKLIST C27."""

    async def steps(seat: Seat) -> None:
        await seat.press("up", "up", "enter")
        await seat.type(address)
        await seat.press("enter", "enter")
        assert "If somebody here has that address, a letter comes to it." in seat.text
        assert "▲" not in seat.text

    sit(SignIn(store, "Acme"), steps)
    assert letters(store, "reset") == ["olga@acme.com.ua"] * (address == "olga@acme.com.ua")


def test_a_code_that_opens_nothing_is_refused_at_its_field(owner: Session, store: Store) -> None:
    async def steps(seat: Seat) -> None:
        await seat.fill("abc")
        await seat.press("f2")
        assert REFUSED in seat.text
        assert "and again" not in seat.text
        assert seat.here == "code"
        await seat.press("x")
        assert REFUSED not in seat.text

    sit(HaveCode(store), steps)


def test_a_password_that_cannot_be_taken_leaves_the_code_good(owner: Session, store: Store) -> None:
    signin.forgot(store, "olga@acme.com.ua", Origin())

    async def steps(seat: Seat) -> None:
        await give_code(seat, store, "reset")
        await seat.fill("short", "other")
        await seat.press("f2")
        assert "▲ The two are not the same." in seat.text
        await seat.press("ctrl+u", *"short", "f2")
        assert "▲ The password has" in seat.text
        for _field in range(2):
            await seat.press("ctrl+u")
            await seat.fill(NEW)
        await seat.press("f2")

    assert sit(HaveCode(store), steps).user.login == "olga"
    assert signin.sign_in(store, "olga", NEW, Door.USHER, Origin())


def test_i_have_a_code_and_back(owner: Session, store: Store) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("up", "enter")
        assert "Give the code of the letter, whatever it is for." in seat.text
        await seat.type("abc")
        await seat.press("escape", "y")
        assert "Acme · Sign in" in seat.text

    sit(SignIn(store, "Acme"), steps)
