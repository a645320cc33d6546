"""The employees on the screen: found, opened, made, edited, assigned, taken off."""

import pytest

from store.employees import changing, reading
from store.session import Session
from store.values import Employee
from tests.store.standing import MakeUser
from tests.tui.one_screen import Seat, sit, visit_of
from tui.screens.employee_form import EmployeeForm
from tui.screens.employees import EmployeesRoom
from tui.screens.users import Users

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def taras(owner: Session) -> Employee:
    return changing.create(owner, {"first_name": "Тарас", "last_name": "Шевченко", "number": "17"})


def test_a_card_is_found_edited_assigned_taken_off_and_deleted(
    owner: Session, make_user: MakeUser, taras: Employee
) -> None:
    ana = make_user(first_name="Ana", last_name="Silva")

    async def steps(seat: Seat) -> None:
        await seat.press("P")
        assert "[1 all]  2 without a user  3" in seat.text
        assert f"user {ana.id}" in seat.line("Ana Silva")
        await seat.press("slash", *"шев", "enter")
        assert "Ana Silva" not in seat.text
        await seat.press("e", "tab", "tab", "tab", "tab", "tab", *"Kyiv", "f2")
        assert "✓ Saved." in seat.text
        await seat.press("enter")
        assert "Kyiv" in seat.line("address")
        assert "none yet" in seat.line("user")
        await seat.press("ctrl+o")
        assert f"usher employees link {taras.id} WHO" in seat.text
        await seat.press("escape", "a")
        assert "Whose card is that of Тарас Шевченко?" in seat.text
        await seat.press(*"silva", "enter")
        assert seat.line("first name").endswith("Ana")
        await seat.press("a")
        assert f"It is the card of user {ana.id}; x takes it off." in seat.text
        await seat.press("e")
        assert seat.field("first name").startswith("Ana")
        await seat.press("escape", "x")
        assert "Take the card off Ana Silva?" in seat.text
        await seat.press("y", "q")
        assert "Nobody matches." in seat.text
        await seat.press("2", "q")
        assert "[2 without a user]  1" in seat.text
        await seat.press("x")
        assert "Delete the card of Ana Silva?" in seat.text
        await seat.press("y")
        assert "n makes one for who is none." in seat.text
        await seat.press("e")
        assert "There is nobody here." in seat.text
        await seat.press("q")
        assert "People" in seat.text

    sit(Users(visit_of(owner)), steps)
    assert reading.listed(owner).total == 2


def test_a_new_card_says_at_its_fields_what_is_wrong_and_shows_its_command(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("n", "f2")
        assert "The name and the email of the employee" in seat.text
        await seat.press(*"Iva", "tab", "tab", *"xyz", "f2")
        assert "currency" in seat.here
        await seat.press("ctrl+u", *"eur", "ctrl+o")
        assert "usher employees create --last Iva --currency eur" in seat.text
        await seat.press("escape", "f2")
        assert "Iva" in seat.text

    sit(EmployeesRoom(visit_of(owner)), steps)
    assert [one.currency for one in reading.listed(owner, search="iva").rows] == ["EUR"]


def test_the_form_of_a_users_card_changes_what_is_on_the_card_alone(
    owner: Session, make_user: MakeUser
) -> None:
    card = reading.show(owner, make_user().login)

    async def steps(seat: Seat) -> None:
        await seat.press("tab", *"42", "f2")

    saved = sit(EmployeeForm(visit_of(owner), card), steps)
    assert (saved.number, saved.user) == ("42", card.user)
