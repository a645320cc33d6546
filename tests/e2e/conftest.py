"""What the tests of the whole program are given: accounts, and terminals."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from store import account
from store.opening import open_store
from store.values import Draft
from tests.conftest import PASSWORD
from tests.e2e.seat import Seat
from tests.e2e.terminal import Terminal


@pytest.fixture
def database(data_folder: Path, sqlite_template: Path) -> Path:
    """A database in which there is no account yet."""
    data_folder.mkdir(mode=0o700)
    path = data_folder / "usher.db"
    path.write_bytes(sqlite_template.read_bytes())
    return path


@pytest.fixture(scope="session")
def people_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an account with its owner; hashed for real, and therefore once."""
    folder = tmp_path_factory.mktemp("people") / "data"
    folder.mkdir(mode=0o700)
    path = folder / "usher.db"
    path.write_bytes(sqlite_template.read_bytes())
    store = open_store(f"sqlite:///{path}", create=True)
    draft = Draft(first_name="Olga", last_name="Bakum", login="olga", email="olga@acme.com.ua")
    account.init(store, "Acme", draft, PASSWORD)
    store.close()
    return folder


@pytest.fixture
def people(data_folder: Path, people_template: Path) -> Path:
    """An account with its owner; real hashes, for a real process verifies them."""
    shutil.copytree(people_template, data_folder)
    return data_folder / "usher.db"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Terminal]]:
    """Open terminals that are gone with the test."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("LANG", "C.UTF-8")
    opened: list[Terminal] = []

    def open_one(*words: str, **options: Any) -> Terminal:
        opened.append(Terminal(*words, **options))
        return opened[-1]

    yield open_one
    for one in opened:
        one.child.close(force=True)


@pytest.fixture
def sit() -> Iterator[Callable[..., Seat]]:
    """Terminals that answer and can be resized, gone with the test."""
    opened: list[Seat] = []

    def one(*arguments: Any, **options: Any) -> Seat:
        opened.append(Seat(*arguments, **options))
        return opened[-1]

    yield one
    for seat in opened:
        seat.child.close(force=True)
