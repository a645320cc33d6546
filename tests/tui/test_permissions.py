"""The screen `p`: what somebody may do, changed by keys, previewed, saved, explained, copied."""

from collections.abc import Callable

import pytest

from store import audit, users
from store.access import explaining, overrides
from store.session import Session
from store.values import User
from tests.conftest import session_of
from tests.store.access.test_overrides import admin
from tests.store.standing import activate
from tests.tui.driving import LARGE
from tests.tui.one_screen import Seat, sit, visit_of
from tui.screens.permissions import Permissions
from tui.screens.person import Person
from tui.screens.profile import Profile
from tui.screens.users import Users

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

Make = Callable[..., User]


def ana(make_user: Make, **fields: object) -> User:
    return make_user(**{"first_name": "Ana", "last_name": "Silva", "login": "ana", **fields})


def held(session: Session, user: User) -> set[str]:
    found = explaining.show(session, user.id).permissions
    return {right.permission for right in found if right.allowed}


def words(seat: Seat) -> str:
    """All words on the screen, whatever is broken into lines in a dialog."""
    return " ".join(seat.text.replace("│", " ").split())


def test_what_is_changed_stands_unsaved_until_f2_has_shown_what_comes_of_it(
    owner: Session, make_user: Make
) -> None:
    user = ana(make_user)

    async def steps(seat: Seat) -> None:
        assert "role Salesperson   teams North   sub-accounts –" in seat.text
        assert "✓ role    ✓ role    ✓ role    – role" in seat.line("clients ")
        assert seat.line("pricing").endswith("admins only")
        assert "clients.view  ✓ yes, the role permits it" in seat.text
        await seat.press("f2")
        assert "Nothing has been changed." in seat.text
        await seat.press("right", "right", "space", "space", "right", "space")
        assert "✕ deny◆  ▸✓ allow◆" in seat.line("clients ")
        assert "clients.delete  – no, by role › ✓ yes, allowed" in seat.text
        assert "◆ 2 not saved" in seat.text
        await seat.press("ctrl+o")
        assert f"usher access allow {user.id} clients.delete" in seat.text
        assert f"usher access deny {user.id} clients.edit" in seat.text
        await seat.press("escape", *["down"] * 7, "space")
        assert "– allow◆" in seat.line("pricing")
        assert "– no, admins only › – no, admins only" in seat.text
        await seat.press("space", "space")
        assert "◆ 2 not saved" in seat.text
        await seat.press("f2")
        assert "Gained: clients.delete. Lost: clients.edit." in seat.text
        await seat.press("escape")
        assert "◆ 2 not saved" in seat.text
        await seat.press("f2", "r")
        await seat.type("on leave")
        await seat.press("enter", "enter")

    saved = sit(Permissions(visit_of(owner), user), steps)
    assert isinstance(saved, User)
    assert saved.version == user.version + 1
    assert {"clients.edit", "clients.delete"} & held(owner, user) == {"clients.delete"}
    assert audit.history(owner, user.id, 1)[0].reason == "on leave"


def test_going_back_asks_before_it_drops_anything(owner: Session, make_user: Make) -> None:
    user = ana(make_user)

    async def steps(seat: Seat) -> None:
        await seat.press("asterisk")
        assert "▸✓ allow◆  ✓ allow◆  ✓ allow◆  ✓ allow◆" in seat.line("clients ")
        await seat.press("escape")
        assert "Drop what was changed?" in seat.text
        await seat.press("escape", "A")
        assert "Save with F2" in seat.text
        await seat.press("q", "y")

    assert sit(Permissions(visit_of(owner), user), steps) is None
    assert users.show(owner, user.id) == user


def test_w_says_why_with_days_and_names(owner: Session, make_user: Make) -> None:
    user = ana(make_user)
    overrides.allow(owner, user.id, ["clients.delete", "pricing.view"])

    async def steps(seat: Seat) -> None:
        await seat.press("right", "right", "right")
        assert "clients.delete  ✓ yes, allowed to this person" in seat.text
        await seat.press("w")
        assert "✓ Ana Silva holds clients.delete." in seat.text
        assert "Allowed to this user. since 2 Mar 2026 12:00, by olga" in words(seat)
        assert "The role Salesperson does not permit it." in seat.text
        await seat.press("ctrl+o")
        assert f"usher access show {user.id} --why clients.delete" in seat.text

    sit(Permissions(visit_of(owner), user), steps)


def test_what_one_lacks_and_what_the_simulator_needs_is_refused_in_the_preview(
    owner: Session, make_user: Make
) -> None:
    simon = ana(make_user, role="Simulator", simulator_only=True)
    ada = admin(owner, make_user, "clients.view")

    async def steps(seat: Seat) -> None:
        await seat.press("space", "down", "down", "down", "space", "space", "f2")
        text = "".join(line.partition("│")[2].partition("│")[0] for line in seat.text.split("\n"))
        text = " ".join(text.split())
        assert "Refused, for you lack it yourself: clients.view." in text
        assert "Refused, for the simulator asks for it: offers.view." in text
        await seat.press("y", "enter")
        assert "◆ 2 not saved" in seat.text

    sit(Permissions(visit_of(ada), simon), steps)
    assert users.show(owner, simon.id) == simon


