"""z: one's own last change is put back after a question that says what that means."""

from collections.abc import Callable

import pytest

from store import audit, settings, teams, users
from store.access import roles
from store.errors import NotFound
from store.session import Session
from store.values import Status, User
from tests.conftest import PASSWORD, FakeClock
from tests.tui.one_screen import Seat, sit, visit_of
from tui.screens.users import Users

MakeUser = Callable[..., User]


@pytest.fixture
def ana(owner: Session, make_user: MakeUser, clock: FakeClock) -> User:
    """The first of the list."""
    user = make_user(last_name="Alba", login="ana", email="ana@acme.ua")
    clock.forward(days=1)
    return user


def test_the_list_says_what_is_put_back_and_shows_it_in_place(
    owner: Session, ana: User, clock: FakeClock
) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("z")
        assert "▲ You have changed nothing" in seat.text
        users.edit(owner, ana.id, {"phone": "+380671234567"})
        clock.forward(minutes=1)
        await seat.press("b", "y")
        assert "blocked" in seat.line("Alba, Maria")
        clock.forward(minutes=1)
        await seat.press("z")
        assert f"Undo blocking Maria Alba ({ana.id})?" in seat.text
        assert "status: blocked › pending. 1 code stays dead." in seat.text
        assert "▸ Cancel" in seat.text
        await seat.press("enter")
        assert "blocked" in seat.line("Alba, Maria")
        await seat.press("z", "r")
        await seat.type("the wrong Maria")
        await seat.press("enter", "enter")
        assert f"✓ Undone: blocking Maria Alba ({ana.id}). 1 code stays dead." in seat.text
        assert "pending" in seat.line("Alba, Maria")
        # The second one takes the change before, in the page of a person as well.
        await seat.press("enter", "z")
        assert f"Undo editing Maria Alba ({ana.id})?" in seat.text
        assert "phone: +380671234567 › –" in seat.text
        await seat.press("y")
        assert "+380671234567" not in seat.text
        await seat.press("z")
        assert "▲ You have changed nothing" in seat.text

    sit(Users(visit_of(owner)), steps)
    assert audit.history(owner, ana.id)[1].reason == "the wrong Maria"
    assert users.show(owner, ana.id).status is Status.PENDING


def test_whoever_was_created_is_gone_and_with_them_their_page(
    owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    clock.forward(days=1)
    user = make_user(last_name="Alba")
    clock.forward(minutes=1)

    async def steps(seat: Seat) -> None:
        await seat.press("enter", "z")
        assert f"Undo creating Maria Alba ({user.id})?" in seat.text
        await seat.press("y")
        assert f"✓ Undone: creating Maria Alba ({user.id})." in seat.text
        assert "People" in seat.text
        with pytest.raises(AssertionError):
            seat.line("Alba, Maria")

    sit(Users(visit_of(owner)), steps)
    with pytest.raises(NotFound):
        users.show(owner, user.id)


def test_settings_roles_and_teams_show_it_in_place_once_the_password_was_given(
    owner: Session, ana: User, clock: FakeClock
) -> None:
    owner.proof.at = clock.time
    settings.change(owner, "display.time_zone", "Europe/Kyiv")
    clock.forward(minutes=6)
    visit = visit_of(owner)
    assert visit.zone.key == "Europe/Kyiv"

    async def steps(seat: Seat) -> None:
        await seat.press("comma")
        assert "◆ 1 changed" in seat.text
        await seat.press("z", "y")
        assert "password" in seat.text.casefold()
        await seat.type(PASSWORD)
        await seat.press("enter")
        assert "✓ Undone: changing the setting display.time_zone." in seat.text
        assert "◆ 0 changed" in seat.text
        await seat.press("q", "T")
        teams.edit(owner, "North", name="Nord")
        clock.forward(minutes=1)
        await seat.press("z", "y")
        assert "✓ Undone: editing the team Nord." in seat.text
        assert "▸" in seat.line("North")
        roles.create(owner, "Aide")
        clock.forward(minutes=1)
        await seat.press("q", "R")
        assert "Aide" in seat.text
        await seat.press("z", "y")
        assert "✓ Undone: making the role Aide." in seat.text
        assert "Aide " not in seat.text.split("✓")[0]

    sit(Users(visit), steps)
    assert visit.zone.key == "UTC"
