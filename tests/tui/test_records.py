"""What somebody owns on screen: counted by kind, marked, given to somebody who is active."""

import pytest

from store import audit, users
from store.database import Store
from store.records import holdings
from store.session import Session
from tests.store.records.platform import built, deals
from tests.store.records.test_assign import clients
from tests.store.standing import MakeUser, activate, made
from tests.tui.one_screen import Seat, sit, visit_of
from tests.tui.test_groups import said
from tui.screens import records as screen
from tui.screens.records import Records
from tui.screens.users import Users

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def test_marked_records_go_to_somebody_active(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    built(store, owner)
    ana = activate(owner, make_user(first_name="Ana", last_name="Abreu"))
    rui = activate(owner, make_user(first_name="Rui", last_name="Costa"))
    for standing in ("blocked", "inactive", "pending"):
        made(owner, make_user, standing, first_name="Gone", last_name=standing)
    with store.write(owner):
        clients(store, ana.id, "1", "2", "3")
        store.sql("UPDATE usher_record SET state = 'won', title = 'Acme' WHERE ref = '3'")
        deals(store, ana.id, 7)

    async def steps(seat: Seat) -> None:
        await seat.press("enter")
        assert "records      client 3 · deal 1" in seat.text
        await seat.press("d")
        assert "Ana Abreu · Records" in seat.text
        assert "client 3 · deal 1" in seat.text
        assert "Deal 7" in seat.line("deal         7")
        await seat.press("t")
        assert "▲ Mark records with the space bar first" in seat.text
        await seat.press("f", "down", "enter", "f")
        assert "client · won 1" in said(seat)
        await seat.press("down", "enter")
        assert "‹client won›" in seat.text and "Deal 7" not in seat.text
        await seat.press("ctrl+o")
        assert f"usher records list --owner {ana.id} --kind client --state won" in said(seat)
        await seat.press("escape", "escape", "space", "G", "V", "space")
        assert "◆" not in seat.line("deal         7")
        assert "3 marked · 4" in seat.text
        await seat.press("t")
        assert "Who gets 3 records of Ana Abreu?" in seat.text
        assert "Rui Costa" in seat.text
        assert "Gone" not in seat.text and "Ana Abreu (" not in seat.text
        await seat.type("gone")
        assert "Nobody is called that." in seat.text
        await seat.press("ctrl+u", *"rui", "enter")
        assert "Give 3 records to Rui Costa?" in said(seat)
        assert f"client 3. From Ana Abreu to Rui Costa ({rui.id}), at once." in said(seat)
        await seat.press("y")
        assert "✓ 3 records are now Rui Costa's." in seat.text
        assert "client" not in seat.line("deal         7")
        await seat.press("asterisk", "t", *"rui", "enter", "y")
        assert "Ana Abreu owns nothing on the platform." in said(seat)
        await seat.press("q", "q")
        assert "records      client" not in seat.text

    sit(Users(visit_of(owner)), steps)
    assert holdings.number_of(store, rui.id) == {"client": 3, "deal": 1}
    entry = audit.history(owner)[1]
    assert (entry.verb, entry.target, entry.changes["owned_by"]) == (
        "assign",
        ana.id,
        (ana.id, rui.id),
    )


def test_a_mark_of_all_is_also_of_what_is_further_down_and_what_is_refused_is_said(
    store: Store, owner: Session, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "PAGE", 30)
    ana = activate(owner, make_user(first_name="Ana", last_name="Abreu"))
    rui = activate(owner, make_user(first_name="Rui", last_name="Costa"))
    with store.write(owner):
        clients(store, ana.id, *(f"{number:03}" for number in range(100)))

    async def steps(seat: Seat) -> None:
        await seat.press("G", "G", "G", "G")
        assert "▸" in seat.line("099")
        await seat.press("asterisk", "g", "space")
        assert "99 marked · 100" in seat.text
        await seat.press("t", *"rui", "enter")
        users.block(owner, rui.id)
        await seat.press("y")
        assert f"▲ Rui Costa (user {rui.id}) is blocked." in seat.text
        users.unblock(owner, rui.id)
        await seat.press("t", *"rui", "enter", "y")
        assert "✓ 99 records are now Rui Costa's." in seat.text
        await seat.press("space", "q")
        assert "marked" not in seat.text.splitlines()[0]

    sit(Records(visit_of(owner), ana), steps)
    assert holdings.number_of(store, ana.id) == {"client": 1}
