"""Creating an account's files so that a failure leaves none of them behind."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from store import locking
from store.errors import UsherError
from store.presence import has_account
from store.privacy import BESIDE

if TYPE_CHECKING:
    from store.database import Store

WAIT_SECONDS = 10.0
"""How long removing waits for another process that begins an account at the same address."""

SLOTS = "hash.*.lock"
"""The locks of those who hash a password."""


@contextmanager
def removed_on_failure(store: "Store") -> Iterator[None]:
    """Remove the SQLite database, key and folders that the block created, if it fails.

    A preview and a database on PostgreSQL are left alone: nothing is created by the one, and on
    the other, another host may be using the key already.
    """
    if store.path is None or store.rehearsing:
        yield
        return
    lock = Path(f"{store.path}.lock")
    database = [Path(f"{store.path}{end}") for end in BESIDE]
    slots = set(store.folder.path.glob(SLOTS))
    files = [path for path in (*database, store.folder.key_path) if not path.exists()]
    had_database, had_lock = store.path.exists(), lock.exists()
    folders = [one for one in (store.folder.path, *store.folder.path.parents) if not one.exists()]
    try:
        yield
    except BaseException:
        # Whatever cannot be removed must not hide why the block failed.
        with suppress(OSError, UsherError):
            if not had_database and store.folder.path.exists():
                store.close()
                _remove(store, [*files, *set(store.folder.path.glob(SLOTS)) - slots], lock)
                if not had_lock:
                    lock.unlink(missing_ok=True)
            for folder in folders:
                folder.rmdir()
        raise


def _remove(store: "Store", files: list[Path], lock: Path) -> None:
    """Remove files under the lock of all who write, unless they now belong to an account."""
    with locking.locked(lock, WAIT_SECONDS):
        if has_account(store):
            return
        for path in files:
            path.unlink(missing_ok=True)
