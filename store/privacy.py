"""Who else on this machine can read or change the data folder and what is in it (CHECKLIST 73).

The data folder and its files belong to the OS user who runs Usher, and to no one else. What is
looser is refused, never repaired in silence: a mode that is put right hides that others had been
able to read a code or to write themselves an account, and a program that has the file open keeps
it. `usher doctor files` lists everything; opening an account refuses by the same functions.
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
"""Bits of a mode by which group or others may do anything."""
WRITERS = 0o022
BESIDE = ("", "-journal", "-wal", "-shm")
"""What SQLite keeps beside a database, and takes for a part of it."""


@dataclass(frozen=True, slots=True)
class Exposed:
    """A file or folder that others can read or change, and the sentence that says what to do."""

    path: Path
    sentence: str


def require_folder(path: Path) -> None:
    """Refuse a data folder that another OS user can write to, rename or replace.

    A sticky bit changes nothing: it keeps others from removing files, not from adding a
    `usher.db-journal` that SQLite would play back into the database.

    Raises:
        Unavailable: The folder, or one on the way to it, is not safe.
    """
    with faults.on_file(path):
        found = _folder(path) or _above(path)
    if found:
        raise Unavailable(found.sentence)


def require_place(path: Path) -> None:
    """Refuse a place for a new data folder in which another OS user could replace it.

    Raises:
        Unavailable: A folder on the way to it is not safe.
    """
    with faults.on_file(path):
        found = _above(path)
    if found:
        raise Unavailable(found.sentence)


def require_database(path: Path) -> None:
    """Refuse a SQLite database that others can read or change.

    Raises:
        Unavailable: It is not private.
    """
    with faults.on_file(path):
        found = next(filter(None, (_file(Path(f"{path}{end}")) for end in BESIDE)), None)
    if found:
        raise Unavailable(found.sentence)


def exposed(folder: Path) -> Iterator[Exposed]:
    """Yield everything in the data folder, the folder itself included, that is not private.

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
            "The data folder {path} belongs to another user of this machine. Name one of your "
            "own in USHER_DATA."
        )
    elif state.st_mode & WRITERS:
        sentence = _("Others may write to the data folder {path}. Close it: chmod go-w {quoted}")
    else:
        return None
    return _exposed(path, sentence)


def _above(path: Path) -> Exposed | None:
    """The first folder on the way to the data folder in which others can rename what is in it.

    They could put another folder in its place: an old copy of the account with the passwords of
    then. A sticky folder is safe here, for in it only owners rename (as OpenSSH's StrictModes).
    """
    for parent in _on_the_way(path.absolute()):
        if not parent.exists():
            continue
        state = parent.stat()
        if state.st_uid not in {0, os.geteuid()}:
            return _exposed(
                parent,
                _(
                    "{path} is above the data folder and belongs to another user of this machine, "
                    "who could replace it. Name another data folder in USHER_DATA."
                ),
            )
        writers = stat.S_IWOTH | (0 if _is_own_group(state.st_gid) else stat.S_IWGRP)
        if state.st_mode & writers and not state.st_mode & stat.S_ISVTX:
            return _exposed(
                parent,
                _(
                    "Others may write to {path}, which is above the data folder, and so replace "
                    "it. Close it: chmod go-w {quoted}"
                ),
            )
    return None


def _on_the_way(path: Path) -> Iterator[Path]:
    """Every folder in which a name is looked up to reach a path, through symbolic links too."""
    for place in (path, *path.parents):
        if place.is_symlink():
            yield from _on_the_way(place.parent / place.readlink())
        if place.parent != place:
            yield place.parent


def _is_own_group(group_id: int) -> bool:
    """Return whether a group is a user's private one: named like this user, without others."""
    try:
        name, group = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(group_id)
    except KeyError:
        return False
    return group.gr_name == name and set(group.gr_mem) <= {name}


def _file(path: Path) -> Exposed | None:
    """What is wrong with a file or folder of the data folder; nothing where it is not there."""
    try:
        state = path.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(state.st_mode):
        sentence = _("{path} is a symbolic link. Put the file itself there.")
    elif state.st_uid != os.geteuid():
        sentence = _("{path} belongs to another user of this machine. Check who put it there.")
    elif state.st_mode & WRITERS:
        sentence = _(
            "Others may write to {path}. Check that it is still yours, then close it: "
            "chmod go= {quoted}"
        )
    elif state.st_mode & OTHERS:
        sentence = _("Others may read {path}. Close it: chmod go= {quoted}")
    else:
        return None
    return _exposed(path, sentence)


def _exposed(path: Path, sentence: str) -> Exposed:
    return Exposed(path, sentence.format(path=path, quoted=shlex.quote(str(path))))
