"""Moving people on the screens: from the list, from a person's page, one and many."""

from collections.abc import Callable

import pytest

from store import audit, users
from store.errors import NotFound
from store.models import UserRow
from store.session import Session
from store.users import many
from store.values import Status, User
from tests.conftest import PASSWORD, FakeClock, session_of
from tests.tui.one_screen import Seat, sit, visit_of
from tui.screens.person import Person
from tui.screens.users import Users

MakeUser = Callable[..., User]
NAMES = ("Alba", "Brandão", "Castro", "Dias")


@pytest.fixture
def people(owner: Session, make_user: MakeUser) -> list[User]:
    return [make_user(last_name=name, login=name.lower()) for name in NAMES]


def said(seat: Seat) -> str:
    """What stands there as running text, out of the frame of a dialog."""
    return " ".join(seat.text.replace("│", " ").split())


def now(owner: Session, user: User) -> User:
    return users.show(owner, user.id)


def test_block_asks_with_what_it_ends_and_takes_a_reason(
    owner: Session, people: list[User]
) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("b")
        assert f"Block Maria Alba ({people[0].id})?" in seat.text
        assert "Stays theirs: 1 team, 1 waiting letter." in said(seat)
        assert "▸ Cancel" in seat.text
        assert "y block  r reason  enter choose  esc cancel" in seat.text
        await seat.press("r")
        await seat.type("yes, she left")
        await seat.press("enter")
        assert "▸ Block" in seat.text
        await seat.press("enter")
        assert f"✓ Blocked: Maria Alba ({people[0].id})." in seat.text
        assert "▸" in seat.line("Bakum, Olga")
        assert "blocked" in seat.line("Alba, Maria")
        assert seat.text.index("Dias") < seat.text.index("Alba, Maria")

    sit(Users(visit_of(owner)), steps)
    assert now(owner, people[0]).status is Status.BLOCKED
    assert audit.history(owner, people[0].id)[0].reason == "yes, she left"


@pytest.mark.parametrize("keys", [("enter",), ("escape",), ("r", "y", "escape", "escape")])
def test_nobody_is_blocked_by_accident(
    owner: Session, people: list[User], keys: tuple[str, ...]
) -> None:
    """Cancel has the focus, and a y in the reason is a letter."""

    async def steps(seat: Seat) -> None:
        await seat.press("b", *keys)
        assert "Block Maria" not in seat.text

    sit(Users(visit_of(owner)), steps)
    assert now(owner, people[0]).status is Status.PENDING


def test_b_lifts_a_block_and_stays_where_one_is(owner: Session, people: list[User]) -> None:
    users.block(owner, people[0].id)

    async def steps(seat: Seat) -> None:
        await seat.press("5", "b")
        assert "Unblock Maria Alba" in seat.text
        await seat.press("y")
        assert "✓ Unblocked: Maria Alba" in seat.text
        assert "No user matches" in seat.text

    sit(Users(visit_of(owner)), steps)
    assert now(owner, people[0]).status is Status.PENDING


def test_x_asks_which_and_removing_leaves_the_page(owner: Session, people: list[User]) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("enter", "x")
        assert "d deactivate  x remove  v revoke" in seat.text
        await seat.press("d")
        assert "Deactivate Maria Alba" in seat.text
        await seat.press("y")
        assert "inactive" in seat.line("status")
        await seat.press("x")
        assert "Remove Maria Alba" in seat.text
        assert "Erased for good" in said(seat)
        await seat.press("y")
        assert f"✓ Removed: user {people[0].id}." in seat.text
        assert "Alba" not in seat.text
        assert "People" in seat.text

    sit(Users(visit_of(owner)), steps)
    with pytest.raises(NotFound):
        users.show(owner, people[0].id)


def test_removing_asks_for_the_password_when_it_was_given_long_ago(
    owner: Session, people: list[User], clock: FakeClock
) -> None:
    clock.forward(minutes=6)

    async def steps(seat: Seat) -> None:
        await seat.press("x", "x", "y")
        assert "once more" in seat.text
        await seat.type(PASSWORD)
        await seat.press("f2")
        assert "✓ Removed" in seat.text

    sit(Users(visit_of(owner)), steps)


def test_restore_confirm_and_unlock_on_the_page(
    owner: Session, people: list[User], clock: FakeClock
) -> None:
    user = people[0]
    users.deactivate(owner, user.id)
    with owner.store.write(owner):
        UserRow.update(attempts=6, locked_at=clock()).where(UserRow.id == user.id).execute()

    async def steps(seat: Seat) -> None:
        await seat.press("r")
        assert "1 lock is" in seat.text
        await seat.press("y")
        assert "✓ Restored: Maria Alba" in seat.text
        assert "pending" in seat.line("status")
        await seat.press("u")
        assert "▲ Maria Alba is not locked." in seat.text
        await seat.press("c", "y")
        assert "✓ Confirmed" in seat.text
        await seat.press("c")
        assert "is confirmed already" in seat.text

    sit(Person(visit_of(owner), now(owner, user)), steps)


