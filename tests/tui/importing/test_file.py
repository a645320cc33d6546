"""Importing on screen, first step: which file on the server it is."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.session import Session
from tests.tui.importing.conftest import MARIA, Write, open_file, words
from tests.tui.one_screen import Seat, sit, visit_of
from tui.screens.import_people import ImportPeople


def test_tab_completes_as_far_as_there_is_one_way(session: Session, home: Path) -> None:
    (home / "people").mkdir()
    for name in ("people/march.csv", "people/may.csv", "other.csv", ".hidden"):
        (home / name).write_text("x")

    async def steps(seat: Seat) -> None:
        assert [seat.line(name).strip() for name in ("other.csv", "people/")] == [
            "other.csv",
            "people/",
        ]
        assert ".hidden" not in seat.text
        await seat.press("p", "tab")
        assert seat.field("file") == "people/"
        assert "march.csv" in seat.text
        await seat.press("tab")
        assert seat.field("file") == "people/ma"
        await seat.press("y")
        assert "march.csv" not in seat.text
        await seat.press("tab")
        assert seat.field("file") == "people/may.csv"
        await seat.press("x", "tab")
        assert "There is nothing here that begins so." in seat.text

    sit(ImportPeople(visit_of(session)), steps)


def test_home_hidden_and_absolute_paths_are_completed(session: Session, home: Path) -> None:
    (home / "people.csv").write_text("x")
    (home / ".hidden.csv").write_text("x")

    async def steps(seat: Seat) -> None:
        await seat.press("~", "tab")
        assert seat.field("file") == "~/people.csv"
        await seat.press("ctrl+u", ".", "h", "tab")
        assert seat.field("file") == ".hidden.csv"
        await seat.press("ctrl+u")
        await seat.type(f"{home}/p")
        await seat.press("tab")
        assert str(seat.app.shown.typed) == f"{home}/people.csv"  # type: ignore[attr-defined]

    sit(ImportPeople(visit_of(session)), steps)


def test_the_arrows_choose_and_enter_looks_into_a_folder(session: Session, write: Write) -> None:
    Path("a").mkdir()
    write(MARIA, name="a/people.csv")
    Path("b").mkdir()

    async def steps(seat: Seat) -> None:
        await seat.press("down", "down")
        assert seat.field("file") == "b/"
        await seat.press("up")
        assert seat.field("file") == "a/"
        await seat.press("enter")
        assert seat.field("file") == "a/people.csv"
        await seat.press("enter")
        assert "1 of 10" in seat.text

    sit(ImportPeople(visit_of(session)), steps)


def _utf16(path: Path) -> None:
    path.write_text("first_name,last_name\nАна,Сілва\n", encoding="utf-16")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (Path.mkdir, "is a folder or a device"),
        (os.mkfifo, "is a folder or a device"),
        (_utf16, "Line 1 is not UTF-8"),
        (Path.touch, "The file is empty."),
        (lambda _path: None, "cannot be read (no such file or directory)"),
        (
            lambda path: path.write_text("a," * 100),
            "The file has 101 columns.",
        ),
    ],
    ids=["folder", "pipe", "utf-16", "empty", "nothing", "columns"],
)
def test_a_file_that_is_refused_says_why_at_the_field(
    session: Session, home: Path, make: Callable[[Path], Any], sentence: str
) -> None:
    make(home / "x.csv")

    async def steps(seat: Seat) -> None:
        await open_file(seat, "x.csv")
        assert sentence in words(seat)
        assert seat.line("▲").startswith(" " * 19)
        await seat.press("backspace")
        assert "▲" not in seat.text
        await seat.press("escape")

    assert sit(ImportPeople(visit_of(session)), steps) is None
