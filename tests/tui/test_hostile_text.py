"""Text that was made to break a terminal, on every form and dialog: shown, never obeyed."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.screen import Screen

from store.errors import Problem
from store.leaving.plan import Plan
from store.session import Session
from store.users.assigned import Assigned
from store.values import Draft, EmployeeCard, Holder, Status, User
from tests.tui.driving import LARGE, SMALL
from tests.tui.one_screen import Seat, sit, visit_of
from tui.dialogs.choose import Choose
from tui.dialogs.confirm import Confirm
from tui.dialogs.conflict import Conflict
from tui.dialogs.copy import Copy
from tui.dialogs.show_once import ShowOnce
from tui.screens.change_password import ChangePassword
from tui.screens.choose_person import ChoosePerson
from tui.screens.comparison import Comparison
from tui.screens.leaving import Leaving
from tui.screens.locked import Locked
from tui.screens.merge import Merge
from tui.screens.permissions import Permissions
from tui.screens.reasons import Reasons
from tui.screens.records import Records
from tui.screens.sign_in import SignIn
from tui.screens.user_form import UserForm
from tui.visit import Visit

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

HOSTILE = {
    "markup": "[/x][b]$x[/] [@click=app.quit]go[/]",
    "escape": "\x1b]0;owned\x07\x1b[2J\x9b31m\x00",
    "bidi": "evil\u202egnp.exe\u2066\u200f\u200b",
    "long": "n" * 10_000,
    "marks": "Z" + "\u0301" * 10_000,
    "wide": "漢字" * 5_000,
    "lines": "one\ntwo\r\u2028three\t",
}


def person(text: str, visit: Visit) -> User:
    card = EmployeeCard(1, "", text, text, text)
    return replace(
        visit.actor, first_name=text, last_name=text, email=text, phone=text, country=text,
        language=text, role=text, teams=(text, text), position=text, login=text, employee=card,
    )  # fmt: skip


def records(session: Session, text: str) -> Records:
    row = (text, text, text, text, session.user)
    columns = ("kind", "ref", "title", "state", "owner_id")
    with session.store.write(session):
        session.store.insert_rows("usher_record", columns, [row, ("a", text, text, "", row[4])])
    visit = visit_of(session)
    return Records(visit, replace(person(text, visit), id=visit.actor.id))


SCREENS: dict[str, Callable[[Session, str], Screen[Any]]] = {
    "sign-in": lambda session, text: SignIn(session.store, text, text),
    "locked": Locked,
    "password": lambda session, text: ChangePassword(replace(session, name=text), forced=True),
    "form": lambda session, text: UserForm(visit_of(session), person(text, visit_of(session))),
    "form by another": lambda session, text: UserForm(
        replace(visit_of(session), actor=replace(visit_of(session).actor, id=99, owner=False)),
        person(text, visit_of(session)),
    ),
    "permissions": lambda session, text: Permissions(
        visit_of(session), replace(person(text, visit_of(session)), owner=False)
    ),
    "reasons": lambda session, text: Reasons(
        visit_of(session), person(text, visit_of(session)), "clients.view"
    ),
    "comparison": lambda session, text: Comparison(
        visit_of(session), person(text, visit_of(session)), person(text, visit_of(session))
    ),
    "choosing somebody": lambda session, text: ChoosePerson(visit_of(session), text, 0),
    "records": records,
    "leaving": lambda session, text: Leaving(
        visit_of(session),
        Plan(
            person(text, visit_of(session)),
            {text: 2, "b": 10**9},
            Assigned(sessions=2),
            {"deactivate": text, "remove": ""},
            last_admin=True,
            under_way=None,
        ),
    ),
    "merge": lambda session, text: Merge(
        Draft(), Draft(first_name="x"), person(text, visit_of(session)), text
    ),
    "confirm": lambda _session, text: Confirm(text, text, text),
    "choose": lambda _session, text: Choose(text, ((text, text), ("b", "b")), new_label="new"),
    "conflict": lambda _session, text: Conflict(
        Holder(7, text, text, Status.ACTIVE), "E-mail", text
    ),
    "copy": lambda _session, text: Copy(text[:60], [("command", text), ("id", "1")]),
    "once": lambda _session, text: ShowOnce(text, text[:60], text),
}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("kind", HOSTILE)
def test_is_shown_and_not_obeyed(owner: Session, kind: str, screen: str) -> None:
    async def steps(seat: Seat) -> None:
        judge(seat.text, SMALL)
        await seat.resize(LARGE)
        judge(seat.text, LARGE)
        await seat.resize(SMALL)
        if screen.startswith("form"):
            problem = Problem("email", "email_taken", HOSTILE[kind])
            seat.app.shown.show_problems((problem, replace(problem, field="?")))  # type: ignore[attr-defined]
            await seat.press("down")
            judge(seat.text, SMALL)
        for key in ("tab", "x", "down", "f2"):
            await seat.press(key)
            judge(seat.text, SMALL)

    sit(SCREENS[screen](owner, HOSTILE[kind]), steps)


def judge(text: str, size: tuple[int, int]) -> None:
    """Nothing raw, and nothing beyond the edge."""
    assert not re.search(r"(?m)^[ │]*(two|three)", text), "a value starts a line of its own"
    raw = {char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Cs"}} - {"\n"}
    assert not raw
    assert not re.search("\u0301{5}", text)
    lines = text.split("\n")
    assert len(lines) == size[1]
    cells = [sum(1 + (unicodedata.east_asian_width(c) == "W") for c in line) for line in lines]
    assert "\u0301" in text or max(cells) <= size[0]