def test_u_in_the_list_lifts_a_lock_or_says_that_there_is_none(
    owner: Session, people: list[User], clock: FakeClock
) -> None:
    with owner.store.write(owner):
        UserRow.update(attempts=6, locked_at=clock()).where(UserRow.id == people[0].id).execute()

    async def steps(seat: Seat) -> None:
        await seat.press("u", "y")
        assert "✓ Unlocked: Maria Alba" in seat.text
        await seat.press("u")
        assert "is not locked" in seat.text

    sit(Users(visit_of(owner)), steps)


def test_a_key_says_why_not_for_the_owner_for_oneself_and_for_an_admin(
    owner: Session, people: list[User], make_user: MakeUser
) -> None:
    ada = make_user(last_name="Aaron", login="ada", admin=True, role="", teams=())
    make_user(last_name="Abel", admin=True, role="", teams=())

    async def steps(seat: Seat) -> None:
        await seat.press("b")
        assert "▲ Nobody changes their own status" in seat.text
        await seat.press("down", "b")
        assert "▲ Only the owner may do this to an admin." in seat.text
        await seat.press("down", "down", "x")
        assert "▲ Only the owner may change the owner." in seat.text

    sit(Users(visit_of(session_of(owner.store, ada))), steps)


def test_the_marked_are_done_together_and_a_ledger_says_who_was_not(
    owner: Session, people: list[User]
) -> None:
    users.deactivate(owner, people[3].id)

    async def steps(seat: Seat) -> None:
        await seat.press("asterisk")
        await seat.press("b")
        assert "Block 3 people?" in seat.text
        assert "2 are left as they are" in said(seat)
        await seat.press("y")
        assert "3 blocked, 2 refused." in seat.text
        lines = [line for line in seat.text.splitlines() if "Maria" in line or "Olga" in line]
        assert len(lines) == 5
        assert "left as it is" in seat.line("Dias")
        await seat.press("space")
        assert "Alba" not in seat.text
        await seat.press("space", "q")
        assert "✓ 3 done, 2 refused." in seat.text
        assert "marked" not in seat.text

    sit(Users(visit_of(owner)), steps)
    assert [now(owner, user).status for user in people] == ["blocked"] * 3 + ["inactive"]


def test_mixed_marks_ask_which_act_is_meant(owner: Session, people: list[User]) -> None:
    users.block(owner, people[3].id)

    async def steps(seat: Seat) -> None:
        await seat.press("3", "asterisk", "1", "space", "down", "space", "end", "space")
        assert "3 marked" in seat.text
        await seat.press("b")
        assert "Which is meant, of 3 marked?" in seat.text
        assert "▸ Cancel      Block 2      Unblock 1" in seat.text
        assert "b block  u unblock  enter choose  esc cancel" in seat.text
        await seat.press("u")
        assert "Unblock 1 person?" in seat.text
        await seat.press("y")
        assert "1 unblocked, 2 refused." in seat.text

    sit(Users(visit_of(owner)), steps)
    assert now(owner, people[3]).status is Status.PENDING


def test_whoever_is_only_locked_makes_no_marks_mixed(
    owner: Session, people: list[User], clock: FakeClock
) -> None:
    """That `unblock` would unlock them is no reason to ask which is meant: u does that."""
    with owner.store.write(owner):
        UserRow.update(attempts=6, locked_at=clock()).where(UserRow.id == people[0].id).execute()

    async def steps(seat: Seat) -> None:
        await seat.press("3", "asterisk", "b")
        assert "Block 4 people?" in seat.text

    sit(Users(visit_of(owner)), steps)


def test_marks_of_whom_nothing_can_be_done_say_why(owner: Session, people: list[User]) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("3", "space", "space", "u")
        assert "▲ 2 are left as they are: 2 not locked." in seat.text

    sit(Users(visit_of(owner)), steps)


def test_what_everybody_means_is_fixed_before_it_asks(
    owner: Session, people: list[User], make_user: MakeUser
) -> None:
    """DESIGN 4: `*` keeps the filter, and what it means is fixed when the act is rehearsed."""

    async def steps(seat: Seat) -> None:
        await seat.press("3", "asterisk", "x", "d")
        assert "Deactivate 4 people?" in seat.text
        make_user(last_name="Esteves", login="esteves")
        await seat.press("y")
        assert "4 deactivated, 0 refused." in seat.text

    sit(Users(visit_of(owner)), steps)
    assert users.show(owner, "esteves").status is Status.PENDING


def test_a_counted_act_says_so(
    owner: Session, people: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "REHEARSED", 2)

    async def steps(seat: Seat) -> None:
        await seat.press("3", "asterisk", "x", "d")
        assert "Counted, not rehearsed" in said(seat)
        await seat.press("y")
        assert "4 deactivated" in seat.text

    sit(Users(visit_of(owner)), steps)
