"""Why can't … sign in?: each gate, each door, and opening what is shut from there."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from store import signin, users
from store.models import UserRow
from store.session import Session
from store.values import Door, Status, User
from tests.conftest import NOON
from tests.tui.driving import LARGE
from tests.tui.one_screen import Seat, sit, visit_of
from tui import gates
from tui.screens.person import Person
from tui.screens.users import Users
from tui.screens.why import Why

Make = Callable[..., User]


def lock(session: Session, user: User) -> User:
    """After six wrong passwords, and away for a hundred days."""
    long_ago = NOON - timedelta(days=100)
    with session.store.write(session):
        UserRow.update(
            status=Status.ACTIVE, attempts=6, attempted_at=NOON, locked_at=NOON,
            attempted_from="203.0.113.9", idle_from=long_ago, last_seen=long_ago,
        ).where(UserRow.id == user.id).execute()  # fmt: skip
    return users.show(session, user.id)


@pytest.fixture
def taras(owner: Session, make_user: Make) -> User:
    made = make_user(
        "a password from an admin", first_name="Тарас", last_name="Шевченко", role="Support"
    )
    return lock(owner, made)


def test_it_says_yes_or_no_and_of_each_gate_why(owner: Session, taras: User) -> None:
    async def steps(seat: Seat) -> None:
        assert "Why can't Тарас Шевченко sign in?" in seat.text
        assert "✕ cannot sign in" in seat.text
        assert "locked just now after 6 attempts, last from 203.0.113.9" in seat.text
        assert "last here 100 d ago, limit 90" in seat.text
        assert "temporary: may only choose one of their own" in seat.line("▲ current")
        assert f"usher users unlock {taras.id}" in seat.line("ctrl+o")

    sit(Why(visit_of(owner), taras), steps, LARGE)


def test_the_doors_are_changed_at_once(owner: Session, taras: User) -> None:
    async def steps(seat: Seat) -> None:
        assert "‹platform›" in seat.text
        await seat.press("tab")
        assert "‹simulator›" in seat.text
        assert "✕ door" in seat.text
        await seat.press("right")
        assert "‹usher›" in seat.text
        assert "their own profile alone" in seat.text
        await seat.press("left", "left")
        assert "✓ door             platform" in seat.text

    sit(Why(visit_of(owner), taras), steps)


def test_ctrl_o_copies_the_command_that_opens_the_first_gate(owner: Session, taras: User) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("ctrl+o", "y")
        assert seat.app.copied == [f"usher users unlock {taras.id}"]

    sit(Why(visit_of(owner), taras), steps)


def test_what_is_changed_from_there_is_read_anew_and_shows_where_one_came_from(
    owner: Session, taras: User
) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("w", "e")
        await seat.type("x")
        await seat.press("f2")
        assert "xТарас" in seat.text or "Тарасx" in seat.text
        await seat.press("q")
        assert isinstance(seat.app.screen, Person)
        assert "Тарасx" in seat.text or "xТарас" in seat.text

    sit(Person(visit_of(owner), taras), steps)


def test_who_is_unlocked_elsewhere_can_sign_in_when_one_looks_again(
    owner: Session, taras: User
) -> None:
    async def steps(seat: Seat) -> None:
        users.unlock(owner, taras.id)
        await seat.press("tab", "tab", "tab")
        assert "▲ can sign in, but must choose a new password first" in seat.text

    sit(Why(visit_of(owner), taras), steps)


def test_from_the_list_of_the_locked_w_says_why(owner: Session, taras: User) -> None:
    """Seed 0: the locked are found, and unlocked, from the list."""

    async def steps(seat: Seat) -> None:
        assert "⚿ locked" in seat.line("Шевченко")
        await seat.press("6")
        assert "⚿ passwords, idle" in seat.line("Шевченко")
        assert "203.0.113.9" in seat.line("Шевченко")
        assert "1 of 2" in seat.text
        await seat.press("w")
        assert "Why can't Тарас" in seat.text
        users.unlock(owner, taras.id)
        await seat.press("q")
        assert "Nobody is locked." in seat.text
        await seat.press("q")
        assert "● active" in seat.line("Шевченко")

    sit(Users(visit_of(owner)), steps)


def test_the_filters_know_the_locks(owner: Session, taras: User) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("f", "down", "down", "down", "enter")
        await seat.type("wrong")
        await seat.press("enter", "f2")
        assert "[6 locked]" in seat.text
        assert "Шевченко" in seat.text
        await seat.press("ctrl+o")
        assert "usher users list --locked passwords" in seat.text

    sit(Users(visit_of(owner)), steps)


def test_a_timed_lock_says_until_when(owner: Session) -> None:
    """DESIGN 3.3: the owner is never locked for good."""
    olga = lock(owner, users.show(owner, "olga"))
    found = signin.why(owner, olga.id, Door.USHER)
    told = {one.gate.gate: one for one in gates.said(found, visit_of(owner).zone)}
    assert told["passwords_lock"].sentence.endswith("until 2 Mar 2026 12:15")
    assert "never locked for that" in told["idle_lock"].sentence
    assert (told["idle_lock"].sign, told["idle_lock"].word) == ("✓", "open")


@pytest.mark.parametrize(
    ("gate", "key", "changes"),
    [
        ("wrong passwords", "u", {"attempts": 6, "attempted_at": NOON, "locked_at": NOON}),
        ("idle", "u", {"idle_from": NOON - timedelta(days=91)}),
        ("status", "b", {"status": Status.BLOCKED}),
        ("status", "r", {"status": Status.INACTIVE}),
        ("confirmed", "c", {"confirmed_at": None}),
    ],
)
def test_the_key_beside_a_shut_gate_opens_it(
    owner: Session, make_user: Make, gate: str, key: str, changes: dict[str, object]
) -> None:
    """DESIGN 4: u, b, r and c mean here what they mean everywhere."""
    made = make_user("a password from an admin", first_name="Ana", last_name="Silva")
    with owner.store.write(owner):
        active = {"status": Status.ACTIVE, "activated_at": NOON}
        UserRow.update(**{**active, **changes}).where(UserRow.id == made.id).execute()

    async def steps(seat: Seat) -> None:
        assert seat.line(f"✕ {gate}").endswith(f" {key}")
        assert "✕ cannot sign in" in seat.text
        await seat.press(key, "y")
        assert "✕" not in seat.text
        assert f"✓ {gate}" in seat.text

    sit(Why(visit_of(owner), users.show(owner, made.id)), steps, LARGE)


def test_what_does_nothing_for_this_person_is_named_all_the_same_and_says_why(
    owner: Session, make_user: Make
) -> None:
    """DESIGN 2: the key line goes by who acts, and the key by whom it is about."""
    maria = make_user(first_name="Maria")

    async def steps(seat: Seat) -> None:
        assert "b block  x leave  u unlock" in seat.text.splitlines()[-1]
        await seat.press("u")
        assert "is not locked" in seat.text

    sit(Person(visit_of(owner), maria), steps)
