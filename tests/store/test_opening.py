"""Who may create a database: `init`, `demo`, `migrate` and the first-run screen (DESIGN 2)."""

import logging
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from peewee import OperationalError

from store import account, audit, users
from store.database import Store
from store.errors import Invalid, Refused, Unavailable
from store.opening import open_store
from store.presence import has_account
from store.session import Session, operator_session
from store.upkeep import migrate
from store.values import Draft
from tests.conftest import PASSWORD, CheapHasher, Postgres, begin, empty, without_account

OLGA = Draft(first_name="Olga", last_name="Bakum", login="olga", email="olga@acme.com.ua")


@pytest.fixture(params=["sqlite", "postgres"])
def nothing(request: pytest.FixtureRequest, data_folder: Path) -> Iterator[str]:
    """The address of a SQLite file that is missing, and of a PostgreSQL database with no tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{data_folder / 'usher.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres_server")
    with server.fresh("template0") as address:
        yield address


@pytest.fixture
def traces(nothing: str, data_folder: Path) -> Callable[[], list[object]]:
    """Return what exists at the address and in the data folder."""

    def found() -> list[object]:
        files: list[object] = [str(path) for path in [data_folder, *data_folder.rglob("*")]
                               if path.exists()]  # fmt: skip
        if nothing.startswith("postgresql"):
            import psycopg

            with psycopg.connect(nothing) as connection:
                for name in ("pg_class", "pg_namespace", "pg_extension", "pg_proc", "pg_type"):
                    files.append(connection.execute(f"SELECT count(*) FROM {name}").fetchone())
        return files

    return found


def sentence(url: str, *, read_only: bool = False) -> str:
    """Return the error of opening an address without an account."""
    with pytest.raises(Unavailable) as refused:
        open_store(url, hasher=CheapHasher(), read_only=read_only)
    assert (refused.value.name, refused.value.exit_code) == ("no_account", 7)
    return refused.value.message


@pytest.mark.parametrize("read_only", [False, True])
def test_opening_an_address_without_an_account_creates_nothing_and_says_what_to_do(
    nothing: str, traces: Callable[[], list[object]], read_only: bool
) -> None:
    before = traces()
    said = sentence(nothing, read_only=read_only)
    assert said.startswith("There is no account at ")
    for word in ("--database", "USHER_DATABASE", "USHER_DATA", "usher init"):
        assert word in said
    assert traces() == before


def test_looking_for_an_account_and_for_what_is_pending_creates_nothing(
    nothing: str, traces: Callable[[], list[object]]
) -> None:
    before = traces()
    with closing(without_account(nothing)) as store:
        assert not has_account(store)
    with closing(open_store(nothing, migrating=True)) as store:
        assert migrate.pending(store)
    assert traces() == before


def test_a_database_of_tables_alone_holds_no_account(store: Store, url: str) -> None:
    assert not has_account(store)
    assert sentence(url).startswith("There is no account at ")
    with pytest.raises(Unavailable, match="There is no account"):
        open_store(url, read_only=True)


def test_a_database_of_others_is_not_changed_by_a_look(data_folder: Path) -> None:
    data_folder.mkdir(mode=0o700)
    path = data_folder / "platform.db"
    with closing(sqlite3.connect(path)) as platform:
        platform.execute("PRAGMA journal_mode = wal")
        platform.execute("CREATE TABLE client (id INTEGER)")
    before = path.read_bytes()
    sentence(f"sqlite:///{path}")
    assert path.read_bytes() == before
    assert [one.name for one in data_folder.iterdir()] == ["platform.db"]


def test_an_empty_file_is_no_account_and_stays_empty(data_folder: Path) -> None:
    data_folder.mkdir(mode=0o700)
    path = data_folder / "usher.db"
    path.touch(mode=0o600)
    sentence(f"sqlite:///{path}")
    assert [one.name for one in data_folder.iterdir()] == ["usher.db"]
    assert path.stat().st_size == 0
    begin(f"sqlite:///{path}")
    assert has_account(open_store(f"sqlite:///{path}"))


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_database_that_vanishes_while_it_is_open_is_not_created_again(
    owner: Session, store: Store
) -> None:
    """`mail deliver --watch` opens a connection for each check."""
    assert store.path is not None
    store.path.unlink()
    for _try in range(2):
        with pytest.raises(Unavailable), store.read():
            store.sql("SELECT 1 FROM usher_account")
        with pytest.raises(Unavailable), store.write(operator_session(store)):
            pass
    assert not store.path.exists()


@pytest.mark.parametrize(
    ("name", "fields", "password"),
    [("Acme", {}, "short"), ("", {}, PASSWORD), ("Acme", {"email": "two@@x"}, PASSWORD)],
)
def test_an_account_that_is_refused_creates_nothing(
    nothing: str,
    traces: Callable[[], list[object]],
    name: str,
    fields: dict[str, Any],
    password: str,
) -> None:
    before = traces()
    with closing(without_account(nothing)) as store, pytest.raises(Invalid):
        account.init(store, name, replace(OLGA, **fields), password)
    assert traces() == before


def test_an_account_begins_once(nothing: str) -> None:
    begin(nothing)
    with closing(open_store(nothing, hasher=CheapHasher())) as store:
        assert has_account(store)
        with pytest.raises(Refused) as refused:
            account.init(store, "Other", OLGA, PASSWORD)
        assert refused.value.name == "account_exists"
        assert users.read.load(store, [1])[0].owner


class Failing(logging.Handler):
    """Fail at the statement with this number, like a full disk. peewee logs each statement."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.left = number

    def emit(self, record: logging.LogRecord) -> None:
        if record.name != "peewee":
            return  # its pool logs connections
        self.left -= 1
        if not self.left:
            raise OperationalError("database or disk is full")


