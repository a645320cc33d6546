"""Opening an account by its address: `sqlite:///PATH` or `postgresql://…` (DESIGN 6)."""

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import peewee

from store import faults, privacy
from store.audit import guard
from store.bound import proxy
from store.database import WRITE_WAIT, Clock, Hasher, Store
from store.errors import Unavailable, UsherError
from store.fields import FIELD_TYPES
from store.folder import DataFolder, default_folder
from store.presence import has_account, uri_of
from store.upkeep import migrate
from store.wording import _

if TYPE_CHECKING:
    from store.mail.transports import Transport

FIXED_WAL = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
"""The first SQLite of each line in which WAL cannot corrupt the file (FACTS)."""

POOL_SIZE = 8
STALE_SECONDS = 300
CONNECT_SECONDS = 10
LOOK_SECONDS = 2
"""How long whoever only has a look waits for a server."""


def system_clock() -> datetime:
    """The machine's time, aware and in UTC."""
    return datetime.now(UTC)


def open_store(
    url: str | None = None,
    *,
    clock: Clock = system_clock,
    hasher: Hasher | None = None,
    transport: "Transport | None" = None,
    create: bool = False,
    migrating: bool = False,
    read_only: bool = False,
    replace: bool = False,
    any_key: bool = False,
) -> Store:
    """Open the account at `url`. Opening creates no folder, file, key or table.

    Without `url`, opens `USHER_DATABASE` if it is set, else SQLite in the data folder. With
    `create`, also opens an address without an account, where `account.init` then creates one
    (`init`, `demo`, the first-run screen). Only with `migrating` (`usher migrate`) can the database
    be older, or have only other tables in it. `read_only` compares no versions and writes nothing.
    With `replace`, a new account can take the place of a lost one. With `any_key`, the key may be
    missing or wrong.

    Raises:
        Unavailable: There is no account there (code `no_account`), it cannot be reached, or it
            is older or newer than this program.
    """
    database, folder, where = _engine(_address(url), read_only=read_only)
    store = Store(database, folder, clock, where, hasher, transport)
    try:
        account_is_there = has_account(store)
        if not (account_is_there or replace or read_only):
            guard.refuse_lost(store)
        if not (account_is_there or create or replace or migrating):
            raise _no_account(where)
        if not (migrating or read_only):
            _check(store, account_is_there=account_is_there, any_key=any_key)
    except UsherError:
        store.close()
        raise
    proxy.initialize(database)
    return store


def _no_account(where: str) -> Unavailable:
    return Unavailable(
        _(
            "There is no account at {where}. Check --database, USHER_DATABASE and USHER_DATA, "
            "or create an account there: usher init"
        ).format(where=where),
        code="no_account",
    )


def _check(store: Store, *, account_is_there: bool, any_key: bool) -> None:
    """Check the version of the database, and that the data folder knows the account and its key."""
    with faults.explained(store.where):
        if not account_is_there:
            migrate.check(store)
            return
        with store.read():  # one connection for both
            migrate.check(store)
            guard.check(store, any_key=any_key)


def _engine(url: str, *, read_only: bool) -> tuple[peewee.Database, DataFolder, str]:
    path = _path_of(url)
    if path is not None:
        folder = DataFolder.open(path.parent)
        privacy.require_database(path)
        return _sqlite(path, read_only=read_only), folder, str(path)
    if url.partition("://")[0] in {"postgresql", "postgres"}:
        return _postgres(url, LOOK_SECONDS if read_only else CONNECT_SECONDS)
    raise Unavailable(
        _(
            "“{url}” is not a database address. An address begins with sqlite:/// or postgresql://"
        ).format(url=url)
    )


def folder_of(url: str | None = None) -> Path:
    """Return the data folder of an address without opening, checking or creating it.

    Raises:
        Unavailable: The address is not valid.
    """
    path = _path_of(_address(url))
    return default_folder() if path is None else path.parent


def _address(url: str | None) -> str:
    return url or os.environ.get("USHER_DATABASE") or ""


def _path_of(url: str) -> Path | None:
    """Return the file of a SQLite address, or None for any other address."""
    if not url:
        return _absolute(default_folder() / "usher.db")
    scheme, _separator, rest = url.partition("://")
    if scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        return _absolute(Path(unquote(rest[1:])))
    return None


