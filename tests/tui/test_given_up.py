"""A canceled request opens nothing, however it was canceled."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from store import users
from store.session import Session
from store.values import User
from tests.tui import made
from tests.tui.driving import settled
from tests.tui.gated import Gate
from tests.tui.one_screen import Seat, sit, visit_of
from tui.commands.registry import BY_ID
from tui.screens.asking import Asking
from tui.screens.help import Help
from tui.screens.person import Person
from tui.screens.roles import Roles
from tui.screens.room import Room

MakeUser = Callable[..., User]


def person(session: Session, make_user: MakeUser) -> Person:
    return Person(visit_of(session), made.ana(session, make_user))


def person_with_records(session: Session, make_user: MakeUser) -> Person:
    made.owning(session, make_user)
    return Person(visit_of(session), users.show(session, "ana"))


def roles(session: Session, _make_user: MakeUser) -> Roles:
    return Roles(visit_of(session))


def again(screen: Any) -> Room[Any]:
    """Return a new copy of the screen, because a closed screen cannot be shown again."""
    visit = visit_of(screen.visit.session)
    return Person(visit, screen.user) if isinstance(screen, Person) else type(screen)(visit)


SCREENS: dict[str, tuple[made.Made, tuple[str, ...], str]] = {
    "users": (made.users_list, (), "block put_out confirm_user"),
    "marked": (made.users_list, ("asterisk",), "block put_out restore unlock confirm_user"),
    "person": (person, (), "block put_out confirm_user"),
    "person with records": (person_with_records, (), "put_out"),
    "ownership": (made.ownership_of_olga, (), "transfer_account keep_account"),
}
"""Screens, the keys to press first, and commands that ask the store before they open."""


async def by_esc(seat: Seat) -> None:
    await seat.pilot.press("escape")


async def by_another_row(seat: Seat) -> None:
    await seat.pilot.press("j")


async def by_another_key(seat: Seat) -> None:
    await seat.pilot.press("ctrl+l")


async def by_another_screen(seat: Seat) -> None:
    await seat.app.push_screen(Help("users"))
    await seat.pilot.pause()
    seat.app.pop_screen()


WAYS = (by_esc, by_another_row, by_another_key, by_another_screen)


@pytest.mark.parametrize("name", SCREENS)
def test_an_answer_that_nobody_waits_for_any_more_opens_nothing(
    owner: Session, make_user: MakeUser, name: str
) -> None:
    make, first, commands = SCREENS[name]
    screen = make(owner, make_user)
    below = roles(owner, make_user)

    async def steps(seat: Seat) -> None:
        gate = Gate()
        for command, way in product(commands.split(), WAYS):
            if seat.app.screen is below:
                await seat.app.push_screen(again(screen))
                await settled(seat.pilot)
            room = seat.app.screen
            assert isinstance(room, Asking)
            await seat.press(*first)
            gate.shut()
            await seat.pilot.press(BY_ID[command].keys[0])
            await seat.pilot.pause()
            assert room._preparation, f"{command} asks nothing"
            await way(seat)
            await seat.pilot.pause()
            gate.open()
            await settled(seat.pilot)
            assert seat.app.screen in {room, below}, f"{command}, {way.__name__}:\n{seat.text}"
            if seat.app.screen is room:
                await seat.press("escape")

    sit(below, steps)
