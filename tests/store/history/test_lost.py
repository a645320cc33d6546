"""A lost, emptied or different database is refused and never replaced silently."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store import account, audit
from store.database import Store
from store.errors import Unavailable
from store.opening import open_store
from store.session import Session, operator_session
from store.values import Draft, User
from tests.conftest import PASSWORD, CheapHasher

Make = Callable[..., User]
OLGA = Draft(first_name="Olga", last_name="Bakum", login="olga", email="olga@acme.com.ua")


def gone(database: Path, _template: Path) -> None:
    database.unlink()


def emptied(database: Path, _template: Path) -> None:
    database.write_bytes(b"")


def without_account(database: Path, template: Path) -> None:
    shutil.copyfile(template, database)


@pytest.fixture
def url(sqlite_url: str) -> str:
    """SQLite only, where the database is a file in the data folder."""
    return sqlite_url


LOSSES = (gone, emptied, without_account)


@pytest.fixture
def folder(url: str, store: Store, owner: Session, make_user: Make) -> Path:
    """The data folder of an account with a history, closed."""
    make_user()
    store.close()
    for path in store.folder.path.glob("usher.db-*"):
        path.unlink()
    return store.folder.path


def refused(url: str, **how: Any) -> Unavailable:
    with pytest.raises(Unavailable) as raised:
        open_store(url, hasher=CheapHasher(), **how)
    assert raised.value.exit_code == 7
    return raised.value


@pytest.mark.parametrize("lose", LOSSES)
def test_a_lost_database_is_refused_and_left_as_it_is(
    folder: Path, url: str, sqlite_template: Path, lose: Callable[[Path, Path], None]
) -> None:
    database = folder / "usher.db"
    lose(database, sqlite_template)
    before = database.read_bytes() if database.exists() else None
    ways: tuple[dict[str, Any], ...] = ({}, {"migrating": True})
    for how in ways:
        error = refused(url, **how)
        assert error.name == "account_lost"
        assert "Restore a backup" in error.message
    assert (database.read_bytes() if database.exists() else None) == before


@pytest.mark.parametrize("lose", LOSSES)
def test_a_new_account_in_its_place_wants_a_word_and_tells_its_history(
    folder: Path, url: str, sqlite_template: Path, lose: Callable[[Path, Path], None]
) -> None:
    lose(folder / "usher.db", sqlite_template)
    store = open_store(url, hasher=CheapHasher(), replace=True)
    account.init(store, "Acme", OLGA, PASSWORD)
    session = operator_session(store)
    first = audit.history(session)[-1]
    assert (first.verb, first.changes["newest_entry"][1]) == ("replace_account", None)
    assert audit.examine(store).damage is None
    store.close()
    opened = open_store(url, hasher=CheapHasher())
    assert audit.examine(opened).anchor == "agrees"
    opened.close()


def test_another_account_in_its_place_is_refused(
    folder: Path, url: str, tmp_path: Path, sqlite_template: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir(mode=0o700)
    shutil.copyfile(sqlite_template, other / "usher.db")
    store = open_store(f"sqlite:///{other}/usher.db", hasher=CheapHasher(), create=True)
    account.init(store, "Other", OLGA, PASSWORD)
    store.close()
    shutil.copyfile(other / "usher.db", folder / "usher.db")
    ways: tuple[dict[str, Any], ...] = ({}, {"any_key": True}, {"replace": True})
    for how in ways:
        assert refused(url, **how).name == "account_replaced"


def test_a_database_that_is_replaced_may_come_back(
    folder: Path, url: str, sqlite_template: Path
) -> None:
    """The anchor of the replaced account is kept next to the new one."""
    former = folder / "former.db"
    (folder / "usher.db").rename(former)
    store = open_store(url, hasher=CheapHasher(), replace=True)
    account.init(store, "Acme", OLGA, PASSWORD)
    store.close()
    back = open_store(f"sqlite:///{former}", hasher=CheapHasher())
    assert audit.examine(back).anchor == "agrees"
    back.close()


def test_a_folder_that_knows_nothing_refuses_nothing(
    url: str, sqlite_template: Path, data_folder: Path
) -> None:
    store = open_store(url, hasher=CheapHasher(), create=True)
    account.init(store, "Acme", OLGA, PASSWORD)
    assert [entry.verb for entry in audit.history(operator_session(store))] == ["create", "init"]
    store.close()


def test_a_key_without_a_database_is_of_an_account_that_is_lost(folder: Path, url: str) -> None:
    for path in (folder / "usher.db", folder / "audit.head"):
        path.unlink()
    for how in ({}, {"create": True}):
        assert refused(url, **how).name == "account_lost"
    open_store(url, hasher=CheapHasher(), replace=True).close()