def _absolute(path: Path) -> Path:
    """Return the absolute path of a database file.

    Raises:
        Unavailable: The path names a folder, or cannot be resolved.
    """
    if "\0" in str(path):
        raise Unavailable(
            _("The path of the database contains a null character. Correct the address.")
        )
    with faults.on_file(path):
        try:
            path = path.expanduser().absolute()
        except RuntimeError as error:
            raise Unavailable(
                _("{path} is in the home of a user who does not exist. Name another path.").format(
                    path=path
                )
            ) from error
        if path.is_dir():
            raise Unavailable(
                _("{path} is a folder, not a database. Name the file.").format(path=path)
            )
    return path


def _sqlite(path: Path, *, read_only: bool) -> peewee.Database:
    journal = "wal" if wal_is_safe(sqlite3.sqlite_version_info) else "delete"
    return peewee.SqliteDatabase(
        uri_of(path),
        uri=True,
        lock_type="IMMEDIATE",
        returning_clause=True,
        timeout=WRITE_WAIT,
        autoconnect=False,
        field_types=FIELD_TYPES["sqlite"],
        pragmas={
            "busy_timeout": int(WRITE_WAIT * 1000),
            "journal_mode": journal,
            "foreign_keys": 1,
            "synchronous": "full",
            "secure_delete": 1,
            "trusted_schema": 0,
            "mmap_size": 0,
            "query_only": int(read_only),
        },
    )


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite may use WAL; the others can corrupt the file (FACTS)."""
    return version >= FIXED_WAL[-1] or any(
        version[:2] == fixed[:2] and version >= fixed for fixed in FIXED_WAL
    )


def _postgres(url: str, patience: int) -> tuple[peewee.Database, DataFolder, str]:
    try:
        import psycopg  # noqa: F401, PLC0415  (an extra: most accounts are SQLite)
        from playhouse.pool import PooledPostgresqlDatabase  # noqa: PLC0415  (the same)
    except ImportError as error:
        raise Unavailable(
            _(
                "The package for PostgreSQL is not installed. Install it: pip install "
                "'usher[postgres]'"
            )
        ) from error
    parts, port = _parts_of(url)
    options, known = dict(parse_qsl(parts.query)), _libpq_options()
    given = {
        "dbname": unquote(parts.path.lstrip("/")),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "host": parts.hostname or "",
        "port": port,
    }
    # As libpq does, what the query says counts only where the address itself does not.
    options |= {name: value for name, value in given.items() if value}
    options["connect_timeout"] = str(patience)
    unknown = sorted(options.keys() - known)
    if unknown:
        raise Unavailable(
            _("PostgreSQL has no connection option “{name}”. Correct the database address.").format(
                name=unknown[0]
            )
        )
    if any("\0" in value for value in options.values()) or not _is_host(options.get("host", "")):
        raise _malformed()
    name = options.pop("dbname", "")
    shown_port = f":{options['port']}" if "port" in options else ""
    where = f"postgresql://{options.get('host', '')}{shown_port}/{name}"
    database = PooledPostgresqlDatabase(
        name,
        prefer_psycopg3=True,
        autoconnect=False,
        field_types=FIELD_TYPES["postgresql"],
        max_connections=POOL_SIZE,
        stale_timeout=STALE_SECONDS,
        timeout=patience,
        **options,
    )
    return database, DataFolder.open(default_folder()), where


def _parts_of(url: str) -> tuple[SplitResult, str]:
    """Return the parts of a PostgreSQL address, and its port.

    Raises:
        Unavailable: It is malformed. The sentence repeats nothing of it, for it may hold a
            password.
    """
    try:
        url.encode()
        parts = urlsplit(url)
        return parts, str(parts.port or "")
    except ValueError as error:
        raise _malformed() from error


def _is_host(hosts: str) -> bool:
    """Return whether every host of a list can be looked up; psycopg fails on the others."""
    try:
        for host in hosts.split(","):
            host.encode("utf-8" if host.startswith("/") else "idna")
    except UnicodeError:
        return False
    return True


def _malformed() -> Unavailable:
    return Unavailable(
        _(
            "The database address is malformed. Write it as postgresql://USER@HOST:PORT/NAME, with"
            " special characters in a password as %XX (/ is %2F, @ is %40)."
        )
    )


def _libpq_options() -> frozenset[str]:
    """Return the options that PostgreSQL's client library knows."""
    from psycopg import pq  # noqa: PLC0415  (an extra: most accounts are SQLite)

    return frozenset(option.keyword.decode() for option in pq.Conninfo.get_defaults())
