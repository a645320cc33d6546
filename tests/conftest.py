"""What the tests are given: a store on each engine, a clock, a cheap hasher, an account."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from argon2 import PasswordHasher, profiles
from argon2.exceptions import VerificationError

from store import account, users
from store.database import Clock, Hasher, Store
from store.opening import open_store, system_clock
from store.session import Proof, Session
from store.upkeep import migrate
from store.values import Door, Draft, Origin, User
from tests import memory, postgres

# Whoever runs the tests: what they read are the signs and colours of a terminal like this one.
os.environ |= {"LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
os.environ.pop("NO_COLOR", None)
# Databases copied from a template must be as private as those that Usher creates.
os.umask(0o077)
if (folder := memory.folder()) is not None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(folder))

# To look for what the tests throw away took a tenth of all their time.
gc.set_threshold(100_000, 50, 100)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **delta: float) -> None:
        self.time += timedelta(**delta)


class CheapHasher:
    """argon2 at its cheapest, which counts its verifications."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher.from_parameters(profiles.CHEAPEST)
        self._nobody = self._hasher.hash("nobody")
        self.verifications = 0

    def hash(self, password: str) -> str:
        return self._hasher.hash(password)

    def verify(self, stored: str | None, password: str) -> bool:
        self.verifications += 1
        try:
            return self._hasher.verify(stored or self._nobody, password) and stored is not None
        except VerificationError:
            return False

    def outdated(self, stored: str) -> bool:
        return self._hasher.check_needs_rehash(stored)


@dataclass
class Postgres:
    """A running server with two databases to copy: with the tables in it, and with an account.

    `data` is the data folder of the account.
    """

    address: str
    run: Callable[[str], object]
    data: Path
    names: Iterator[int] = field(default_factory=count)

    @contextmanager
    def fresh(self, of: str = "template_usher") -> Iterator[str]:
        """The address of a new database like that one, which is gone afterwards."""
        name = f"test{next(self.names)}"
        # Next to nothing is in it: copying its files takes a third less than logging its pages.
        self.run(f"CREATE DATABASE {name} TEMPLATE {of} STRATEGY FILE_COPY")
        yield self.address.format(name=name)
        self.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    import psycopg

    data = tmp_path_factory.mktemp("template")
    with (
        postgres.server() as address,
        psycopg.connect(address.format(name="postgres"), autocommit=True) as connection,
    ):
        # The folder belongs to the template, and each test gets its own copy.
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("USHER_DATA", str(data))
            connection.execute("CREATE DATABASE template_usher")
            empty(address.format(name="template_usher"))
            connection.execute("CREATE DATABASE template_account TEMPLATE template_usher")
            begin(address.format(name="template_account"))
        yield Postgres(address, connection.execute, data)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "usher.db"
    empty(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def sqlite_account(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an account with its owner."""
    folder = tmp_path_factory.mktemp("account")
    shutil.copyfile(sqlite_template, folder / "usher.db")
    begin(f"sqlite:///{folder / 'usher.db'}")
    return folder


def without_account(url: str, clock: Clock = system_clock, hasher: Hasher | None = None) -> Store:
    """Open an address that may have no account. Tests do so only here."""
    return open_store(url, clock=clock, hasher=hasher or CheapHasher(), create=True)


def empty(url: str) -> None:
    """Create a database with its tables and without an account."""
    with closing(without_account(url)) as store:
        migrate.create(store)


def begin(url: str) -> None:
    """Begin an account whose owner is Olga."""
    store = without_account(url, FakeClock())
    olga = Draft(first_name="Olga", last_name="Bakum", login="olga", email="olga@acme.com.ua")
    account.init(store, "Acme", olga, PASSWORD)
    store.close()


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own, whatever the person who runs it has set."""
    folder = tmp_path / "data"
    for name in [name for name in os.environ if name.startswith(("USHER_", "SSH_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("USHER_DATA", str(folder))
    # Who came over SSH is a fact about a process, and all tests of a worker share one.
    monkeypatch.setattr("store.session._guest", None)
    return folder


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def hasher() -> CheapHasher:
    return CheapHasher()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, data_folder: Path) -> Iterator[str]:
    """The address of an account on each engine: Olga's where a test asks for her, else empty."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    server: Postgres = request.getfixturevalue("postgres_server")
    if "owner" in request.fixturenames:
        copied(server.data, data_folder)
        with server.fresh("template_account") as address:
            yield address
    else:
        data_folder.mkdir(mode=0o700)
        with server.fresh() as address:
            yield address


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest, data_folder: Path) -> str:
    """The same on SQLite alone."""
    if "owner" in request.fixturenames:
        copied(request.getfixturevalue("sqlite_account"), data_folder)
    else:
        data_folder.mkdir(mode=0o700)
        shutil.copyfile(request.getfixturevalue("sqlite_template"), data_folder / "usher.db")
    return f"sqlite:///{data_folder / 'usher.db'}"


def copied(data: Path, to: Path) -> None:
    shutil.copytree(data, to)
    to.chmod(0o700)


@pytest.fixture
def store(url: str, clock: FakeClock, hasher: CheapHasher) -> Iterator[Store]:
    """An open store with Olga's account if a test uses it, else without an account."""
    opened = without_account(url, clock, hasher)
    yield opened
    opened.close()


@pytest.fixture
def owner(store: Store) -> Session:
    """Olga signed in, who owns the account."""
    (olga,) = users.read.load(store, [1])
    return session_of(store, olga)


def session_of(store: Store, user: User) -> Session:
    """A session of a person who has just given their password, without the row of a sign-in."""
    origin, proof = Origin("root", "203.0.113.9"), Proof(store.clock())
    return Session(store, user.id, user.login, Door.USHER, origin, proof=proof)


@pytest.fixture
def make_user(owner: Session) -> Callable[..., User]:
    """Create a valid user; keyword arguments replace fields of the draft."""
    numbers = count(1)

    def make(password: str | None = None, **fields: object) -> User:
        number = next(numbers)
        draft = {
            "first_name": "Maria",
            "last_name": f"Silva {number}",
            "email": f"maria{number}@acme.com.ua",
            "login": f"maria{number}",
            "role": "Salesperson",
            "admin": False,
            **fields,
        }
        draft.setdefault("teams", ("North",))
        return users.create(owner, Draft(**draft), password=password)  # type: ignore[arg-type]

    from store import teams

    teams.create(owner, "North")
    return make
