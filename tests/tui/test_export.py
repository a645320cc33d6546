"""Exporting from the list: which file, which columns, the password anew, and giving it up."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from store import users
from store.errors import Unavailable
from store.exchange.exporting import ExportSummary
from store.exchange.headings import COLUMNS
from store.listing import bulk
from store.session import Session
from store.values import Filters, Status, User
from tests.conftest import PASSWORD
from tests.csv_files import rows_of
from tests.tui.driving import LARGE, SMALL, settled
from tests.tui.one_screen import NOTHING, Seat, sit, visit_of
from tui.screens.export import Export
from tui.screens.users import Users

Make = Callable[..., User]
NAME = "people-2026-03-02.csv"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def prove(seat: Seat, password: str = PASSWORD) -> None:
    """Down to the password, and write."""
    await seat.press("down", "down")
    await seat.type(password)
    await seat.press("enter")


def test_what_the_list_shows_is_written_and_told(
    owner: Session, make_user: Make, folder: Path
) -> None:
    make_user(last_name="Mota")
    make_user(last_name="Sousa")

    async def steps(seat: Seat) -> None:
        await seat.press("slash")
        await seat.type("mota")
        await seat.press("enter", "E")
        assert "Those whom the list shows: “mota”." in seat.text
        assert "1 person" in seat.text.splitlines()[0]
        assert seat.field("file").startswith(NAME)
        await prove(seat)
        assert f"✓ 1 person written to {NAME}" in seat.text

    sit(Users(visit_of(owner)), steps)
    assert [row[1] for row in rows_of(folder / NAME)] == ["last_name", "Mota"]


def test_columns_are_chosen_and_none_means_those_of_an_import(owner: Session, folder: Path) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("down", "backspace")
        assert seat.field("columns").startswith("those that an import reads")
        await seat.press("enter")
        await seat.type("status")
        await seat.press("enter", "f2")
        assert seat.field("columns").startswith("status")
        await seat.press("down")
        await seat.type(PASSWORD)
        await seat.press("enter")

    summary = sit(Export(visit_of(owner), Filters()), steps)
    assert summary == ExportSummary(1, Path(NAME))
    assert rows_of(folder / NAME) == [["status"], ["active"]]


def test_without_the_right_password_nothing_is_written(owner: Session, folder: Path) -> None:
    """DESIGN 3.6: an export is dangerous."""

    async def steps(seat: Seat) -> None:
        await seat.press("f2")
        assert seat.field("your password").endswith("▲ Give your password.")
        await seat.type("wrong")
        await seat.press("f2")
        assert "▲ The current password is wrong." in seat.text
        assert seat.field("your password") == ""

    assert sit(Export(visit_of(owner), Filters()), steps) is NOTHING
    assert not list(folder.glob("*.csv"))


def test_a_file_that_is_there_is_replaced_only_after_asking(owner: Session, folder: Path) -> None:
    (folder / NAME).write_text("mine")

    async def steps(seat: Seat) -> None:
        await prove(seat)
        assert "Replace the file?" in seat.text
        await seat.press("enter")
        assert "exists already" in seat.text
        assert (folder / NAME).read_text() == "mine"
        await seat.press("f2", "y")

    assert sit(Export(visit_of(owner), Filters()), steps) == ExportSummary(1, Path(NAME))
    assert rows_of(folder / NAME)[0] == list(COLUMNS)


def test_a_path_that_cannot_be_is_told_at_its_field(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("end", "ctrl+u", "f2")
        assert seat.field("file").endswith("▲ Give the file a name.")
        await seat.type("/nowhere/people.csv")
        await prove(seat)
        assert "▲ The file /nowhere/people.csv cannot be created" in seat.text
        assert seat.here == "file"

    assert sit(Export(visit_of(owner), Filters()), steps) is NOTHING


def test_esc_gives_up_what_is_being_written_and_leaves_nothing(
    owner: Session, make_user: Make, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user()
    begun, go_on = threading.Event(), threading.Event()
    original = bulk.people

    def slow(*words: Any) -> Iterator[list[tuple[str, ...]]]:
        begun.set()
        go_on.wait(10)
        return original(*words)

    monkeypatch.setattr(bulk, "people", slow)

    async def steps(seat: Seat) -> None:
        await seat.press("down", "down")
        await seat.type(PASSWORD)
        await seat.pilot.press("enter")
        while not begun.is_set():
            await seat.pilot.pause()
        assert list(folder.glob(".export*"))
        await seat.pilot.press("escape")
        assert "Stopping…" in seat.text
        go_on.set()
        await settled(seat.pilot)
        assert "The export was canceled. Nothing was written." in seat.text
        assert not list(folder.glob("*.csv")) + list(folder.glob(".export*"))

    assert sit(Export(visit_of(owner), Filters()), steps) is NOTHING


def test_what_the_disk_refuses_is_told_in_a_sentence(
    owner: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*words: Any) -> Iterator[list[tuple[str, ...]]]:
        raise Unavailable("The disk of usher.db reported an error.")

    monkeypatch.setattr(bulk, "people", broken)

    async def steps(seat: Seat) -> None:
        await prove(seat)
        assert "▲ The disk of usher.db reported an error." in seat.text

    assert sit(Export(visit_of(owner), Filters()), steps) is NOTHING


def test_ctrl_o_shows_the_command_without_the_password(owner: Session) -> None:
    filters = Filters("o'neil", (Status.ACTIVE,))

    async def steps(seat: Seat) -> None:
        await seat.press("down", "down")
        await seat.type("secret")
        await seat.press("ctrl+o")
        assert f"usher export {NAME} --search 'o'\"'\"'neil'" in seat.text
        assert "secret" not in seat.text
        await seat.press("escape", "escape")
        assert "Drop what was typed?" in seat.text

    sit(Export(visit_of(owner), filters), steps)


@pytest.mark.parametrize("hostile", ["[/x]\x1b[2J", "a[@click=app.quit]b\u202e", "x" * 1000])
def test_hostile_text_neither_crashes_nor_reaches_the_terminal_raw(
    owner: Session, make_user: Make, hostile: str
) -> None:
    """CHECKLIST F8: in a filter and in a path."""
    filters = Filters(hostile, (), hostile, hostile)

    async def steps(seat: Seat) -> None:
        assert not {"\x1b", "\u202e"} & set(seat.text)
        await seat.type("/nowhere/[/x]")
        await prove(seat)
        assert seat.here == "file"
        assert not {"\x1b", "\u202e"} & set(seat.text)

    sit(Export(visit_of(owner), filters), steps)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "132x40"])
def test_looks(
    owner: Session, make_user: Make, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    """`pytest tests/tui/test_export.py --snapshot-update` writes it anew."""
    make_user()
    filters = Filters("шев", (Status.PENDING, Status.ACTIVE), "Salesperson", "North")
    shown: list[str] = []

    async def steps(seat: Seat) -> None:
        await seat.press("f2")
        shown.append(seat.text)

    sit(Export(visit_of(owner), filters), steps, size)
    assert shown[0] == snapshot


def test_a_standard_user_cannot_begin_an_export(owner: Session, make_user: Make) -> None:
    actor = users.show(owner, make_user().id)
    from tui.commands import Situation
    from tui.commands.registry import BY_ID

    assert BY_ID["export"].why_not(Situation(actor))
