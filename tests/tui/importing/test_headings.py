"""Importing on screen, second step: what the headings of the file mean."""

from pathlib import Path

import pytest

from store.exchange import mappings, reading
from store.session import Session
from tests.tui.driving import SMALL, settled
from tests.tui.importing.conftest import GERMAN, MARIA, Write, open_file, words
from tests.tui.one_screen import Seat, sit, visit_of
from tests.tui.test_hostile_text import judge
from tui.screens.import_columns import ImportColumns
from tui.screens.import_people import ImportPeople


def test_unknown_headings_are_named_and_given_a_field(session: Session, write: Write) -> None:
    write(MARIA, header=GERMAN, delimiter=";")

    async def steps(seat: Seat) -> None:
        await open_file(seat, "people.csv")
        assert "10 headings, separated by semicolons." in seat.text
        assert "are left out: “Vorname”, “Nachname”," in words(seat)
        assert seat.line("becomes").split()[1:5] == ["▸", "▲", "left", "out"]
        await seat.press("enter")
        await seat.type("first")
        await seat.press("enter")
        assert seat.line("becomes").split()[1:4] == ["▸", "first", "name"]
        await seat.press("right", "enter")
        await seat.type("last")
        await seat.press("enter", "ctrl+o")
        assert "--column Vorname=first_name" in words(seat)
        await seat.press("escape", "f2", "f2", "f2")

    assert sit(ImportPeople(visit_of(session)), steps).created == 1


def test_a_field_comes_from_one_heading(session: Session, write: Write) -> None:
    write(MARIA)

    async def steps(seat: Seat) -> None:
        await open_file(seat, "people.csv")
        await seat.press("right", "enter")
        await seat.type("first")
        assert "first name (now from “first_name”)" in seat.text
        await seat.press("enter")
        assert "“first_name” is left out now." in seat.text
        assert seat.line("becomes").split()[1:6] == ["▲", "left", "out", "▸", "first"]
        await seat.press("enter")
        await seat.type("leave")
        await seat.press("enter")
        assert "2 are left out: “first_name”, “last_name”" in words(seat)
        await seat.press("escape", "enter")
        assert "1 of 10" not in seat.text
        await seat.press("escape", "y")
        assert "Which CSV file?" in seat.text

    sit(ImportPeople(visit_of(session)), steps)


def test_headings_are_saved_by_name_and_used_again(session: Session, write: Write) -> None:
    path = write(MARIA, header=GERMAN)

    async def steps(seat: Seat) -> None:
        await seat.press("enter")
        await seat.type("first")
        await seat.press("enter", "up", "up")
        await seat.press("P", *"ersonio", "enter")
        assert "✓ Saved for the next file." in seat.text
        assert seat.field("saved headings").startswith("Personio")
        await seat.press("escape", "y")

    preview = reading.preview(path)
    sit(ImportColumns(visit_of(session), path, preview), steps)
    assert mappings.saved(session)["Personio"]["Vorname"] == "first_name"

    async def again(seat: Seat) -> None:
        assert "first name" not in seat.text
        await seat.press("up", "up", "enter", "down", "enter")
        assert seat.line("becomes").split()[1:3] == ["first", "name"]
        await seat.press("down", "down", "down", "enter")
        await seat.type("phone")
        await seat.press("enter")
        assert seat.field("saved headings").startswith("none")

    sit(ImportColumns(visit_of(session), path, preview), again)


def test_saved_headings_can_be_removed_where_they_are_chosen(
    session: Session, write: Write
) -> None:
    path = write(MARIA, header=GERMAN)
    mappings.save(session, "Personio", {"Vorname": "first_name"})
    mappings.save(session, "Other", {"Vorname": "last_name"})

    async def steps(seat: Seat) -> None:
        assert "Remove the saved headings" not in seat.text
        await seat.press("up", "up", *"personio", "enter")
        await seat.press("down", "down")
        assert "▸ Remove the saved headings" in seat.text
        await seat.press("enter", "escape")
        assert list(mappings.saved(session)) == ["Other", "Personio"]
        await seat.press("enter")
        assert "Remove the saved headings “Personio”?" in seat.text
        await seat.press("y")
        assert "✓ Removed." in seat.text
        assert seat.field("saved headings").startswith("none")
        assert "▸ saved headings" in seat.text
        assert "Remove the saved headings" not in seat.text
        assert seat.line("becomes").split()[1:3] == ["first", "name"]
        await seat.press("enter")
        assert "Other" in seat.text
        assert "Personio" not in seat.text

    sit(ImportColumns(visit_of(session), path, reading.preview(path)), steps)
    assert list(mappings.saved(session)) == ["Other"]


def test_saved_headings_that_are_gone_meanwhile_are_told(session: Session, write: Write) -> None:
    path = write(MARIA, header=GERMAN)
    mappings.save(session, "Personio", {"Vorname": "first_name"})

    async def steps(seat: Seat) -> None:
        await seat.press("up", "up", *"personio", "enter")
        mappings.remove(session, "Personio")
        await seat.press("down", "down", "enter", "y")
        assert "▲ No saved mapping named “Personio”." in seat.text

    sit(ImportColumns(visit_of(session), path, reading.preview(path)), steps)


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [("login", "there is nothing to save"), ("x" * 101, "▲ A column heading has more than 100")],
)
def test_what_cannot_be_saved_is_refused_in_words(
    session: Session, write: Write, heading: str, sentence: str
) -> None:
    path = write((), header=("email", heading))

    async def steps(seat: Seat) -> None:
        await seat.press("up", "up", *"Personio", "enter")
        assert sentence in seat.text
        assert seat.field("saved headings").startswith("none")

    sit(ImportColumns(visit_of(session), path, reading.preview(path)), steps)
    assert mappings.saved(session) == {}


def test_known_people_change_only_when_that_is_chosen(session: Session, write: Write) -> None:
    write(MARIA)

    async def steps(seat: Seat) -> None:
        await open_file(seat, "people.csv")
        await seat.press("f2", "f2", "f2")
        write((*MARIA[:9], "Head"))
        seat.app.push_screen(ImportPeople(visit_of(session)))
        await settled(seat.pilot)
        await open_file(seat, "people.csv")
        await seat.press("f2")
        assert "e-mail taken" in seat.text
        assert "with other data" not in seat.text
        await seat.press("q", "down", "down", "space", "f2")
        assert seat.line("with other data: changed").split()[:2] == ["✓", "1"]

    sit(ImportPeople(visit_of(session)), steps)


def test_rows_that_cannot_be_taken_apart_say_so(session: Session, home: Path) -> None:
    (home / "people.csv").write_text("first_name,email\nAna\nRui,rui@acme.com\n", "utf-8")

    async def steps(seat: Seat) -> None:
        await open_file(seat, "people.csv")
        assert "▲ The row has 1 cells" in seat.line("line 2")
        assert "rui@acme.com" in seat.line("line 3")

    sit(ImportPeople(visit_of(session)), steps)


def test_sixty_four_headings_are_reached_by_the_arrows(session: Session, write: Write) -> None:
    headings = [f"column {n}" for n in range(64)]
    path = write([str(n) for n in range(64)], header=headings)

    async def steps(seat: Seat) -> None:
        for number in range(64):
            assert f"column {number}" in seat.line("   heading  ")
            assert f"{number + 1} of 64" in seat.text
            judge(seat.text, SMALL)
            await seat.press("right")
        await seat.press("right", *["left"] * 70)
        assert "1 of 64" in seat.text

    sit(ImportColumns(visit_of(session), path, reading.preview(path)), steps)
