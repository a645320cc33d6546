"""Importing on screen, the whole way: from the file over the rehearsal to the list."""

import json
import shutil
from pathlib import Path

import pytest

from store.session import Session
from tests.csv_files import rows_of
from tests.tui.driving import settled
from tests.tui.importing.conftest import MARIA, RUI, Write, open_file, people, words
from tests.tui.one_screen import NOTHING, Seat, sit, visit_of
from tui.screens.import_people import ImportPeople
from tui.screens.users import Users

DATA = Path(__file__).parents[2] / "data"


def test_a_file_comes_in_from_the_list_and_its_people_are_there(owner: Session, home: Path) -> None:
    shutil.copy(DATA / "people.csv", home)
    expected = json.loads((DATA / "people.expected.json").read_text(encoding="utf-8"))
    new, failed = expected["created"], len(expected["failed"])

    async def steps(seat: Seat) -> None:
        await seat.press("I", "p", "tab", "enter")
        assert "10 headings, separated by commas." in seat.text
        await seat.press("down", "space", "f2")
        assert "5 000 rows were looked at. Nothing has been written yet." in seat.text
        assert seat.line("new: created as pending").split()[:3] == ["✓", "4", "960"]
        assert seat.line("left out, and kept").split()[:2] == ["✕", str(failed)]
        assert people(owner) == 0
        await seat.press("f2")
        assert "5 000 rows are done." in seat.text
        assert people(owner) == new
        assert "home/people.failed.csv" in words(seat).replace(" ", "")
        await seat.press("f2")
        assert "4 961" in seat.text.splitlines()[0]
        assert "pending" in seat.text

    sit(Users(visit_of(owner)), steps)
    assert len(rows_of(home / "people.failed.csv")) == 1 + failed


def test_the_second_time_everybody_is_there_already(session: Session, write: Write) -> None:
    write(MARIA, RUI)

    async def steps(seat: Seat) -> None:
        await open_file(seat, "people.csv")
        await seat.press("f2", "f2", "f2")
        assert seat.app.result.created == 2
        seat.app.push_screen(ImportPeople(visit_of(session)))
        await settled(seat.pilot)
        await open_file(seat, "~/people.csv")
        await seat.press("f2")
        assert seat.line("already here").split()[:2] == ["–", "2"]
        await seat.press("enter")
        assert "No row fails." in seat.text
        await seat.press("f2")
        assert "everybody is already here just so" in seat.text

    sit(ImportPeople(visit_of(session)), steps)
    assert people(session) == 2


def test_mended_failures_are_the_only_new_ones(session: Session, write: Write, home: Path) -> None:
    write(MARIA, (*RUI[:7], "Nobody", *RUI[8:]))

    async def steps(seat: Seat) -> None:
        await open_file(seat, "people.csv")
        await seat.press("f2", "f2", "f2")
        failed = home / "people.failed.csv"
        failed.write_text(failed.read_text("utf-8").replace("Nobody", "Support"), "utf-8")
        seat.app.push_screen(ImportPeople(visit_of(session)))
        await settled(seat.pilot)
        await open_file(seat, "people.failed.csv")
        assert "11 headings" in seat.text
        assert "left out:" not in seat.text
        await seat.press("f2", "f2")
        assert seat.line("new: pending").split()[:2] == ["✓", "1"]

    assert sit(ImportPeople(visit_of(session)), steps).created == 1
    assert people(session) == 2


def test_one_goes_back_step_by_step(session: Session, write: Write) -> None:
    write(MARIA)

    async def steps(seat: Seat) -> None:
        await open_file(seat, "people.csv")
        await seat.press("f2", "q")
        assert "1 of 10" in seat.text
        await seat.press("right", "escape")
        assert seat.field("file") == "people.csv"
        await seat.press("escape")

    assert sit(ImportPeople(visit_of(session)), steps) is None
    assert people(session) == 0


@pytest.mark.parametrize(
    "keys",
    [(), ("p", "tab", "enter"), ("p", "tab", "enter", "f2")],
    ids=["file", "columns", "stage"],
)
def test_every_step_has_help(session: Session, write: Write, keys: tuple[str, ...]) -> None:
    write(MARIA)

    async def steps(seat: Seat) -> None:
        await seat.press(*keys, "f1")
        assert seat.text.splitlines()[0].strip().startswith("Help")
        assert "The keys of this screen" in seat.text
        await seat.press("q")

    assert sit(ImportPeople(visit_of(session)), steps) is NOTHING
