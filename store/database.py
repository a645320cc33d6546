"""The store: reading from it, and the one way to write.

Every verb runs inside `Store.write`: on SQLite an IMMEDIATE transaction under a fair file lock,
on PostgreSQL a transaction that locks the account row when ownership or admins may change.
`Store.rehearse` is the very same thing rolled back, so a preview cannot disagree with the act.
"""

import hashlib
import logging
import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import peewee

from store import audit, faults, locking
from store.access import denials
from store.audit import anchor
from store.audit.erasing import ADOPT
from store.clocks import AHEAD
from store.folder import DataFolder
from store.values import AuditEntry, Letter, Rehearsal

if TYPE_CHECKING:
    from store.mail.transports import Transport
    from store.session import Session

WRITE_WAIT = 30.0
"""Seconds that a writer waits for the others before it gives up."""

USUAL_CACHE, BULK_CACHE = 2_000, 96_000
"""Kilobytes of a database that SQLite keeps in memory: its own default, and in a long act."""

PASSWORD_MAX = 1024
"""Code points; nothing longer is ever hashed (CHECKLIST A4)."""

Clock = Callable[[], datetime]


class Hasher(Protocol):
    """What turns passwords into hashes; given at opening, so that tests can be quick."""

    def hash(self, password: str) -> str: ...
    def verify(self, stored: str | None, password: str) -> bool: ...
    def outdated(self, stored: str) -> bool: ...


@dataclass
class Unit:
    """One act in the making: its time, and what is to be written with it just before the commit."""

    session: "Session"
    now: datetime
    rehearsal: bool = False
    entries: list[AuditEntry] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    denied: list[denials.Denial] = field(default_factory=list)
    """What was refused meanwhile: it outlives the transaction, which it may have undone."""
    undoes: tuple[int, ...] = ()
    """The entries of a change that is being put back."""

    @property
    def by(self) -> tuple[int | None, str]:
        """Whoever acts: a user by their id, the operator by name."""
        session = self.session
        return session.user, "" if session.user else session.name

    @contextmanager
    def within(self) -> Iterator[None]:
        """A part of the act that may be undone by itself: with it go its entries and letters."""
        entries, letters = len(self.entries), len(self.letters)
        try:
            yield
        except BaseException:
            del self.entries[entries:]
            del self.letters[letters:]
            raise

    @contextmanager
    def undoing(self, entries: Sequence[int]) -> Iterator[None]:
        """What is recorded meanwhile puts back the change of these entries, and says so."""
        self.undoes = tuple(entries)
        try:
            yield
        finally:
            self.undoes = ()

    def record(
        self,
        verb: str,
        target: int | None = None,
        changes: Mapping[str, tuple[Any, Any]] | None = None,
        command: str = "",
    ) -> None:
        """Add the audit entry of the act; it is chained just before the commit."""
        session = self.session
        changes = changes or {}
        if self.undoes:
            changes = {**changes, audit.UNDOES: (None, list(self.undoes))}
        self.entries.append(
            AuditEntry(
                seq=0,
                at=self.now,
                actor=audit.called(session.name, session.user, session.name, None),
                origin=str(session.origin),
                verb=verb,
                target=target,
                reason=session.reason,
                changes=changes,
                command=command,
            )
        )


