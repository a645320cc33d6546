"""The file that an export makes: it appears whole or not at all, and takes nobody's place.

It is written beside its name, 0600 since it names people, and renamed at the end (CHECKLIST K69).
A person who came in over SSH has no shell, and must not get one by writing where a program reads
its configuration: signed in, one writes only files that end in `.csv`, and no export ever takes
the place of another kind of file.
"""

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from store.errors import Refused, Unavailable
from store.exchange.reach import check_reach
from store.wording import _

ENDING = ".csv"

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Target:
    """A file in the making: what is written to `stream` appears at `path` by `publish`."""

    path: Path
    stream: TextIO
    temporary: Path
    replace: bool

    def complete(self) -> None:
        """See that all of it is on the disk.

        Raises:
            OSError: the disk does not take it.
        """
        self.stream.flush()
        os.fsync(self.stream.fileno())

    def publish(self) -> None:
        """Put it in its place.

        Raises:
            Refused: someone else has made a file of that name meanwhile.
            Unavailable: the disk does not take it.
        """
        try:
            if not self.replace:
                os.close(os.open(self.path, _NEW, 0o600))
            self.temporary.replace(self.path)
        except FileExistsError as error:
            raise _exists(self.path) from error
        except OSError as error:
            raise self.unwritable(error) from error

    def unwritable(self, error: OSError) -> Unavailable:
        """What to tell when the disk takes no more."""
        sentence = _(
            "The file {path} could not be written ({why}). Nothing was kept. Make "
            "room, or name another file."
        )
        return Unavailable(sentence.format(path=self.path, why=_reason(error)))


@contextmanager
def opened(
    path: Path, *, replace: bool, any_ending: bool, ending: str = ENDING
) -> Iterator[Target]:
    """A file in the making beside its name; left without `publish`, it leaves nothing behind.

    Raises:
        Refused: something is there that may not be replaced, its folder takes nothing, or its
            name does not end as it must.
    """
    check_reach(path)
    # The name is known before there is a file: whatever moment a signal comes, it goes again.
    temporary = path.parent / f".export-{secrets.token_hex(8)}{ending}"
    try:
        with _made(
            path, temporary, replace=replace, any_ending=any_ending, ending=ending
        ) as stream:
            yield Target(path, stream, temporary, replace)
    finally:
        # Where nothing could be made there is nothing, under a name that may be none at all.
        with suppress(OSError, ValueError):
            temporary.unlink()


@contextmanager
def _made(
    path: Path, temporary: Path, *, replace: bool, any_ending: bool, ending: str
) -> Iterator[TextIO]:
    try:
        _allow(path, _mode(path), replace=replace, any_ending=any_ending, ending=ending)
        stream = os.fdopen(os.open(temporary, _NEW, 0o600), "w", encoding="utf-8", newline="")
    except (OSError, ValueError) as error:
        sentence = _(
            "The file {path} cannot be created ({why}). Name a file in a folder that "
            "you can write to."
        )
        sentence = sentence.format(path=path, why=_reason(error))
        raise Refused(sentence, code="file_unwritable") from error
    try:
        yield stream
    finally:
        # Closing writes what is left, which on a full disk fails again.
        with suppress(OSError):
            stream.close()


def _mode(path: Path) -> int | None:
    """What kind of thing has this name; a link is a link, wherever it leads."""
    try:
        return path.lstat().st_mode
    except FileNotFoundError:
        return None


def _allow(path: Path, there: int | None, *, replace: bool, any_ending: bool, ending: str) -> None:
    if there is not None and stat.S_ISDIR(there):
        sentence = _("{path} is a folder. Name a file in it: {path}/people{ending}")
        raise Refused(sentence.format(path=path, ending=ending), code="file_unwritable")
    if there is not None and not stat.S_ISREG(there):
        sentence = _("{path} is a link, a pipe or a device. Name a regular file, or - for stdout.")
        raise Refused(sentence.format(path=path), code="file_unwritable")
    if path.suffix.lower() != ending and not (any_ending and there is None):
        sentence = _("The file name {path} does not end in {ending}. Add the ending.")
        raise Refused(sentence.format(path=path, ending=ending), code="file_ending")
    if there is not None and not replace:
        raise _exists(path)


def _exists(path: Path) -> Refused:
    sentence = _("The file {path} exists already. Name another file, or replace it.")
    return Refused(sentence.format(path=path), code="file_exists")


def _reason(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
