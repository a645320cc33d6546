"""Keys that arrive all at once, and earlier than what they are meant for."""

from collections.abc import Callable

import pytest
from textual import events

from store.session import Session
from store.values import User
from tests.tui.driving import settled
from tests.tui.one_screen import Seat, sit, visit_of
from tui.screens.user_form import UserForm
from tui.screens.users import Users


@pytest.mark.parametrize("key", ["f2", "ctrl+l", "f1", "x", "down", "escape"])
def test_a_key_waits_for_the_screen_that_is_being_made(
    owner: Session, make_user: Callable[..., User], key: str
) -> None:
    """It would find nothing of it there yet."""

    async def steps(seat: Seat) -> None:
        seat.app.push_screen(UserForm(visit_of(owner)))
        seat.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settled(seat.pilot)
        assert seat.app.is_running
        if key == "x":
            assert seat.field("first name").startswith("x")

    sit(Users(visit_of(owner)), steps)
