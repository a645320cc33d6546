"""A new password of one's own, wished or demanded."""

from collections.abc import Callable

import pytest

from store import signin
from store.database import Store
from store.session import Session
from store.values import Door, Origin, User
from tests.conftest import PASSWORD, session_of
from tests.tui.one_screen import NOTHING, Seat, sit
from tui.screens.change_password import ChangePassword

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
NEW = "seven quiet herons"


def test_changes_it(owner: Session, store: Store) -> None:
    async def steps(seat: Seat) -> None:
        await seat.fill(PASSWORD, NEW)
        await seat.type(NEW)
        await seat.press("enter")

    assert sit(ChangePassword(owner), steps) is True
    assert signin.sign_in(store, "olga", NEW, Door.USHER, Origin())


def test_a_wrong_one_and_a_weak_one_are_named_at_their_fields(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await seat.fill("wrong", NEW, NEW)
        await seat.press("f2")
        assert "▲ The current password is wrong." in seat.text
        assert seat.here == "current one"
        await seat.press("ctrl+u")
        await seat.fill(PASSWORD)
        await seat.press("ctrl+u")
        await seat.fill("short")
        await seat.press("ctrl+u")
        await seat.fill("short")
        await seat.press("f2")
        assert "▲ The password has" in seat.text
        assert seat.app.result is NOTHING

    sit(ChangePassword(owner), steps)


def test_who_must_change_it_hears_why(owner: Session, make_user: Callable[..., User]) -> None:
    ana = make_user(password=PASSWORD, first_name="Ana")

    async def steps(seat: Seat) -> None:
        words = " ".join(seat.text.split())
        assert "Your password is temporary: someone else has set it." in words
        assert "Nothing else can be done before." in words
        await seat.press("escape")

    assert sit(ChangePassword(session_of(owner.store, ana), forced=True), steps) is None


def test_an_expired_one_is_called_expired(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        assert "Your password has expired." in seat.text

    sit(ChangePassword(owner, forced=True), steps)
