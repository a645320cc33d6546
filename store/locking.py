"""File locks between processes: fair, for the kernel queues whoever waits, and bounded."""

import fcntl
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from store import faults


@contextmanager
def locked(path: Path, timeout: float) -> Iterator[None]:
    """Hold the lock file at `path`; freed by the kernel when the process dies.

    Raises:
        TimeoutError: it was not free within `timeout` seconds.
        Unavailable: the file cannot be made, opened or locked.
    """
    handle = _acquire(path, timeout)
    try:
        yield
    finally:
        os.close(handle)


@contextmanager
def one_of(paths: Sequence[Path], timeout: float) -> Iterator[None]:
    """Hold whichever of several lock files is free, else wait for one of them."""
    for path in paths:
        handle = _open(path)
        if _try(path, handle):
            break
        os.close(handle)
    else:
        handle = _acquire(paths[os.getpid() % len(paths)], timeout)
    try:
        yield
    finally:
        os.close(handle)


def _open(path: Path) -> int:
    with faults.on_file(path):
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


def _try(path: Path, handle: int) -> bool:
    try:
        with faults.on_file(path):
            return _at_once(handle)
    except BaseException:
        os.close(handle)
        raise


def _at_once(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _acquire(path: Path, timeout: float) -> int:
    handle = _open(path)
    if _try(path, handle):
        return handle
    # Waiting in the kernel is fair but has no time limit: a thread waits, and gives the lock
    # back at once should its owner have lost patience before it came.
    given = threading.Event()
    guard = threading.Lock()
    abandoned = False
    failed: list[OSError] = []

    def wait() -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError as error:
            failed.append(error)
        with guard:
            if abandoned:
                os.close(handle)
            else:
                given.set()

    threading.Thread(target=wait, daemon=True, name="usher-lock").start()
    if not given.wait(timeout):
        with guard:
            if not given.is_set():
                abandoned = True
                raise TimeoutError(path)
    if failed:
        os.close(handle)
        with faults.on_file(path):
            raise failed[0]
    return handle
