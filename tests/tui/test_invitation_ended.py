"""Admins see that an invitation ended, with the key or command that helps."""

import pytest

from store import signin, users
from store.session import Session
from store.values import User
from tests.conftest import FakeClock
from tests.store.standing import MakeUser, activate
from tests.tui.driving import LARGE
from tests.tui.one_screen import Seat, sit, visit_of
from tui import gates
from tui.screens.user_form import UserForm
from tui.screens.why import Why

ENDINGS = {
    "open": "none yet: the invitation is open until 9 Mar 2026",
    "ended": "none yet: the invitation was ended and no longer works",
    "expired": "none yet: the invitation expired 9 Mar 2026",
    "never": "none yet: the user has not been invited",
}


@pytest.fixture
def max_(owner: Session, make_user: MakeUser) -> User:
    return make_user(first_name="Max", last_name="Nash", email="max.nahs@acme.ua", login="max")


def end(owner: Session, user: User, clock: FakeClock, how: str) -> None:
    """End the invitation of a pending user in one of these ways."""
    if how == "ended":
        users.block(owner, user.id)
        users.unblock(owner, user.id)
    elif how == "expired":
        clock.forward(days=8)
    elif how == "never":
        with owner.store.write(owner):
            owner.store.sql("DELETE FROM usher_invitation")


@pytest.mark.parametrize("how", ENDINGS)
def test_why_names_the_invitation_and_offers_to_resend_it_first(
    owner: Session, max_: User, clock: FakeClock, how: str
) -> None:
    end(owner, max_, clock, how)
    found = signin.why(owner, max_.id)
    assert found.shut is not None
    assert (found.shut.gate, found.shut.opens) == (
        "password",
        f"usher invitations resend {max_.id}",
    )
    (sentence,) = [
        one.sentence for one in gates.said(found, visit_of(owner).zone) if one.name == "password"
    ]
    assert sentence.startswith(ENDINGS[how])
    password = found.as_json()["gates"][1]
    assert password["opens"] == f"usher invitations resend {max_.id}"


def test_without_an_address_a_password_is_offered(owner: Session, max_: User) -> None:
    users.edit(owner, max_.id, {"email": ""})
    found = signin.why(owner, max_.id)
    assert found.shut is not None
    assert found.shut.opens == f"usher users set-password {max_.id}"


def test_the_key_beside_it_sends_another_invitation(
    owner: Session, max_: User, clock: FakeClock
) -> None:
    end(owner, max_, clock, "ended")

    async def steps(seat: Seat) -> None:
        assert seat.line("password").rstrip().endswith(" r")
        assert f"usher invitations resend {max_.id}" in seat.line("ctrl+o")
        await seat.press("r", "y")
        assert "the invitation is open until" in seat.text

    sit(Why(visit_of(owner), max_), steps, LARGE)


def test_a_form_says_what_a_corrected_address_ended(owner: Session, max_: User) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("down", "down")
        await seat.press(*["backspace"] * len("max.nahs@acme.ua"))
        await seat.type("max.nash@acme.ua")
        await seat.press("f2")
        assert "Saved: Max Nash" in seat.text
        words = " ".join(seat.text.replace("│", " ").split())
        assert "The invitation to max.nahs@acme.ua no longer works." in words
        assert "queued to max.nash@acme.ua." in words
        await seat.press("enter")

    saved = sit(UserForm(visit_of(owner), max_), steps)
    assert saved.email == "max.nash@acme.ua"


def test_a_form_names_the_key_that_comes_next(owner: Session, make_user: MakeUser) -> None:
    ana = activate(owner, make_user(first_name="Ana", email="ana@acme.ua", login="ana"))

    async def steps(seat: Seat) -> None:
        await seat.press("down", "down")
        await seat.type("x")
        await seat.press("f2")
        assert "A notice is queued to ana@acme.ua." in seat.text
        assert "Press C to send a confirmation email." in seat.text
        await seat.press("escape")

    assert sit(UserForm(visit_of(owner), ana), steps).email == "ana@acme.uax"
