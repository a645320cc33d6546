"""Inviting many: addresses, the ledger before sending and after it, its file (S3, DESIGN 3.5)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events

from store import users
from store.session import Session
from store.values import Status, User
from tests.csv_files import rows_of
from tests.tui.driving import settled
from tests.tui.one_screen import NOTHING, Seat, sit, visit_of
from tui.screens.invite import Invite
from tui.screens.invite_ledger import InviteLedger
from tui.screens.invited import Invited
from tui.screens.users import Users

MakeUser = Callable[..., User]
PASTE = (
    "lesia@acme.com.ua, Rui Simoes <rui@vendas.com.br>\r\n"
    "ana@acme.com.ua; mark@acme.com.ua\n"
    "two@@acme.com x@mailinator.com\tLESIA@acme.com.ua\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def people(owner: Session, make_user: MakeUser) -> None:
    """One pending, one inactive."""
    make_user(first_name="Ana", last_name="Silva", email="ana@acme.com.ua", login="ana")
    make_user(first_name="Mark", last_name="Off", email="mark@acme.com.ua", login="mark")
    users.deactivate(owner, "mark")


async def paste(seat: Seat, text: str) -> None:
    seat.app.post_message(events.Paste(text))
    await settled(seat.pilot)


def said(seat: Seat) -> str:
    """What stands there as running text, out of the frame of a dialog."""
    return " ".join(seat.text.replace("│", " ").split())


def words(seat: Seat) -> list[list[str]]:
    """Sign, word and address of each line of the ledger."""
    lines = [line for line in seat.text.splitlines()[3:-3] if line[3:4] in {"✓", "–", "✕"}]
    return [[line[3], line[5:20].strip(), line[20:].split()[0]] for line in lines]


def test_each_address_says_what_becomes_of_it_and_is_mended_in_place(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("i")
        await paste(seat, PASTE)
        await seat.press("f2")
        assert words(seat) == [
            ["✓", "invite", "lesia@acme.com.ua"],
            ["✓", "invite", "rui@vendas.com.br"],
            ["–", "invited before", "ana@acme.com.ua"],
            ["–", "inactive", "mark@acme.com.ua"],
            ["✕", "malformed", "two@@acme.com"],
            ["✕", "disposable", "x@mailinator.com"],
            ["–", "twice", "LESIA@acme.com.ua"],
        ]
        assert "2 will be invited, 5 will not: 1 invited before, 1 inactive" in seat.text
        assert "Ana Silva (2), pending" in seat.text
        await seat.press("G", "x", "up", "e")
        assert "is not valid. Use the form" in seat.text
        await seat.press("ctrl+u", *"two@acme.com", "enter")
        assert words(seat)[4] == ["✓", "invite", "two@acme.com"]
        await seat.press("up", "r", "y")
        assert words(seat)[3] == ["–", "invited before", "mark@acme.com.ua"]
        await seat.press("space")
        assert [line[2] for line in words(seat)] == [
            "ana@acme.com.ua", "mark@acme.com.ua", "x@mailinator.com",
        ]  # fmt: skip
        await seat.press("space", "f2")
        assert "Invite 3 people?" in seat.text
        assert "good for 7 days" in seat.text
        await seat.press("enter")
        assert isinstance(seat.app.screen, InviteLedger)
        await seat.press("f2", "y")
        assert isinstance(seat.app.screen, Invited)
        assert words(seat)[1][:2] == ["✓", "invited"]
        assert "Rui Simoes (5)" in seat.text
        assert "Their letters are queued." in said(seat)
        await seat.press("f2")
        assert isinstance(seat.app.screen, Users)
        assert "✓ 3 are invited, 3 are not" in seat.text

    sit(Users(visit_of(owner)), steps)
    assert users.show(owner, "two@acme.com").status is Status.PENDING
    assert users.show(owner, "mark").status is Status.PENDING


def test_nothing_typed_is_lost_on_the_way_back(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await paste(seat, "Lesia Shevchuk <lesia@acme.com.ua>, two@@acme.com")
        await seat.press("f2", "escape")
        assert "Lesia Shevchuk <lesia@acme.com.ua>, two@@acme.com" in seat.text
        await seat.press("f2", "down", "x", "escape")
        assert '"Shevchuk, Lesia" <lesia@acme.com.ua>' in seat.text
        assert "two@@" not in seat.text
        await seat.press("escape")
        assert "Drop what was typed?" in seat.text
        await seat.press("enter")
        assert isinstance(seat.app.screen, Invite)
        await seat.press("f2")
        assert "Lesia Shevchuk" in seat.line("✓ invite")

    assert sit(Invite(visit_of(owner)), steps) is NOTHING


def test_a_file_is_read_too_and_what_is_wrong_stands_at_its_field(
    owner: Session, folder: Path
) -> None:
    (folder / "new.csv").write_text("name;e-mail\nRui Simoes;rui@vendas.com.br\n", encoding="utf-8")

    async def steps(seat: Seat) -> None:
        await seat.press("f2")
        assert "▲ Paste or type an address, or name a file." in seat.text
        await seat.press("tab")
        await seat.type("old.csv")
        await seat.press("f2")
        assert "old.csv cannot be read" in seat.text
        await seat.press("ctrl+u")
        await seat.type("new.csv")
        await seat.press("f2")
        assert words(seat) == [["✓", "invite", "rui@vendas.com.br"]]

    sit(Invite(visit_of(owner)), steps)


def test_admins_are_asked_for_nothing_else_and_all_of_a_batch_get_the_same(
    owner: Session,
) -> None:
    async def steps(seat: Seat) -> None:
        await paste(seat, "rui@vendas.com.br")
        await seat.press("tab", "tab", "space")
        assert "modules" not in seat.text
        await seat.press("space")
        await seat.press("tab", *"supp", "enter")
        role = "Support"
        await seat.press("tab", "tab", *"cli", "enter", "f2")
        assert "clients" in seat.field("modules")
        await seat.press("ctrl+o")
        assert "send rui@vendas.com.br --role Support --module" in said(seat)
        await seat.press("escape", "f2")
        assert f"as user · {role} · clients" in seat.text
        await seat.press("f2", "y")

    sit(Invite(visit_of(owner)), steps)
    assert users.show(owner, "rui@vendas.com.br").role == "Support"


def test_the_ledger_goes_to_a_file_that_no_spreadsheet_reckons_with(
    owner: Session, folder: Path
) -> None:
    name = "invitations-2026-03-02.csv"
    (folder / name).write_text("mine")

    async def steps(seat: Seat) -> None:
        await paste(seat, "=cmd@@acme.com\nrui@vendas.com.br")
        await seat.press("f2", "E", "f2")
        assert "Replace the file?" in seat.text
        await seat.press("y")
        assert f"✓ Written to {name}." in seat.text

    sit(Invite(visit_of(owner)), steps)
    rows = [row[:2] for row in rows_of(folder / name)]
    assert rows == [
        ["address", "outcome"],
        ["'=cmd@@acme.com", "malformed"],
        ["rui@vendas.com.br", "invited"],
    ]


def test_a_paste_prints_nothing_raw_and_too_much_of_it_is_refused(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await paste(seat, "\ufefflesia@acme.com.ua\x1b[31m\n\tann\u200ba@acme.com\n")
        assert "lesia@acme.com.ua�[31m" in seat.text
        assert "anna@acme.com" in seat.text
        await paste(seat, "a@b.example " * 10_000)
        assert "▲ This is too much at once" in seat.text
        await seat.press("down")
        assert seat.here == "or a file"

    sit(Invite(visit_of(owner)), steps)


def test_five_hundred_lines_scroll(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await paste(seat, "\n".join(f"p{number}@acme.com.ua" for number in range(501)))
        await seat.press("f2")
        assert "500 will be invited, 1 will not: 1 too many." in seat.text
        await seat.press("G")
        assert "p500@acme.com.ua" in seat.line("▸")
        await seat.press("pageup", "x")
        assert "501 addresses" not in seat.text
        assert "500 will be invited, 0 will not." in seat.text

    sit(Invite(visit_of(owner)), steps)
