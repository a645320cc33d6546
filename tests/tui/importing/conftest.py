"""Files of people in a home folder, and whoever imports them on the screen.

Real files, a real store. Work is held up by the store's own lock, so nothing waits for a clock.
"""

import csv
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from store import listing, teams
from store.exchange.headings import COLUMNS
from store.exchange.options import Options
from store.session import Session
from store.values import Filters
from tests.tui.one_screen import Seat, visit_of
from tui.screens.import_run import ImportRun

MARIA = ("Maria", "Silva", "maria@acme.com", "maria", "", "", "", "Salesperson", "North", "")
RUI = ("Rui", "Simões", "rui@acme.com", "rui", "", "", "", "Salesperson", "North", "")
GERMAN = ("Vorname", "Nachname", "E-Mail", "Login", "Tel", "Land", "lang", "role", "team", "job")
Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder, which is the current one."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.fixture
def write(home: Path) -> Write:
    """A CSV file of rows in the home folder."""

    def write(
        *rows: Sequence[str],
        header: Sequence[str] = COLUMNS,
        name: str = "people.csv",
        delimiter: str = ",",
    ) -> Path:
        with (home / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=delimiter).writerows([header, *rows])
        return home / name

    return write


@pytest.fixture
def session(owner: Session) -> Session:
    """The owner, with a team North."""
    teams.create(owner, "North")
    return owner


def many(number: int) -> list[tuple[str, ...]]:
    """So many people of whom nobody is there yet."""
    return [
        (f"Maria {n}", "Silva", f"m{n}@acme.com", f"m{n}", "", "", "", "Salesperson", "North", "")
        for n in range(number)
    ]


def people(session: Session) -> int:
    """How many there are, but for the owner."""
    return listing.count(session, Filters(), cap=None).number - 1


def words(seat: Seat) -> str:
    """The screen as one line of words."""
    return " ".join(seat.text.replace("│", " ").split())


async def open_file(seat: Seat, path: str) -> None:
    await seat.press("ctrl+u")
    await seat.type(path)
    await seat.press("enter")


@contextmanager
def held(session: Session) -> Iterator[Callable[[], None]]:
    """Somebody else writes, so that an import waits; what is given lets it go on."""
    begun, go_on = threading.Event(), threading.Event()

    def write() -> None:
        with session.store.write(session):
            begun.set()
            go_on.wait(20)

    thread = threading.Thread(target=write)
    thread.start()
    begun.wait(20)
    try:
        yield go_on.set
    finally:
        go_on.set()
        thread.join()


def run_of(session: Session, path: Path, rows: int) -> ImportRun:
    return ImportRun(visit_of(session), path, Options(), rows)