def test_of_an_admin_the_owner_denies_and_nobody_allows(owner: Session, make_user: Make) -> None:
    boss = ana(make_user, admin=True, role="", teams=())

    async def steps(seat: Seat) -> None:
        assert "✓ held    ✓ held    ✓ held    ✓ held" in seat.line("pricing")
        await seat.press("space")
        assert "▸✕ deny◆" in seat.line("clients ")
        assert "clients.view  ✓ yes, admin › – no, denied by the owner" in seat.text
        await seat.press("f2", "y")

    saved = sit(Permissions(visit_of(owner), boss), steps)
    assert saved.denied == ("clients.view",)

    async def refused(seat: Seat) -> None:
        await seat.press("space")
        assert "Only the owner can do this to an admin" in seat.text
        assert "◆" not in seat.text

    sit(Permissions(visit_of(admin(owner, make_user)), users.show(owner, boss.id)), refused)


def test_of_the_owner_there_is_one_sentence(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        assert "The owner holds every permission. There is nothing to change." in seat.text
        assert "clients" not in seat.text
        await seat.press("space")
        assert "▲ The owner holds every permission" in seat.text
        await seat.press("w", "ctrl+o")
        assert "usher access show 1" in seat.text

    sit(Permissions(visit_of(owner), users.show(owner, "olga")), steps)


def test_a_standard_user_sees_their_own_rights_and_changes_none(
    owner: Session, make_user: Make
) -> None:
    maria = session_of(owner.store, activate(owner, ana(make_user)))

    async def steps(seat: Seat) -> None:
        await seat.press("p")
        assert "Ana Silva · Permissions" in seat.text
        keys = seat.text.splitlines()[-1]
        assert "w why" in keys
        assert "change" not in keys
        assert "difference" not in keys
        await seat.press("space")
        assert "You cannot change your own permissions" in seat.text
        await seat.press("w")
        assert "Ana Silva holds clients.view." in seat.text

    sit(Profile(visit_of(maria)), steps)


def test_access_is_copied_after_a_look_at_what_comes_and_what_is_left_out(
    owner: Session, make_user: Make
) -> None:
    user = ana(make_user, role="Support")
    rui = make_user(first_name="Rui", last_name="Costa", login="rui", role="Simulator")
    overrides.allow(owner, rui.id, ["pricing.view", "chats.delete"])
    ada = admin(owner, make_user, "chats.delete")

    async def steps(seat: Seat) -> None:
        await seat.press("p", "A")
        assert "Whose access is Ana Silva to get?" in seat.text
        assert "Ana Silva" not in seat.text.split("to get?")[1]
        await seat.type("nobody")
        assert "Nobody is called that." in seat.text
        await seat.press("enter")
        assert "Type less of it." in seat.text
        await seat.press(*["backspace"] * 6)
        await seat.type("rui")
        await seat.press("enter")
        assert "Give Ana Silva the access of Rui Costa?" in seat.text
        text = "".join(line.partition("│")[2].partition("│")[0] for line in seat.text.split("\n"))
        text = " ".join(text.split())
        assert "role Simulator" in text
        assert "No effect, for admins only: pricing.view." in text
        assert "Left out: chats.delete, which you lack." in text
        await seat.press("y")
        assert isinstance(seat.app.screen, Person)
        assert "✓ Saved: what Ana Silva" in seat.text
        assert "Simulator" in seat.line("role")

    sit(Person(visit_of(ada), user), steps, LARGE)
    assert "chats.delete" not in held(owner, user)


def test_two_people_are_compared(owner: Session, make_user: Make) -> None:
    user = ana(make_user)
    make_user(first_name="Rui", last_name="Costa", login="rui", role="Manager")
    make_user(first_name="Same", last_name="Same", login="same")

    async def steps(seat: Seat) -> None:
        await seat.press("slash")
        await seat.type("ana")
        await seat.press("enter", "p", "D")
        await seat.type("rui")
        await seat.press("enter")
        assert "7 differences" in seat.text
        assert "– no, by role" in seat.line("clients.delete")
        assert "✓ yes, by role" in seat.line("clients.delete")
        await seat.press("ctrl+o")
        assert "usher access diff" in seat.text
        await seat.press("escape", "q", "D")
        await seat.type("same")
        await seat.press("down", "up", "enter")
        assert "hold the same" in seat.text

    sit(Users(visit_of(owner)), steps)
    assert users.show(owner, user.id) == user
