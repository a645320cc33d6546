"""What the forms and dialogs look like, as plain text that a review can read.

`pytest tests/tui/test_looks.py --snapshot-update` writes them anew.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.screen import Screen

from store import names, users
from store.session import Session
from store.values import Draft, Holder, Status, User
from tests.tui.driving import LARGE, SMALL
from tests.tui.one_screen import Seat, sit, visit_of
from tui.dialogs.act import Act
from tui.dialogs.choose import Choose
from tui.dialogs.confirm import Confirm
from tui.dialogs.conflict import Conflict, WayOut
from tui.dialogs.show_once import ShowOnce
from tui.screens.act_run import ActRun
from tui.screens.change_password import ChangePassword
from tui.screens.history import History
from tui.screens.locked import Locked
from tui.screens.merge import Merge
from tui.screens.person import Person
from tui.screens.set_up import SetUp
from tui.screens.sign_in import SignIn
from tui.screens.user_form import UserForm
from tui.screens.users import Users

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

MakeUser = Callable[..., User]
Made = Callable[[Session, MakeUser], Screen[Any]]


def ana(session: Session, make_user: MakeUser) -> User:
    user = make_user(first_name="Ana", last_name="Silva", email="ana@acme.com.ua", login="ana")
    return users.edit(
        session, user.id, {"country": "BR", "language": "pt", "phone": "+5511912345678"}
    )


def merge(session: Session, make_user: MakeUser) -> Merge:
    user = ana(session, make_user)
    base = Draft.of(user)
    theirs = replace(user, position="Chief of the northern branch", phone="+5511987654321")
    return Merge(base, replace(base, position="Head", notes="Moved here"), theirs, "olga  owner")


def users_list(session: Session, make_user: MakeUser) -> Users:
    for first, last in (("Оксана", "Шевченко"), ("José", "Gutiérrez"), ("静", "张")):
        make_user(first_name=first, last_name=last)
    make_user(first_name="Ada", last_name="Admin", login="ada", admin=True)
    return Users(visit_of(session))


SCREENS: dict[str, tuple[Made, tuple[str, ...]]] = {
    "list": (users_list, ()),
    "list, searched and marked": (users_list, ("slash", *"шевч", "enter", "space")),
    "list, nobody": (users_list, ("5",)),
    "filters": (users_list, ("f",)),
    "help": (users_list, ("question_mark",)),
    "list, copying": (users_list, ("y", "j")),
    "list, as commands": (users_list, ("ctrl+o",)),
    "list, finding a command": (users_list, ("colon", *"user")),
    "person": (lambda s, m: Person(visit_of(s), ana(s, m)), ()),
    "history": (lambda s, m: History(visit_of(s), ana(s, m).id, "Ana Silva"), ()),
    "set-up": (lambda s, m: SetUp(s.store), ()),
    "set-up with mistakes": (lambda s, m: SetUp(s.store), (*"Acme", "f2")),
    "sign-in": (lambda s, m: SignIn(s.store, "Acme"), ()),
    "sign-in refused": (lambda s, m: SignIn(s.store, "Acme"), (*"olga", "tab", *"wrong", "enter")),
    "forced password": (lambda s, m: ChangePassword(s, forced=True), ()),
    "locked": (lambda s, m: Locked(s, "olga"), ()),
    "new user": (lambda s, m: UserForm(visit_of(s)), ()),
    "new user with mistakes": (
        lambda s, m: UserForm(visit_of(s)),
        ("tab", "tab", *"olga@acme.com.ua", "f2", "escape"),
    ),
    "edit": (lambda s, m: UserForm(visit_of(s), ana(s, m)), ("down", "down", "down", "x")),
    "edit, choosing a country": (
        lambda s, m: UserForm(visit_of(s), ana(s, m)),
        ("down",) * 5 + ("i", "n"),
    ),
    "merge": (merge, ("down",)),
    "confirm": (
        lambda s, m: Confirm("Block Ana Silva?", "Two sessions end at once.", "Block"),
        (),
    ),
    "choose several": (
        lambda s, m: Choose(
            "countries",
            tuple(names.countries().items()),
            chosen={"BR", "UA"},
            several=True,
            new_label="new country",
        ),
        (*"br",),
    ),
    "conflict": (
        lambda s, m: Conflict(Holder(17, "Ana Silva", "ana", Status.ACTIVE), "E-mail", "a@x.ua"),
        (),
    ),
    "conflict, inactive": (
        lambda s, m: Conflict(
            Holder(17, "Ana Silva", "ana", Status.INACTIVE), "E-mail", "a@x.ua", list(WayOut)
        ),
        (),
    ),
    "act": (
        lambda s, m: Act(
            "Block Ana Silva (17)?", "At once: 2 sessions end. Stays theirs: 1 team.", "Block"
        ),
        ("r", *"left"),
    ),
    "list, blocking": (users_list, ("b",)),
    "list, leaving": (users_list, ("x",)),
    "act on many, done": (
        lambda s, m: ActRun(visit_of(s), "restore", [ana(s, m).id, 1, 4711], "a reason"),
        (),
    ),
    "shown once": (
        lambda s, m: ShowOnce("The password of “ana”", "bak-dom-fir-gul-hat-nep", "Hand it over."),
        ("y",),
    ),
}


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "132x40"])
@pytest.mark.parametrize("name", SCREENS)
def test_looks(
    owner: Session,
    make_user: MakeUser,
    snapshot: SnapshotAssertion,
    name: str,
    size: tuple[int, int],
) -> None:
    made, keys = SCREENS[name]
    shown: list[str] = []

    async def steps(seat: Seat) -> None:
        await seat.press(*keys)
        shown.append(seat.text)

    sit(made(owner, make_user), steps, size)
    assert shown[0] == snapshot
