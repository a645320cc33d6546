"""Where the tests keep their databases: in memory, where the machine has room for them there.

What they wait for otherwise is a disk that has each of some ten thousand transactions written out.
"""

import os
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  (each run makes a folder of its own in it)
ROOM = 4 * 2**30
"""Bytes; half of that has been seen."""


def folder() -> Path | None:
    """A folder in memory with room enough, in which programs may be run; None without one."""
    try:
        there = os.statvfs(MEMORY)
    except OSError:
        return None
    roomy = there.f_bavail * there.f_frsize >= ROOM and os.access(MEMORY, os.W_OK)
    return MEMORY if roomy and not there.f_flag & os.ST_NOEXEC else None
