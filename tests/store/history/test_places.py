"""The anchor of a SQLite account is found after it is moved or renamed."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from store import audit, users
from store.database import Store
from store.opening import open_store
from store.session import Session, operator_session
from store.upkeep import migrate
from store.values import User
from tests.conftest import CheapHasher

Make = Callable[..., User]


@pytest.fixture
def url(sqlite_url: str) -> str:
    """SQLite only, where the database is a file in the data folder."""
    return sqlite_url


def opened(address: str) -> Store:
    return open_store(address, hasher=CheapHasher())


def acted(address: str) -> audit.Verdict:
    """Open an account, do something in it, and print the result of the history check."""
    store = opened(address)
    try:
        assert audit.examine(store).damage is None
        users.edit(operator_session(store).because("a test"), 1, {"position": os.urandom(4).hex()})
        return audit.examine(store)
    finally:
        store.close()


def moved(folder: Path, to: Path) -> str:
    folder.rename(to)
    return f"sqlite:///{to}/usher.db"


def copied(folder: Path, to: Path) -> str:
    shutil.copytree(folder, to)
    to.chmod(0o700)
    return f"sqlite:///{to}/usher.db"


def linked_folder(folder: Path, to: Path) -> str:
    to.symlink_to(folder)
    return f"sqlite:///{to}/usher.db"


def spelled_otherwise(folder: Path, _to: Path) -> str:
    return f"sqlite:///{folder.parent}//{folder.name}/../{folder.name}/usher.db"


def renamed_file(folder: Path, _to: Path) -> str:
    (folder / "usher.db").rename(folder / "acme.db")
    return f"sqlite:///{folder}/acme.db"


PLACES = (moved, copied, linked_folder, spelled_otherwise, renamed_file)


@pytest.mark.parametrize("move", PLACES, ids=lambda move: str(move.__name__))
def test_an_account_may_be_moved_copied_and_named_otherwise(
    url: str, owner: Session, store: Store, make_user: Make, tmp_path: Path,
    move: Callable[[Path, Path], str],
) -> None:  # fmt: skip
    make_user()
    store.close()
    address = move(store.folder.path, tmp_path / "elsewhere")
    assert acted(address).anchor == "agrees"
    assert acted(address).anchor == "agrees"


@pytest.mark.parametrize("move", PLACES, ids=lambda move: str(move.__name__))
def test_wherever_an_account_is_moved_a_cut_tail_shows(
    url: str, owner: Session, store: Store, make_user: Make, tmp_path: Path,
    move: Callable[[Path, Path], str],
) -> None:  # fmt: skip
    """The old anchor was found by a hash of the path, so every move lost it."""
    make_user()
    store.close()
    database = store.folder.path / "usher.db"
    yesterday = database.read_bytes()
    reopened = opened(url)
    users.edit(operator_session(reopened).because("a test"), 1, {"position": "Head"})
    reopened.close()
    database.write_bytes(yesterday)
    address = move(store.folder.path, tmp_path / "elsewhere")
    there = opened(address)
    damage = audit.verify(there)
    there.close()
    assert damage is not None
    assert damage.what == "cut off"


def test_a_database_without_its_anchor_is_reported(
    url: str, owner: Session, store: Store, make_user: Make, tmp_path: Path
) -> None:
    """A copy of only the database and the key has no anchor, whatever its name."""
    make_user()
    store.close()
    for number, name in enumerate(("usher.db", "other.db")):
        to = tmp_path / str(number)
        to.mkdir(mode=0o700)
        shutil.copy(store.folder.path / "usher.db", to / name)
        shutil.copy(store.folder.path / "server.key", to)
        there = opened(f"sqlite:///{to / name}")
        damage = audit.verify(there)
        there.close()
        assert damage is not None
        assert damage.what == "anchor missing"


def test_databases_that_share_a_folder_have_an_anchor_each(
    url: str, owner: Session, store: Store, make_user: Make
) -> None:
    make_user()
    store.close()
    shutil.copy(store.folder.path / "usher.db", store.folder.path / "copy.db")
    copy = f"sqlite:///{store.folder.path}/copy.db"
    for _time in range(3):
        assert acted(copy).damage is None
        assert acted(url).damage is None
    names = {path.name for path in store.folder.path.glob("*.head")}
    assert names == {"audit.head", "copy.db.audit.head"}


def test_a_copy_that_is_made_before_a_migration_can_be_put_back(
    url: str, owner: Session, store: Store, make_user: Make
) -> None:
    make_user()
    with store.read():
        copy = migrate.backup(store)
    store.close()
    assert copy is not None
    shutil.copy(copy, store.folder.path / "usher.db")
    assert acted(url).anchor == "agrees"
