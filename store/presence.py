"""Whether there is an account at an address. Looking creates and changes nothing."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store import faults

if TYPE_CHECKING:
    from store.database import Store

WAIT_SECONDS = 30.0
"""How long a look waits for a writer."""


def has_account(store: "Store") -> bool:
    """Return whether there is an account in the database of this store. Creates nothing.

    An account is its row in `usher_account`. A database that is missing or empty, or that holds
    only tables, has none (DESIGN 2, the data folder).

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
    """Run SQL on a database of which it is not yet known whether it is ours.

    On SQLite the connection is a plain one: those of the store set the journal mode, which
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
    """Return the address with which SQLite opens the file, and never creates it."""
    return f"{path.absolute().as_uri()}?mode=rw"
