"""Turn the errors of both database engines, and of our files, into plain sentences.

No user ever sees a database error, or an error of the operating system about one of our files.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee

from store.errors import Conflict, Unavailable, UsherError
from store.wording import _


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Turn what the engine raises into refusals; `where` names the database for people.

    Raises:
        Conflict: a uniqueness rule of the database was hit by someone else at the same moment.
        Unavailable: anything else that the database could not do.
    """
    try:
        yield
    except UsherError:
        raise
    except peewee.IntegrityError as error:
        raise Conflict(
            _(
                "Another session wrote the same data to {where} at the same time. Nothing "
                "was changed. Try again."
            ).format(where=where)
        ) from error
    except (peewee.PeeweeException, sqlite3.Error) as error:
        raise Unavailable(_sentence(error).format(where=where)) from error
    except TimeoutError as error:
        raise Unavailable(_BUSY.format(where=where)) from error


@contextmanager
def on_file(path: Path) -> Iterator[None]:
    """Turn an operating system error about one of our files into a refusal that names the file.

    Use it for locks, keys, hash slots and other files next to the database. Wrap only the file
    operation: errors of stdout, or of a file that a user named, have other sentences.

    Raises:
        Unavailable: The file cannot be used now.
        TimeoutError: Passed through, because waiting too long has its own sentence.
    """
    try:
        yield
    except TimeoutError:
        raise
    except OSError as error:
        sentence = _FILE.get(error.errno or 0, _UNUSABLE)
        why = (os.strerror(error.errno) if error.errno else str(error)).lower()
        raise Unavailable(sentence.format(where=path, why=why)) from error


_BUSY = _(
    "Another process has been writing to {where} for too long. Nothing was changed. Try again."
)
_CORRUPT = _("{where} is damaged. Nothing was changed. Restore a backup.")
_FOREIGN = _(
    "{where} is not a database that Usher can read. Nothing was changed. Check the address."
)
_FULL = _("The disk of {where} is full. Nothing was changed. Free some space and try again.")
_READ_ONLY = _(
    "{where} cannot be written to. Nothing was changed. Check its permissions and its disk."
)
_INPUT = _("The disk of {where} reported an error. Nothing was changed. Check the disk.")
_CLOSED = _("{where} cannot be opened. Check the path and its permissions.")
_UNREACHED = _(
    "{where} cannot be reached. Check that the server runs and that the name is correct."
)
_LOST = _("The connection to {where} was lost. Nothing was changed. Try again.")
_SCHEMA = _("{where} does not have the expected tables. Update it: usher migrate")
_OTHER = _("{where} refused the change. Nothing was changed. See the log for details.")
_DENIED = _("{where} cannot be opened: permission denied. Check its mode and its owner.")
_TOO_MANY = _(
    "{where} cannot be opened because too many files are open. Close programs, or raise the limit"
    " (ulimit -n)."
)
_UNUSABLE = _(
    "{where} cannot be used ({why}). Nothing was changed. Check the file and its permissions."
)

_SQLITE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_CORRUPT: _CORRUPT,
    sqlite3.SQLITE_NOTADB: _FOREIGN,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_IOERR: _INPUT,
    sqlite3.SQLITE_CANTOPEN: _CLOSED,
    sqlite3.SQLITE_PERM: _CLOSED,
    sqlite3.SQLITE_AUTH: _CLOSED,
    sqlite3.SQLITE_ERROR: _SCHEMA,
}

_FILE = {
    errno.EROFS: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.EACCES: _DENIED,
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EIO: _INPUT,
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
}

_POSTGRES = {
    "08": _UNREACHED,  # connection exceptions
    "25": _READ_ONLY,  # read-only transaction
    "28": _(
        "{where} did not accept the user name or password in the address. Correct the address."
    ),
    "3D": _("{where} does not exist on that server. Create it: createdb"),
    "40": _BUSY,  # deadlock, serialisation
    "42": _SCHEMA,  # missing table or right
    "53": _FULL,  # disk full, out of memory, too many connections
    "55": _BUSY,  # lock not available
    "57": _LOST,  # the server shuts down
}


def _sentence(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, sqlite3.Error):
            # Where the disk fails in a long act, SQLite has rolled back already, and refuses to
            # be told so: what failed stands behind that.
            if cause.__context__ and "no transaction is active" in str(cause):
                cause = cause.__context__
                continue
            code = getattr(cause, "sqlite_errorcode", None)
            return _OTHER if code is None else _SQLITE.get(code & 0xFF, _OTHER)
        state = getattr(cause, "sqlstate", None)
        if state:
            return _POSTGRES.get(state[:2], _OTHER)
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, peewee.OperationalError | peewee.InterfaceError):
        lost = "closed" in str(error) or "terminating" in str(error) or "lost" in str(error)
        return _LOST if lost else _UNREACHED
    return _OTHER
