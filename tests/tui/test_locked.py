"""The locked screen hides everything and opens by the password alone."""

import pytest
from textual.widgets import Input

from store.session import Session
from tests.conftest import PASSWORD
from tests.tui.one_screen import NOTHING, Seat, sit, visit_of
from tui.screens.locked import Locked
from tui.screens.user_form import Saved, UserForm

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def test_what_was_typed_is_hidden_and_kept(owner: Session) -> None:
    opened: list[bool | None] = []

    async def steps(seat: Seat) -> None:
        await seat.type("Ana Maria")
        seat.app.push_screen(Locked(owner, "olga"), opened.append)
        await seat.press("escape", "q")
        assert "Ana Maria" not in seat.text
        assert "first name" not in seat.text
        await seat.type("wrong")
        await seat.press("enter")
        assert "▲ Login or password not accepted." in seat.text
        assert opened == []
        await seat.type(PASSWORD)
        await seat.press("enter")
        assert opened == [True]
        assert seat.field("first name").endswith("Ana Maria")
        assert isinstance(seat.app.focused, Input)

    sit(UserForm(visit_of(owner)), steps)


def test_one_may_sign_out_instead_but_is_asked(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("down", "down", "enter")
        assert "What was typed and is not saved will be lost." in seat.text
        await seat.press("enter")
        assert seat.app.result is NOTHING
        await seat.press("enter", "y")

    assert sit(Locked(owner, "olga"), steps) is False


def test_a_saved_form_waits_until_the_lock_is_gone(owner: Session) -> None:
    form = UserForm(visit_of(owner))

    async def steps(seat: Seat) -> None:
        seat.app.push_screen(Locked(owner, "olga"))
        await seat.press("x")
        form.finish(Saved(visit_of(owner).actor))
        await seat.press("x")
        assert seat.app.result is NOTHING
        assert isinstance(seat.app.screen, Locked)
        await seat.press("ctrl+u")
        await seat.type(PASSWORD)
        await seat.press("enter")

    assert sit(form, steps).user.login == "olga"
