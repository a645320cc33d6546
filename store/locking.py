"""File locks between processes: fair, for the kernel queues whoever waits, and bounded."""

import fcntl
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: Path, timeout: float) -> Iterator[None]:
    """Hold the lock file at `path`; freed by the kernel when the process dies.

    Raises:
        TimeoutError: it was not free within `timeout` seconds.
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
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if _try(handle):
            break
        os.close(handle)
    else:
        handle = _acquire(paths[os.getpid() % len(paths)], timeout)
    try:
        yield
    finally:
        os.close(handle)


def _try(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _acquire(path: Path, timeout: float) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    if _try(handle):
        return handle
    # Waiting in the kernel is fair but has no time limit: a thread waits, and gives the lock
    # back at once should its owner have lost patience before it came.
    given = threading.Event()
    guard = threading.Lock()
    abandoned = False

    def wait() -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
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
    return handle
