"""Importing on screen: how it looks, and hostile files."""

import csv
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from store.exchange.importing import Failure, ImportSummary
from store.exchange.options import Options
from store.session import Session
from tests.tui.driving import LARGE, SMALL, settled
from tests.tui.importing.conftest import GERMAN, MARIA, RUI, Write, held, run_of
from tests.tui.one_screen import Seat, sit, visit_of
from tests.tui.test_hostile_text import HOSTILE, judge
from tui.screens import asking
from tui.screens.import_people import ImportPeople
from tui.screens.import_reasons import by_reason


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_shown_and_not_obeyed(session: Session, home: Path, kind: str) -> None:
    """Whatever the window is pulled to on the way."""
    text = HOSTILE[kind]
    name = text.replace("/", "-").replace("\0", "")[:60] + ".csv"
    with (home / name).open("w", encoding="utf-8", newline="") as stream:
        # A heading of several lines is refused as a whole.
        heading = " ".join(text[:5000].split("\n")).replace("\r", " ")
        rows = [[heading, "email", "role"], [text, text, "Support"], ["x", "x@y.zz", text]]
        csv.writer(stream).writerows(rows)

    async def steps(seat: Seat) -> None:
        size = SMALL
        for keys in (
            ("tab",), ("down",), ("enter",), ("right",), ("enter",), ("escape",), ("left", "enter"),
            ("down", "enter"), ("f2",), ("enter",), ("q",), ("ctrl+o",), ("escape",), ("f2",),
            ("enter",), ("q",),
        ):  # fmt: skip
            await seat.press(*keys)
            judge(seat.text, size)
            size = LARGE if size == SMALL else SMALL
            await seat.resize(size)
            judge(seat.text, size)
        assert "done." in seat.text

    sit(ImportPeople(visit_of(session)), steps)


SUMMARY = ImportSummary(
    rows=5_412,
    created=5_300,
    updated=12,
    unchanged=80,
    failed=(
        *(Failure(n, "email_invalid", "This is not an e-mail address.") for n in range(2, 19)),
        Failure(40, "email_taken", "In use by user 17 (pending), whose data differ from this row."),
        Failure(41, "role_unknown", "There is no such role: create it first, or mend its name."),
    ),
    failed_file=Path("/home/olga/people.failed.csv"),
)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "132x40"])
def test_looks(
    session: Session, write: Write, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    write(MARIA, RUI, (*RUI[:2], "x@@y", *RUI[3:]), header=GERMAN, name="march.csv")
    write(MARIA, RUI, name="march.txt")
    Path("old").mkdir()
    shown: dict[str, str] = {}

    async def steps(seat: Seat) -> None:
        async def look(name: str, *keys: str) -> None:
            await seat.press(*keys)
            await settled(seat.pilot)
            shown[name] = seat.text

        await look("which file", "m", "tab")
        await look("refused", *"tsv", "enter")
        await look("headings", *["backspace"] * 3, "c", "tab", "enter")
        await look("a heading", "enter")
        await look("options", "escape", "down", "space", "down", "space", "down")
        await look("rehearsed", "f2")
        await look("lines", "enter")
        await seat.press("q", "f2")
        seat.app.screen.over((SUMMARY, by_reason(SUMMARY.failed, Options())))  # type: ignore[attr-defined]
        await look("done")

    sit(ImportPeople(visit_of(session)), steps, size)
    for name, text in shown.items():
        assert text == snapshot(name=name)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "132x40"])
def test_looks_while_it_works(
    session: Session,
    write: Write,
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
) -> None:
    monkeypatch.setattr(asking, "PATIENCE", 3600)
    run = run_of(session, write(MARIA), 20_000)
    shown: dict[str, str] = {}

    async def steps(seat: Seat) -> None:
        with held(session):
            seat.app.push_screen(run)
            await seat.pilot.pause()
            run.work.tell(12_000, 0.6)
            run.look()
            await seat.pilot.pause()
            shown["running"] = seat.text
            await seat.pilot.press("escape")
            shown["asked"] = seat.text

    sit(ImportPeople(visit_of(session)), steps, size)
    for name, text in shown.items():
        assert text == snapshot(name=name)
