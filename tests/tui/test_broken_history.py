"""Admins see that the history is damaged, until the operator accepts it (DESIGN 3.13)."""

from collections.abc import Callable

import pytest

from store import teams
from store.audit import sealing
from store.database import Store
from store.session import Session, operator_session
from store.values import User
from tests.conftest import PASSWORD
from tests.store.history.tampering import cut_tail, delete_anchor
from tests.tui.one_screen import Seat
from tests.tui.test_app import sign_in, visit

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

Tamper = Callable[[Store], None]


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (lambda store: cut_tail(store, 1), "damaged from entry 4 on"),
        (delete_anchor, "audit.head is missing"),
    ],
)
def test_an_admin_is_shown_a_break_until_it_is_accepted(
    store: Store, owner: Session, make_user: Callable[..., User], tamper: Tamper, words: str
) -> None:
    make_user(admin=True)
    tamper(store)
    seen: list[str] = []

    async def steps(seat: Seat) -> None:
        await sign_in(seat, "olga", PASSWORD)
        seen.append(seat.text)

    # The sign-in is an action. It records the break and does not hide it.
    visit(store, steps)
    teams.create(owner, "South")
    visit(store, steps)
    sealing.accept(operator_session(store).because("restored a backup"))
    visit(store, steps)
    assert ["usher audit verify" in text for text in seen] == [True, True, False]
    assert words in seen[0]


def test_a_standard_user_is_not_told(
    store: Store, owner: Session, make_user: Callable[..., User]
) -> None:
    make_user("seven wet umbrellas", login="ana", email="ana@acme.com.ua")
    delete_anchor(store)

    async def steps(seat: Seat) -> None:
        await sign_in(seat, "ana", "seven wet umbrellas")
        assert "audit verify" not in seat.text

    visit(store, steps)