def statements(url: str, far: int, near: int) -> Iterator[int]:
    """Yield the statements to stop at, first without and then with existing tables."""
    yield from range(1, 200, far)
    empty(url)
    yield from count(1, near)


@contextmanager
def failing_at(number: int) -> Iterator[None]:
    logger, handler = logging.getLogger("peewee"), Failing(number)
    logger.addHandler(handler)
    before = logger.level
    logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        logger.setLevel(before)
        logger.removeHandler(handler)


def test_an_account_that_fails_at_any_statement_is_none_and_can_begin_again(nothing: str) -> None:
    """Every attempt but the last fails at a later statement and leaves no account."""
    for number in statements(nothing, 40, 1):
        with closing(without_account(nothing)) as store:
            try:
                with failing_at(number):
                    account.init(store, "Acme", OLGA, PASSWORD)
                break
            except Unavailable:
                assert not has_account(store)
    assert 15 < number < 100
    with closing(open_store(nothing, hasher=CheapHasher())) as store:
        assert has_account(store)
        assert audit.verify(store) is None
        with store.read():
            assert store.sql("SELECT login FROM usher_user WHERE owner") == [("olga",)]


KILLED = """
import logging, os, sys
from store import account
from store.opening import has_account
from tests.conftest import PASSWORD, without_account
from tests.store.test_opening import OLGA, statements

class Kill(logging.Handler):
    def __init__(self, number):
        super().__init__()
        self.left = number
    def emit(self, record):
        self.left -= record.name == "peewee"
        if not self.left:
            os.kill(os.getpid(), 9)

url = sys.argv[1]
for number in statements(url, 80, 4):
    child = os.fork()
    if not child:
        logging.getLogger("peewee").addHandler(Kill(number))
        logging.getLogger("peewee").setLevel(logging.DEBUG)
        account.init(without_account(url), "Acme", OLGA, PASSWORD)
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    store = without_account(url)
    assert has_account(store) is (ended == 0), (number, ended)
    store.close()
    if not ended:
        sys.exit(0 if 15 < number < 100 else f"{number} statements")
    assert ended == -9, ended
"""


def test_an_account_that_is_killed_at_any_statement_is_none_and_can_begin_again(
    nothing: str,
) -> None:
    """CHECKLIST F2, with kill -9 at every few statements."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, nothing], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
