"""Completing the path of a file on this machine, as a shell does."""

import os
from heapq import nsmallest
from pathlib import Path

from store.session import guest_of_process

MOST = 500
"""Names that are offered; in a folder that holds more one types a letter first."""


def expanded(typed: str) -> Path:
    """The path that is meant, `~` being the home folder."""
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        return Path(typed)


def candidates(typed: str) -> tuple[str, ...]:
    """What may follow the last `/`, in order; a folder ends with `/`, a hidden name is asked for.

    A folder that cannot be read has nothing to offer, and over SSH there is only the one.
    """
    folder, beginning = split(typed)
    if folder and guest_of_process() is not None:
        return ()
    try:
        with os.scandir(expanded(folder or ".")) as entries:
            return tuple(
                nsmallest(
                    MOST,
                    (
                        f"{entry.name}/" if entry.is_dir() else entry.name
                        for entry in entries
                        if entry.name.startswith(beginning)
                        and (beginning or not entry.name.startswith("."))
                    ),
                )
            )
    except (OSError, ValueError):
        return ()


def completed(typed: str, names: tuple[str, ...]) -> str:
    """The path as far as all the names agree on it."""
    folder, _beginning = split(typed)
    if not names:
        return typed
    # What the first and the last in order agree on, all between them agree on.
    first, last = min(names), max(names)
    alike = (at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other)
    return folder + first[: next(alike, len(first))]


def split(typed: str) -> tuple[str, str]:
    """The folder with its `/`, and the beginning of a name in it; `~` alone is a folder."""
    if typed == "~":
        return "~/", ""
    folder, slash, beginning = typed.rpartition("/")
    return folder + slash, beginning
