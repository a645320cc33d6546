"""Keys that arrive all at once, and earlier than what they are meant for."""

from collections.abc import Callable
from time import monotonic

import pytest
from textual import events
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input

from store.session import Session
from store.values import User
from tests.tui.driving import drive, settled, type_ahead
from tests.tui.one_screen import Seat, sit, visit_of
from tui import keys_in_order
from tui.keys_in_order import KeysInOrder
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


class Slow(Input):
    """A field in which the machine stands still for longer than a key is waited for.

    Meanwhile somebody types on.
    """

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "tab":
            until = monotonic() + 3 * keys_in_order.LONGEST
            while monotonic() < until:
                pass
            for letter in "secret":
                self.app.post_message(events.Key(letter, letter))
        await super()._on_key(event)


class TwoFields(KeysInOrder):
    def compose(self) -> ComposeResult:
        yield Slow(id="login")
        yield Input(id="password")


def test_a_stall_of_the_machine_lets_no_key_overtake_the_one_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A password that is typed behind the tab would stand readable in the field for the login."""
    monkeypatch.setattr(keys_in_order, "LONGEST", 0.1)
    app = TwoFields()

    async def steps(pilot: Pilot[None]) -> None:
        type_ahead(app, "olga\t")
        await settled(pilot)
        assert [field.value for field in app.query(Input)] == ["olga", "secret"]

    drive(app, steps)


class Deaf(Input):
    """A field from which nothing is ever heard again."""

    async def _on_key(self, event: events.Key) -> None:
        await self.remove()


def test_a_key_that_is_never_heard_of_again_holds_up_the_others_no_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keys_in_order, "LONGEST", 0.05)

    class Gone(KeysInOrder):
        def compose(self) -> ComposeResult:
            yield Deaf()
            yield Input(id="stays")

    app = Gone()

    async def steps(pilot: Pilot[None]) -> None:
        type_ahead(app, "xolga")
        await settled(pilot)
        assert app.query_one("#stays", Input).value == "olga"

    drive(app, steps)
