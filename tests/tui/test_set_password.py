"""A password, and a login, for somebody else: on the list and on the page (DESIGN 3.4, 3.10)."""

from collections.abc import Callable

import pytest

from store import signin, users
from store.database import Store
from store.errors import SignInRefused
from store.session import Session
from store.values import Door, Origin, User
from tests.conftest import PASSWORD, FakeClock, session_of
from tests.tui.one_screen import NOTHING, Seat, sit, visit_of
from tui.dialogs.show_once import ShowOnce
from tui.screens.change_password import ChangePassword
from tui.screens.person import Person
from tui.screens.prove import Prove
from tui.screens.rename import Rename
from tui.screens.set_password import SetPassword
from tui.screens.users import Users

MakeUser = Callable[..., User]
NEW = "seven quiet herons"


@pytest.fixture
def ana(make_user: MakeUser) -> User:
    return make_user(first_name="Ana", last_name="Silva", login="ana", email="ana@acme.ua")


def enter(store: Store, login: str, password: str) -> signin.SignedIn:
    return signin.sign_in(store, login, password, Door.USHER, Origin())


def test_one_that_is_generated_is_shown_once(owner: Session, store: Store, ana: User) -> None:
    shown: list[str] = []

    async def steps(seat: Seat) -> None:
        await seat.press("f2")
        dialog = seat.app.screen
        assert isinstance(dialog, ShowOnce)
        assert dialog.secret in seat.text
        assert "Hand it over" in seat.text
        shown.append(dialog.secret)
        assert seat.app.result is NOTHING
        await seat.press("escape")
        assert dialog.secret not in seat.text

    after = sit(SetPassword(visit_of(owner), ana), steps)
    assert (after.id, after.password) == (ana.id, "temporary")
    assert enter(store, "ana", shown[0]).must_change_password


def test_one_that_is_typed_is_typed_twice_and_judged_at_its_field(
    owner: Session, store: Store, ana: User
) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("enter", "down", "enter", "tab")
        await seat.fill("short", "shorter")
        await seat.press("f2")
        assert "▲ The two are not the same." in seat.text
        await seat.press("ctrl+u")
        await seat.type("short")
        await seat.press("f2")
        assert "▲ The password has" in seat.text
        assert seat.here == "its text"
        for _field in range(2):
            await seat.press("ctrl+u")
            await seat.fill(NEW)
        await seat.press("f2")

    assert isinstance(sit(SetPassword(visit_of(owner), ana), steps), User)
    assert enter(store, "ana", NEW)


def test_the_list_and_the_page_lead_there_and_say_what_came_of_it(
    owner: Session, ana: User
) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("slash", *"silva", "enter", "s")
        assert isinstance(seat.app.screen, SetPassword)
        await seat.press("f2", "escape")
        assert "✓ The password of Ana Silva is set." in seat.text
        await seat.press("enter", "s")
        assert isinstance(seat.app.screen, SetPassword)
        await seat.press("escape", "L")
        assert isinstance(seat.app.screen, Rename)
        await seat.press("escape", "w", "s")
        assert isinstance(seat.app.screen, SetPassword)

    sit(Users(visit_of(owner)), steps)


def test_who_is_locked_is_said_to_be_and_stays_it(
    owner: Session, store: Store, make_user: MakeUser
) -> None:
    user = make_user("handed over in person", first_name="Ana", last_name="Silva", login="ana")
    for _number in range(6):
        with pytest.raises(SignInRefused):
            enter(store, "ana", "wrong")

    async def steps(seat: Seat) -> None:
        await seat.press("s", "f2")
        words = " ".join(seat.text.replace("│", " ").split())
        assert f"Still locked: usher users unlock {user.id}" in words
        await seat.press("escape")
        assert "is set. Still locked: press u." in seat.text

    sit(Person(visit_of(owner), users.show(owner, user.id)), steps)


def test_on_oneself_s_changes_ones_own(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("s")
        assert isinstance(seat.app.screen, ChangePassword)
        await seat.fill(PASSWORD, NEW)
        await seat.type(NEW)
        await seat.press("f2")
        assert "✓ Your password has been changed." in seat.text

    sit(Person(visit_of(owner), users.show(owner, "olga")), steps)


@pytest.mark.parametrize("key", ["s", "L"])
def test_of_another_admin_they_are_the_owners(
    owner: Session, store: Store, make_user: MakeUser, key: str
) -> None:
    """S1: why not is said at once, not behind the form."""
    ada = make_user("handed over in person", login="ada", admin=True)
    bob = make_user(login="bob", admin=True)
    session = session_of(store, ada)

    async def steps(seat: Seat) -> None:
        await seat.press(key)
        assert "▲ Only the owner can do this to an admin" in seat.text

    sit(Person(visit_of(session), users.show(session, bob.id)), steps)


def test_it_asks_for_ones_own_password_and_goes_on(
    owner: Session, clock: FakeClock, ana: User
) -> None:
    """DESIGN 3.6: dangerous."""
    clock.forward(minutes=6)

    async def steps(seat: Seat) -> None:
        await seat.press("f2")
        assert isinstance(seat.app.screen, Prove)
        await seat.type(PASSWORD)
        await seat.press("enter")
        assert isinstance(seat.app.screen, ShowOnce)
        await seat.press("escape")

    assert isinstance(sit(SetPassword(visit_of(owner), ana), steps), User)


def test_leaving_asks_before_it_drops_what_was_typed(owner: Session, ana: User) -> None:
    async def steps(seat: Seat) -> None:
        await seat.type("x")
        await seat.press("escape")
        assert "The login has not been changed." in seat.text
        await seat.press("y")

    assert sit(Rename(visit_of(owner), ana), steps) is None


def test_a_rename_gives_both_and_shows_the_command(owner: Session, store: Store, ana: User) -> None:
    """DESIGN 3.10."""
    shown: list[str] = []

    async def steps(seat: Seat) -> None:
        await seat.type("anna k")
        await seat.press("ctrl+o")
        assert f"usher users rename {ana.id} --login 'anna k' --generate" in seat.text
        await seat.press("escape", "f2")
        assert "▲" in seat.text
        await seat.press("ctrl+u", *"anna.k", "f2")
        assert isinstance(seat.app.screen, ShowOnce)
        shown.append(seat.app.screen.secret)
        await seat.press("escape")

    assert sit(Rename(visit_of(owner), ana), steps).login == "anna.k"
    assert enter(store, "anna.k", shown[0]).must_change_password


def test_the_owner_who_renames_themselves_is_to_type_a_password(
    owner: Session, store: Store
) -> None:
    async def steps(seat: Seat) -> None:
        assert "typed by me" in seat.field("password")
        await seat.type("olga.bakum")
        await seat.press("tab", "tab")
        await seat.fill(NEW, NEW)
        await seat.press("f2")

    assert sit(Rename(visit_of(owner), users.show(owner, "olga")), steps).login == "olga.bakum"
    assert not enter(store, "olga.bakum", NEW).must_change_password
