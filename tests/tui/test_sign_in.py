"""Coming in: by keys alone, with one message for every refusal."""

import re

import pytest

from store import teams
from store.database import Store
from store.session import Session
from store.signin import SignedIn
from tests import refused
from tests.conftest import PASSWORD
from tests.tui.one_screen import Seat, sit
from tui.screens.sign_in import SignIn

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
REFUSAL = "▲ Login or password not accepted. Ask an administrator if it persists."


def test_signs_in_by_login_enter_password_enter(owner: Session, store: Store) -> None:
    async def steps(seat: Seat) -> None:
        await seat.type("OLGA")
        await seat.press("enter")
        await seat.type(PASSWORD)
        await seat.press("enter")

    result = sit(SignIn(store, "Acme"), steps)
    assert isinstance(result, SignedIn)
    assert result.user.login == "olga"


@pytest.mark.parametrize("login", ["olga", "nobody"])
def test_every_refusal_looks_the_same_and_keeps_the_login(
    owner: Session, store: Store, login: str
) -> None:
    async def steps(seat: Seat) -> None:
        await seat.type(login)
        await seat.press("tab")
        await seat.type("wrong")
        await seat.press("f2")
        shown = seat.text.replace(login, "LOGIN")
        assert REFUSAL in shown
        assert seat.field("login") == login
        assert seat.here == "password"
        assert "*" not in shown
        await seat.type("w")
        assert REFUSAL not in seat.text
        await seat.press("escape")

    assert sit(SignIn(store, "Acme"), steps) is None


def test_every_refusal_is_the_same_screen_byte_for_byte(owner: Session, store: Store) -> None:
    """CHECKLIST C24: drawn with every colour, whatever the reason; the logins are of one length."""
    teams.create(owner, "North")
    refused.plant(owner)
    drawn: set[str] = set()

    async def steps(seat: Seat) -> None:
        for login, password in refused.tries(store.now()):
            screen.form.set_value("login", login)
            screen.form.set_value("password", password)
            await seat.press("f2")
            assert (seat.field("login"), REFUSAL in seat.text) == (login, True)
            # The picture's own names are made of what it shows.
            picture = re.sub(r"terminal-\d+", "", seat.app.export_screenshot())
            drawn.add(picture.replace(login, "LOGIN.."))

    screen = SignIn(store, "Acme")
    sit(screen, steps)
    assert len(drawn) == 1


def test_says_why_one_is_here_again(store: Store) -> None:
    async def steps(seat: Seat) -> None:
        assert "Your session has ended. Sign in again." in seat.text

    sit(SignIn(store, "Acme", "Your session has ended. Sign in again."), steps)


def test_whoever_was_here_is_asked_for_the_password_alone(owner: Session, store: Store) -> None:
    """A password that one was just typing must not go on in the field for the login."""

    async def steps(seat: Seat) -> None:
        assert (seat.field("login"), seat.here) == ("olga", "password")
        await seat.type(PASSWORD)
        await seat.press("enter")

    assert isinstance(sit(SignIn(store, "Acme", "It ended.", before="olga"), steps), SignedIn)


def test_q_is_a_letter(store: Store) -> None:
    async def steps(seat: Seat) -> None:
        await seat.type("q?:")
        assert seat.field("login").split()[-1] == "q?:"

    sit(SignIn(store, "Acme"), steps)
