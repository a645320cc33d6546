"""Under 60×16 one sentence, and nothing lost behind it."""

from collections.abc import Callable

import pytest

from store.database import Store
from store.models import SessionRow
from store.session import Session
from store.values import User
from tests.conftest import PASSWORD, FakeClock
from tests.tui.driving import SMALL, drive, settled
from tests.tui.one_screen import Seat
from tests.tui.test_app import sign_in, visit
from tui.app import Usher

SENTENCE = "Usher needs 60×16 characters."


async def resize(seat: Seat, width: int, height: int) -> None:
    await seat.pilot.resize_terminal(width, height)
    await settled(seat.pilot)


@pytest.mark.parametrize("size", [(59, 16), (60, 15), (20, 5), (3, 2), (1, 1)])
def test_what_stood_there_comes_back(store: Store, owner: Session, size: tuple[int, int]) -> None:
    """A form that is half filled in, and a dialog over it."""

    async def steps(seat: Seat) -> None:
        await seat.press("n")
        await seat.type("Half typed")
        form = seat.text
        await resize(seat, *size)
        assert size[0] < 30 or SENTENCE in seat.text
        await resize(seat, *SMALL)
        assert seat.text == form
        await seat.press("escape")
        dialog = seat.text
        assert "Drop what was typed?" in dialog
        await resize(seat, *size)
        assert "Drop" not in seat.text
        await resize(seat, *SMALL)
        assert seat.text == dialog
        await seat.press("enter")
        assert seat.text == form

    visit(store, steps, owner)


def test_the_smallest_terminal_is_large_enough(store: Store, owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await resize(seat, 60, 16)
        assert "People" in seat.text

    visit(store, steps, owner)


def test_keys_do_nothing_meanwhile(
    store: Store, owner: Session, make_user: Callable[..., User]
) -> None:
    """Nobody sees what they would do."""
    make_user()

    async def steps(seat: Seat) -> None:
        before = seat.text
        await resize(seat, 40, 10)
        await seat.press("n", "x", "q", "escape", "enter", "y", "tab", "space", "f2", "ctrl+p", "й")
        assert SENTENCE.split(maxsplit=1)[0] in seat.text
        await resize(seat, *SMALL)
        assert seat.text == before
        assert seat.app.is_running

    visit(store, steps, owner)


def test_ctrl_c_still_leaves_and_ends_the_session(store: Store, owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await sign_in(seat, "olga", PASSWORD)
        await resize(seat, 40, 10)
        await seat.press("ctrl+c")

    assert visit(store, steps).return_code == 0
    with store.read():
        assert SessionRow.select().where(SessionRow.ended.is_null()).count() == 0


def test_it_can_begin_too_small(store: Store, owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        assert SENTENCE.split(maxsplit=1)[0] in seat.text
        assert "Sign in" not in seat.text
        await resize(seat, *SMALL)
        assert "Sign in with your login" in seat.text

    drive(Usher(store), lambda pilot: steps(Seat(pilot)), (40, 10))


def test_it_locks_all_the_same_and_once(store: Store, owner: Session, clock: FakeClock) -> None:
    async def steps(seat: Seat) -> None:
        await resize(seat, 40, 10)
        clock.forward(minutes=15)
        for _second in range(3):
            seat.app.look_at_idle()  # type: ignore[attr-defined]
            await settled(seat.pilot)
        assert "Locked" not in seat.text
        await resize(seat, *SMALL)
        assert "Locked" in seat.text
        await seat.type(PASSWORD)
        await seat.press("enter")
        assert "People" in seat.text
        assert len(seat.app.screen_stack) == 2

    visit(store, steps, owner)


def test_ctrl_c_elsewhere_only_says_how_one_leaves(store: Store, owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("ctrl+c", "ctrl+q", "ctrl+z", "ctrl+d")
        assert "Press esc to go one step back, and q at the top to quit." in seat.text
        assert seat.app.is_running

    visit(store, steps, owner)
