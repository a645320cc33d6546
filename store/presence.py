"""Find out whether there is an account at an address, without creating or changing anything."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store import faults

if TYPE_CHECKING:
    from store.database import Store

WAIT_SECONDS = 30.0
"""How long to wait for a writer."""


def has_account(store: "Store") -> bool:
    """Return whether the database of this store has an account. Creates nothing.

    An account is a row in `usher_account`. A database that is missing, empty or has only tables
    has no account (DESIGN 2, the data folder).

    Raises:
        Unavailable: The database cannot be read.
    """
    if not store.has_database:
        return False
    with faults.explained(store.where), _glance(store) as rows:
        return bool(rows(_TABLE_POSTGRES if store.postgres else _TABLE_SQLITE)) and bool(
            rows("SELECT id FROM usher_account")
        )


_TABLE_SQLITE = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'usher_account'"
_TABLE_POSTGRES = "SELECT 1 WHERE to_regclass('usher_account') IS NOT NULL"


@contextmanager
def _glance(store: "Store") -> Iterator[Callable[[str], list[tuple[Any, ...]]]]:
    """Run SQL on a database that may not be one of Usher's.

    SQLite gets a plain connection, because the store's own connections set the journal mode, which
    changes the file.
    """
    if store.path is None:
        with store.database.connection_context():
            yield store.sql
        return
    with closing(sqlite3.connect(uri_of(store.path), uri=True, timeout=WAIT_SECONDS)) as connection:
        connection.execute("PRAGMA query_only = 1")
        yield lambda statement: connection.execute(statement).fetchall()


def uri_of(path: Path) -> str:
    """Return a URI with which SQLite opens the file but never creates it."""
    return f"{path.absolute().as_uri()}?mode=rw"
