"""What the tests at a real terminal are given: an account that is empty, and terminals."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.seat import Seat


@pytest.fixture
def database(data_folder: Path, sqlite_template: Path) -> Path:
    data_folder.mkdir(mode=0o700)
    path = data_folder / "usher.db"
    path.write_bytes(sqlite_template.read_bytes())
    return path


@pytest.fixture
def sit(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Seat]]:
    """Terminals that are gone with the test."""
    opened: list[Seat] = []

    def one(*arguments: object, **options: object) -> Seat:
        opened.append(Seat(*arguments, **options))  # type: ignore[arg-type]
        return opened[-1]

    yield one
    for seat in opened:
        seat.child.close(force=True)
