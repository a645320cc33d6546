"""Migrations: numbered scripts, one transaction round all that are pending, a backup before.

Screens never migrate; they name the command. A database without any tables gets them from
`usher migrate`, or when an account begins in it. A program refuses a database that a newer
program has changed.
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
    """See that a database is new or of this program's version. Creates nothing.

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
                    "{where} has other tables but none of Usher. If the address is correct, "
                    "add them: usher migrate"
                ).format(where=store.where),
                code="migration_needed",
            )


def create(store: "Store") -> None:
    """Create what an account needs, as far as it is missing: folder, database and tables.

    Killed at any point, there is no account, and nothing that keeps the next try from working.

    Raises:
        Unavailable: It cannot be created, or the database is not one to begin an account in.
    """
    with faults.explained(store.where):
        check(store)
    migrate(store)


def migrate(store: "Store") -> list[str]:
    """Bring the database to this program's version; returns the scripts that ran.

    Where there is no database it is created, with its tables and without an account.

    A backup is made first where there is something to lose. Killed at any point, the database
    holds the old version or the new one.

    Raises:
        Unavailable: the database is newer than this program, or busy.
    """
    store.folder.create()
    if store.path is not None:
        _create_file(store.path)
    with faults.explained(store.where), _alone(store), store.database.connection_context():
        runner = _runner(store)
        known, applied = _versions(runner)
        _refuse_newer(store, known, applied)
        if known != applied and applied:
            backup(store)
        ran = _run(store, runner) if known != applied else []
    adoption.adopt(store)
    return ran


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
    """The scripts of this program."""
    scripts = (script for script in SCRIPTS.iterdir() if script.suffix == ".py")
    return {script.stem for script in scripts if script.name[0].isdigit()}


def _create_file(path: Path) -> None:
    """Create an empty private file, which is an empty database; one that exists stays as it is."""
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
    # Locked for the transaction, so that the server lets go of it whatever becomes of us.
    with store.database.connection_context(), store.database.atomic():
        store.sql(f"SET LOCAL lock_timeout = '{int(WAIT_SECONDS)}s'")
        store.sql("SELECT pg_advisory_xact_lock(?)", ADVISORY_LOCK)
        yield
