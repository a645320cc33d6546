"""Roles on screen: what each permits is ticked in a grid, and said in words before it is saved."""

from collections.abc import Callable

from store import audit, listing, users
from store.access import modules, roles
from store.database import Store
from store.models import Override
from store.session import Session
from store.values import Filters, User
from tests.conftest import NOON, PASSWORD, FakeClock, session_of
from tests.store.standing import activate
from tests.tui.one_screen import Seat, sit, visit_of
from tests.tui.test_user_form import to
from tui.screens.role_permissions import RolePermissions, opened
from tui.screens.roles import Roles
from tui.screens.user_form import UserForm
from tui.screens.users import Users

MakeUser = Callable[..., User]


def grid_of(session: Session, role: str) -> RolePermissions:
    return RolePermissions(visit_of(session), opened(session, roles.show(session, role).id))


def words(seat: Seat) -> str:
    """What the dialog says, or the screen where there is none, without breaks."""
    inside = [line.split("│")[1] for line in seat.text.splitlines() if line.count("│") == 2]
    return " ".join(" ".join(inside or [seat.text]).split())


def test_a_role_is_made_ticked_given_another_name_and_deleted(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("R")
        assert "5 roles" in seat.text
        await seat.press("n", *"Auditor", "f2")
        assert "0 of 53 ticked · 0 people" in seat.text
        await seat.press("space", "down", "asterisk", "up", "right", "space", "space")
        assert "◆ 5 changed" in seat.text
        assert "clients.create: not permitted." in seat.text
        await seat.press("left")
        assert "clients.view: permitted. Not saved yet." in seat.text
        await seat.press("f2")
        assert "✓ Saved: Auditor" in seat.text
        assert "▸ Auditor                           5 permissions" in seat.line("▸")
        assert "Permits clients.view, opportunities.*." in seat.text
        await seat.press("L", "ctrl+u", *"Third", "f2")
        assert "▸ Third" in seat.line("▸")
        await seat.press("N", *"support", "f2")
        assert "is taken. Choose another name" in words(seat)
        await seat.press("ctrl+u", *"Fourth", "f2")
        assert "7 roles" in seat.text
        await seat.press("x")
        assert "Delete the role Fourth? Nobody has it." in words(seat)
        await seat.press("y")
        assert "✓ Deleted: Fourth" in seat.text
        await seat.press("G", "enter", "ctrl+o")
        assert "usher roles show Third" in seat.text

    sit(Users(visit_of(owner)), steps)
    assert roles.show(owner, "Third").permissions == (
        "clients.view", "opportunities.view", "opportunities.create", "opportunities.edit",
        "opportunities.delete",
    )  # fmt: skip


def test_before_it_is_saved_it_says_what_people_gain_and_lose(
    owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    """And the password is asked for again after five minutes: rights of others (DESIGN 3.6)."""
    make_user()
    clock.forward(minutes=6)

    async def steps(seat: Seat) -> None:
        await seat.press("asterisk", "down", "space", *("down",) * 6, "asterisk")
        assert "pricing.view: permitted. Not saved yet. For admins only" in seat.text
        await seat.press("f2")
        assert (
            "1 person has it. They gain: clients.delete. They lose: opportunities.view. For admins "
            "only, so it changes nothing: pricing.*. What is allowed or denied to one of them"
        ) in words(seat)
        await seat.press("enter")
        assert "clients.delete" not in roles.show(owner, "Salesperson").permissions
        await seat.press("ctrl+o")
        assert "usher roles edit Salesperson --permit clients.delete" in seat.text
        await seat.press("escape", "f2", "y")
        assert "once more" in seat.text
        await seat.type(PASSWORD)
        await seat.press("enter")

    saved = sit(grid_of(owner, "Salesperson"), steps)
    assert saved == roles.show(owner, "Salesperson")
    assert "clients.delete" in saved.permissions
    assert audit.history(owner, None, 1)[0].verb == "edit_role"


def test_what_was_ticked_is_dropped_only_after_a_question(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("f2")
        assert "Nothing has been changed." in seat.text
        await seat.press("space", "escape")
        assert "Drop what was ticked?" in seat.text
        await seat.press("escape", "q", "y")

    before = roles.show(owner, "Support")
    assert sit(grid_of(owner, "Support"), steps) is None
    assert roles.show(owner, "Support") == before


def test_what_one_lacks_is_not_ticked_and_not_copied_but_told(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """CHECKLIST F47."""
    ada = activate(owner, make_user(admin=True, role="", teams=()))
    with store.write(owner):
        Override.create(user=ada.id, permission="clients.delete", allowed=False, at=NOON)

    async def steps(seat: Seat) -> None:
        await seat.press("R", "enter", "space", "right", "right", "right", "space")
        await seat.press("space")
        assert "◆ 1 changed" in seat.text
        await seat.press("escape", "y", "down", "down", "enter", "asterisk")
        assert "▲ You cannot grant permissions that the owner has denied you" in seat.text
        assert "18 of 53 ticked · 0 people" in seat.text
        await seat.press("escape", "g", "N", *"Mine", "f2")
        assert "▲ Left out, for the owner has denied it to you: clients.delete." in seat.text

    sit(Users(visit_of(session_of(store, ada))), steps)
    assert len(roles.show(owner, "Mine").permissions) == 24


def test_a_role_that_people_have_goes_in_favour_of_another(
    owner: Session, make_user: MakeUser
) -> None:
    for _number in range(3):
        make_user()
    other = make_user(role="Support")

    async def steps(seat: Seat) -> None:
        await seat.press("R", "j", "j", "x")
        assert "Which role do they get who have Salesperson?" in seat.text
        await seat.press(*"sup", "enter")
        assert "3 people get the role Support at once. They lose: " in words(seat)
        await seat.press("y")
        assert "✓ Deleted: Salesperson" in seat.text
        await seat.press("G")
        assert "4 people" in seat.line("▸")
        await seat.press("f")
        assert "4 of 5" in seat.text
        assert "Silva 1, Maria" in seat.text

    sit(Users(visit_of(owner)), steps)
    assert listing.count(owner, Filters(role="Support"), cap=None).number == 4
    assert users.show(owner, other.id).version == other.version


def test_what_the_simulator_asks_for_is_not_taken_and_told(
    owner: Session, make_user: MakeUser
) -> None:
    """S0; said before anything is asked, in full."""
    make_user(role="Simulator", simulator_only=True)

    async def steps(seat: Seat) -> None:
        await seat.press("j", "j", "j", "asterisk", "asterisk", "f2")
        assert (
            "▲ 1 user with simulator access only has the role “Simulator” and requires: "
            "offers.view, offers.create, offers.edit. Give that user another role first."
        ) in words(seat)

    sit(grid_of(owner, "Simulator"), steps)


def test_a_module_of_the_platforms_own_is_there_to_be_ticked(owner: Session) -> None:
    modules.add(owner, "invoices_of_the_north", ["view", "send"])

    async def steps(seat: Seat) -> None:
        await seat.press("G")
        assert "invoices_of_t…" in seat.text
        await seat.press("space", "f2")

    assert sit(grid_of(owner, "Support"), steps).permissions[-1] == "invoices_of_the_north.send"


def test_without_any_role_it_says_what_to_do(owner: Session) -> None:
    for role in roles.listed(owner):
        roles.delete(owner, role.id)

    async def steps(seat: Seat) -> None:
        assert "There is no role yet. n makes one." in seat.text
        await seat.press("enter", "N", "L", "x", "f", "down")
        assert "There is no role yet. n makes one." in seat.text

    sit(Roles(visit_of(owner)), steps)


def test_a_role_made_within_a_form_is_ticked_and_nothing_typed_is_lost(owner: Session) -> None:
    """S2: and from the grid one is back in the form, with the role chosen."""

    async def steps(seat: Seat) -> None:
        await seat.type("Ana")
        await to(seat, "role")
        await seat.press(*"Auditor", "enter")
        assert "Role Auditor" in seat.text
        await seat.press("asterisk", "f2")
        assert seat.field("role").split()[0] == "Auditor"
        assert seat.field("first name").split()[0] == "Ana"
        await seat.press(*"Clerk", "enter", "escape")
        assert "The role Clerk permits nothing yet" in seat.text
        assert seat.field("role").split()[0] == "Clerk"

    sit(UserForm(visit_of(owner)), steps)
    assert len(roles.show(owner, "Auditor").permissions) == 4
