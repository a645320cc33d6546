"""Check that the data folder and its files are private (CHECKLIST 73).

They belong to the OS user who runs Usher, and no other user can read or change them. Files that are
not private are refused and never repaired silently. A repaired mode would hide that others could
read a code or change the account, and a program that has the file open would keep it.
`usher doctor files` lists all such files. Opening an account uses the same checks.
"""

import grp
import os
import pwd
import shlex
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from store import faults
from store.errors import Unavailable
from store.wording import _

OTHERS = 0o077
"""Mode bits that give the group or others any access."""
WRITERS = 0o022
BESIDE = ("", "-journal", "-wal", "-shm")
"""Endings of the files that SQLite reads as parts of a database."""


@dataclass(frozen=True, slots=True)
class Exposed:
    """A file or folder that others can read or change, and the sentence that says what to do."""

    path: Path
    sentence: str


def require_folder(path: Path) -> None:
    """Refuse a data folder that another OS user can write to, rename or replace.

    A sticky bit does not help. It keeps others from removing files, but not from adding a
    `usher.db-journal`, which SQLite would play back into the database.

    Raises:
        Unavailable: The folder, or a folder above it, is not safe.
    """
    with faults.on_file(path):
        found = _folder(path) or _above(path)
    if found:
        raise Unavailable(found.sentence)


def require_place(path: Path) -> None:
    """Refuse a path for a new data folder that another OS user could replace.

    Raises:
        Unavailable: A folder above it is not safe.
    """
    with faults.on_file(path):
        found = _above(path)
    if found:
        raise Unavailable(found.sentence)


def require_database(path: Path) -> None:
    """Refuse a SQLite database that others can read or change.

    Raises:
        Unavailable: The database or its journal is not private.
    """
    with faults.on_file(path):
        found = next(filter(None, (_file(Path(f"{path}{end}")) for end in BESIDE)), None)
    if found:
        raise Unavailable(found.sentence)


def exposed(folder: Path) -> Iterator[Exposed]:
    """Yield the data folder and each file in it that is not private.

    Raises:
        Unavailable: The folder cannot be read.
    """
    with faults.on_file(folder):
        for one in (_folder(folder), _above(folder)):
            if one:
                yield one
        for path in sorted(folder.rglob("*")):
            if found := _file(path):
                yield found


def _folder(path: Path) -> Exposed | None:
    state = path.stat()
    if state.st_uid != os.geteuid():
        sentence = _(
            "The data folder {path} belongs to another OS user. Set USHER_DATA to a folder of your "
            "own."
        )
    elif state.st_mode & WRITERS:
        sentence = _(
            "Other OS users can write to the data folder {path}. Restrict it: chmod go-w {quoted}"
        )
    else:
        return None
    return _exposed(path, sentence)


def _above(path: Path) -> Exposed | None:
    """Return the first folder above the data folder in which others can rename entries.

    They could replace the data folder, for example with an old copy that has old passwords. A
    sticky folder is safe here, because only owners can rename in it (like OpenSSH's StrictModes).
    """
    for parent in _on_the_way(path.absolute()):
        if not parent.exists():
            continue
        state = parent.stat()
        if state.st_uid not in {0, os.geteuid()}:
            return _exposed(
                parent,
                _(
                    "{path} belongs to another OS user, who could replace the data folder in it."
                    " Set USHER_DATA to another folder."
                ),
            )
        writers = stat.S_IWOTH | (0 if _is_own_group(state.st_gid) else stat.S_IWGRP)
        if state.st_mode & writers and not state.st_mode & stat.S_ISVTX:
            return _exposed(
                parent,
                _(
                    "Other OS users can write to {path} and replace the data folder in it."
                    " Restrict it: chmod go-w {quoted}"
                ),
            )
    return None


def _on_the_way(path: Path) -> Iterator[Path]:
    """Yield every folder that is searched to reach a path, including through symbolic links."""
    for place in (path, *path.parents):
        if place.is_symlink():
            yield from _on_the_way(place.parent / place.readlink())
        if place.parent != place:
            yield place.parent


def _is_own_group(group_id: int) -> bool:
    """Return whether a group is the user's private group: same name, and no other members."""
    try:
        name, group = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(group_id)
    except KeyError:
        return False
    return group.gr_name == name and set(group.gr_mem) <= {name}


def _file(path: Path) -> Exposed | None:
    """Return what is wrong with a file in the data folder, or None. A missing file is fine."""
    try:
        state = path.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(state.st_mode):
        sentence = _("{path} is a symbolic link. Replace it with the file itself.")
    elif state.st_uid != os.geteuid():
        sentence = _(
            "{path} belongs to another OS user. Find out who created it, then remove or replace it."
        )
    elif state.st_mode & WRITERS:
        sentence = _(
            "Other OS users can write to {path}. Check its content, then restrict it: "
            "chmod go= {quoted}"
        )
    elif state.st_mode & OTHERS:
        sentence = _("Other OS users can read {path}. Restrict it: chmod go= {quoted}")
    else:
        return None
    return _exposed(path, sentence)


def _exposed(path: Path, sentence: str) -> Exposed:
    return Exposed(path, sentence.format(path=path, quoted=shlex.quote(str(path))))