class Store:
    """An open database with the things that tests replace: clock, hasher, transport, folder."""

    def __init__(
        self,
        database: peewee.Database,
        folder: DataFolder,
        clock: Clock,
        where: str,
        hasher: Hasher | None = None,
        transport: "Transport | None" = None,
    ) -> None:
        self.database = database
        self.folder = folder
        self.clock = clock
        self._hasher = hasher
        self.transport = transport
        """What letters leave by; None is what the settings say."""
        self.queued = threading.Event()
        """Set whenever a letter is queued in this process, for whoever delivers in it."""
        self.where = where
        self.key_check = ""
        """The check value of the key that this process last read from the database."""
        self.anchored = False
        """Whether the database knows that this data folder has an anchor."""
        self.fingerprint = hashlib.sha256(self.where.encode()).hexdigest()[:16]
        self.postgres = isinstance(database, peewee.PostgresqlDatabase)
        self.path = None if self.postgres else Path(where)
        """The file of a SQLite database."""
        self.log = logging.getLogger("usher")
        self.last_words: dict[int, tuple[Any, datetime]] = {}
        """The last sign of life of each open screen, and when this process first read it."""
        self._local = threading.local()

    @property
    def has_database(self) -> bool:
        """Whether there is a database to connect to. On SQLite, that is a file that is not empty.

        Raises:
            Unavailable: The folder cannot be searched.
        """
        if self.path is None:
            return True
        with faults.on_file(self.path):
            return self.path.exists() and self.path.stat().st_size > 0

    @cached_property
    def hasher(self) -> Hasher:
        """The one that was given, else argon2; most who open a store hash nothing."""
        if self._hasher is not None:
            return self._hasher
        from store.signin.hashing import Argon2  # noqa: PLC0415  (argon2 is slow to import)

        return Argon2(self.folder.path)

    def now(self) -> datetime:
        """Return the time that all rules use (DESIGN 3.3).

        It is never earlier than the newest audit entry, so a clock that is set back does not
        unlock users. An entry more than a day ahead was written by a wrong clock, on this host or
        another. It does not count, and is reported.
        """
        with self.read():
            newest = audit.newest(self)
        now = self.clock()
        return newest if newest and now < newest and newest - now <= AHEAD else now

    @contextmanager
    def read(self) -> Iterator[peewee.Database]:
        """A connection to read with; joins the transaction that is open in this thread."""
        with faults.explained(self.where), self.database.connection_context():
            yield self.database

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """One connection for a long act, which keeps what it has read of the indexes.

        SQLite's 2 MB are less than a thousand people touch, who are all over the indexes.
        """
        with self.read():
            if self.postgres:
                yield
                return
            self.sql(f"PRAGMA cache_size = {-BULK_CACHE}")
            try:
                yield
            finally:
                self.sql(f"PRAGMA cache_size = {-USUAL_CACHE}")

    def sql(self, statement: str, *params: Any) -> list[tuple[Any, ...]]:
        """Run the hot SQL: `?` for parameters on both engines; the rows, if it gives any.

        For lists, counts, search and bulk; all else goes through the models (STORE.md).
        """
        if self.postgres:
            statement = statement.replace("?", "%s")
        cursor = self.database.execute_sql(statement, params)  # type: ignore[no-untyped-call]
        return list(cursor.fetchall()) if cursor.description else []

    def sql_among(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows of hot SQL whose `IN (*)` stands for these values; without any, none."""
        if not values:
            return []
        marks = ", ".join("?" * len(values))
        return self.sql(statement.replace("IN (*)", f"IN ({marks})"), *values)

    @contextmanager
    def write(
        self, session: "Session", *, members: bool = False, wait: float = WRITE_WAIT
    ) -> Iterator[Unit]:
        """The one way to write: all of it, with its audit entries and letters, or nothing.

        `members` says that admins or the owner may change, which PostgreSQL must serialise.
        `wait` is for how many seconds others may be writing before.

        Raises:
            Conflict, Unavailable: nothing was written.
        """
        outer = self.unit
        if outer:
            with outer.within(), faults.explained(self.where), self.database.atomic():
                yield outer
            return
        denied: list[denials.Denial] = []
        try:
            with self._transaction(members, wait), self._unit(session) as unit:
                denied = unit.denied
                yield unit
                head = audit.append(self, unit) if unit.entries else None
        finally:
            denials.write(self, denied)
        if unit.letters:
            self.queued.set()
        if head and any(entry.verb != ADOPT for entry in unit.entries):
            # Restoring the copy that `usher migrate` made must not look like a rollback.
            anchor.write(self, head)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """SQLite: nobody else writes meanwhile, and there is no transaction; for VACUUM."""
        with faults.explained(self.where), self._locked(WRITE_WAIT):
            yield

    @contextmanager
    def rehearse(self, session: "Session") -> Iterator["Preview"]:
        """Run verbs as they would run and roll everything back; never held open for a dialog."""
        preview = Preview()
        with self._transaction(members=True) as transaction:
            with self._unit(session, rehearsal=True) as unit:
                yield preview
                preview.result = Rehearsal(tuple(unit.entries), tuple(unit.letters))
            transaction.rollback()

    @property
    def unit(self) -> Unit | None:
        """The act that is in the making in this thread."""
        return getattr(self._local, "unit", None)

    @property
    def rehearsing(self) -> bool:
        return self.unit is not None and self.unit.rehearsal

    def hash(self, password: str) -> str:
        """The hash of a password in NFC; a rehearsal spends none (DESIGN 2)."""
        if self.rehearsing:
            return "rehearsed"
        return self.hasher.hash(unicodedata.normalize("NFC", password))

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether the password is right; costs one verification whatever is stored or typed."""
        if len(password) > PASSWORD_MAX:
            stored, password = None, ""
        return self.hasher.verify(stored, unicodedata.normalize("NFC", password))

    def insert_many(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows that all name the same columns, by the driver's fast path."""
        if rows:
            self.insert_rows(table, list(rows[0]), [tuple(row.values()) for row in rows])

    def insert_rows(
        self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
    ) -> None:
        """Insert rows whose values stand in the order of the columns."""
        if rows:
            marks = ", ".join("?" * len(columns))
            self.sql_many(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    def sql_many(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """One statement for many rows, inside the transaction that is open."""
        if self.postgres:
            statement = statement.replace("?", "%s")
        with peewee.__exception_wrapper__:  # type: ignore[attr-defined]
            self.database.cursor().executemany(statement, list(rows))  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Close every connection of this process to the database."""
        if self.postgres:
            self.database.close_all()  # type: ignore[attr-defined]  # a pool closes all of its own
        elif not self.database.is_closed():
            self.database.close()

    @contextmanager
    def _unit(self, session: "Session", *, rehearsal: bool = False) -> Iterator[Unit]:
        unit = Unit(session, self.now(), rehearsal)
        self._local.unit = unit
        try:
            yield unit
        finally:
            self._local.unit = None

    @contextmanager
    def _transaction(self, members: bool, wait: float = WRITE_WAIT) -> Iterator[Any]:
        with faults.explained(self.where):
            if self.postgres:
                with self.database.connection_context(), self.database.atomic() as transaction:
                    if members:
                        self.sql("SELECT id FROM usher_account FOR UPDATE")
                    yield transaction
            else:
                with self._locked(wait), self.database.atomic("IMMEDIATE") as transaction:
                    yield transaction

    @contextmanager
    def _locked(self, wait: float) -> Iterator[None]:
        """SQLite: a connection under the fair lock of those who write."""
        with (
            locking.locked(Path(f"{self.where}.lock"), wait),
            self.database.connection_context(),
        ):
            yield


@dataclass
class Preview:
    """What a rehearsal found; filled when its block has ended."""

    result: Rehearsal = field(default_factory=Rehearsal)
