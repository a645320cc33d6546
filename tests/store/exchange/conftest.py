"""Files of people, and what is said and stored of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store import audit, teams
from store.database import Store
from store.exchange.headings import COLUMNS
from store.exchange.importing import ImportSummary
from store.models import UserRow
from store.session import Session
from store.users import read
from store.values import User

HEADER = ",".join(COLUMNS)
MARIA = "Maria,Silva,maria@acme.com,maria,,,,Salesperson,North,"
RUI = "Rui,Simões,rui@acme.com,rui,,,,Salesperson,North,"

Write = Callable[..., Path]


@pytest.fixture
def session(owner: Session) -> Session:
    """The owner, with a team North."""
    teams.create(owner, "North")
    return owner


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """A CSV file of lines, with the header of people.csv."""

    def write(*lines: str, header: str = HEADER, name: str = "people.csv") -> Path:
        path = tmp_path / name
        path.write_text(
            "".join(f"{line}\r\n" for line in (header, *lines)), encoding="utf-8", newline=""
        )
        return path

    return write


def shape(summary: ImportSummary) -> dict[str, Any]:
    """All that `usher import --json` tells."""
    return {**summary.as_json(), "failed": [one.as_json() for one in summary.failed]}


def faults(summary: ImportSummary) -> list[tuple[int, str]]:
    return [(failure.line, failure.code) for failure in summary.failed]


def everybody(store: Store) -> list[User]:
    with store.read():
        numbers = [row.id for row in UserRow.select(UserRow.id).order_by(UserRow.id)]
    return read.load(store, numbers)


def many(number: int) -> list[str]:
    return [f"Rui,Simões {one},rui{one}@acme.com,,,,,Salesperson,North," for one in range(number)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that is not there yet, in a folder of its own."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "people.csv"


def beside(path: Path) -> list[str]:
    """What lies in the folder of the file, the file too."""
    return sorted(one.name for one in path.parent.iterdir())


def entries(session: Session) -> list[str]:
    return [entry.verb for entry in audit.history(session)]
