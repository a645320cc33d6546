"""Migrations: numbered scripts, one transaction round all that are pending, a backup before.

Screens never migrate; they name the command. An empty database gets its tables from
`usher migrate`, or when an account is created in it. A database that a newer version has changed is
refused.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import peewee

from store import faults, locking
from store.audit import adoption
from store.errors import Unavailable
from store.upkeep import creating
from store.wording import _

if TYPE_CHECKING:
    from playhouse.migrations import Runner

    from store.database import Store

SCRIPTS = Path(__file__).parent.parent / "migrations"
HISTORY = "usher_migration"
WAIT_SECONDS = 60.0
ADVISORY_LOCK = 0x75736865
"""A number of our own, so that two programs on two hosts never migrate at once."""


def check(store: "Store") -> None:
    """Check that a database is new or has this program's version. Creates nothing.

    Raises:
        Unavailable: it is older (the sentence names the command), newer, or someone else's.
    """
    if not store.has_database:
        return
    with store.database.connection_context():
        tables = set(store.database.get_tables())
        if HISTORY in tables:
            _compare(store)
        elif tables:
            raise Unavailable(
                _(
                    "{where} has tables, but none of Usher's. If the address is correct, "
                    "add Usher's tables: usher migrate"
                ).format(where=store.where),
                code="migration_needed",
            )


def create(store: "Store") -> None:
    """Create the folder, database and tables that an account needs and that are missing.

    If the process is killed, there is no account, and the next attempt works.

    Raises:
        Unavailable: They cannot be created, or the database cannot hold an account.
    """
    with faults.explained(store.where):
        check(store)
    migrate(store)


def migrate(store: "Store") -> list[str]:
    """Bring the database to this program's version; returns the scripts that ran.

    A missing database is created with its tables, without an account.

    A backup is made first where there is something to lose. Killed at any point, the database
    holds the old version or the new one.

    Raises:
        Unavailable: the database is newer than this program, or busy.
    """
    with creating.removed_on_failure(store):
        ran = _migrate(store)
    adoption.adopt(store)
    return ran


def _migrate(store: "Store") -> list[str]:
    store.folder.create()
    if store.path is not None:
        _create_file(store.path)
    with faults.explained(store.where), _alone(store), store.database.connection_context():
        runner = _runner(store)
        known, applied = _versions(runner)
        _refuse_newer(store, known, applied)
        if known != applied and applied:
            backup(store)
        return _run(store, runner) if known != applied else []


def pending(store: "Store") -> list[str]:
    """The scripts that `migrate` would run, in order."""
    if not store.has_database:
        return sorted(_known())
    with faults.explained(store.where), store.database.connection_context():
        known, applied = _versions(_runner(store))
    return sorted(known - applied)


def backup(store: "Store") -> Path | None:
    """Copy a SQLite database beside itself, consistently, while others use it.

    PostgreSQL has its own means, and its server may be another machine: None.
    """
    path = store.path
    if path is None:
        return None
    stamp = store.clock().strftime("%Y%m%dT%H%M%S")
    target = path.with_name(f"{path.name}.{stamp}.backup")
    store.sql("VACUUM INTO ?", str(target))
    return target


def _run(store: "Store", runner: "Runner") -> list[str]:
    database = store.database
    if store.postgres:
        with database.atomic():
            return list(runner.up())
    # SQLite switches foreign keys only outside a transaction, and a script may rebuild tables.
    store.sql("PRAGMA foreign_keys = 0")
    try:
        with database.atomic("IMMEDIATE"):
            ran = list(runner.up())
            if store.sql("PRAGMA foreign_key_check"):
                raise peewee.IntegrityError("foreign keys do not hold after the migration")
            return ran
    finally:
        store.sql("PRAGMA foreign_keys = 1")


def _runner(store: "Store") -> "Runner":
    # Every start compares the versions, which needs none of this.
    from playhouse.migrations import Runner  # noqa: PLC0415

    return Runner(store.database, str(SCRIPTS), table_name=HISTORY)


def _versions(runner: "Runner") -> tuple[set[str], set[str]]:
    return {script.name for script in runner.migrations()}, set(runner.applied())


def _compare(store: "Store") -> None:
    known = _known()
    applied = {name for (name,) in store.sql(f"SELECT name FROM {HISTORY}")}
    _refuse_newer(store, known, applied)
    if known != applied:
        raise Unavailable(
            _("{where} was created by an older version of Usher. Update it: usher migrate").format(
                where=store.where
            ),
            code="migration_needed",
        )


def _known() -> set[str]:
    """Return the names of this program's migrations."""
    scripts = (script for script in SCRIPTS.iterdir() if script.suffix == ".py")
    return {script.stem for script in scripts if script.name[0].isdigit()}


def _create_file(path: Path) -> None:
    """Create an empty private file, which is an empty database. Keeps an existing file."""
    with faults.on_file(path):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))


def _refuse_newer(store: "Store", known: set[str], applied: set[str]) -> None:
    if applied - known:
        raise Unavailable(
            _("{where} was updated by a newer version of Usher. Install that version here.").format(
                where=store.where
            ),
            code="newer_database",
        )


@contextmanager
def _alone(store: "Store") -> Iterator[None]:
    if not store.postgres:
        with locking.locked(Path(f"{store.where}.lock"), WAIT_SECONDS):
            yield
        return
    # The lock belongs to the transaction, so the server releases it even if we are killed.
    with store.database.connection_context(), store.database.atomic():
        store.sql(f"SET LOCAL lock_timeout = '{int(WAIT_SECONDS)}s'")
        store.sql("SELECT pg_advisory_xact_lock(?)", ADVISORY_LOCK)
        yield
