"""The file that an export makes: it appears whole or not at all, and takes nobody's place.

It is written beside its name, 0600 since it names people, and renamed at the end (CHECKLIST K69).
A person who came in over SSH has no shell, and must not get one by writing where a program reads
its configuration: signed in, one writes only files that end in `.csv`, and no export ever takes
the place of another kind of file.
"""

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from store.errors import Refused, Unavailable
from store.wording import _

ENDING = ".csv"


class Target:
    """A file in the making. Left without `publish`, it leaves nothing behind."""

    stream: TextIO

    def __init__(self, path: Path, *, replace: bool, any_ending: bool) -> None:
        """Prepare it beside its name, before anything is read.

        Raises:
            Refused: something is there that may not be replaced, its folder takes nothing, or its
                name does not end as it must.
        """
        self.path, self._replace = path, replace
        try:
            there = _mode(path)
            _allow(path, there, replace=replace, any_ending=any_ending)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".export", suffix=ENDING)
        except (OSError, ValueError) as error:
            sentence = _("{path} cannot be made ({why}). Name a file in a folder of your own.")
            raise Refused(
                sentence.format(path=path, why=_reason(error)), code="file_unwritable"
            ) from error
        self._temporary = Path(name)
        self.stream = os.fdopen(handle, "w", encoding="utf-8", newline="")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._temporary.unlink(missing_ok=True)
        # Closing writes what is left, which on a full disk fails again.
        with suppress(OSError):
            self.stream.close()

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
            if not self._replace:
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
                os.close(os.open(self.path, flags, 0o600))
            self._temporary.replace(self.path)
        except FileExistsError as error:
            raise _exists(self.path) from error
        except OSError as error:
            raise self.unwritable(error) from error

    def unwritable(self, error: OSError) -> Unavailable:
        """What to tell when the disk takes no more."""
        sentence = _("{path} could not be written ({why}). Nothing of it is there.")
        return Unavailable(sentence.format(path=self.path, why=_reason(error)))


def _mode(path: Path) -> int | None:
    """What kind of thing has this name; a link is a link, wherever it leads."""
    try:
        return path.lstat().st_mode
    except FileNotFoundError:
        return None


def _allow(path: Path, there: int | None, *, replace: bool, any_ending: bool) -> None:
    if there is not None and stat.S_ISDIR(there):
        sentence = _("{path} is a folder. Name a file in it: {path}/people.csv")
        raise Refused(sentence.format(path=path), code="file_unwritable")
    if there is not None and not stat.S_ISREG(there):
        sentence = _("{path} is a link, a pipe or a device. Name a plain file, or - for stdout.")
        raise Refused(sentence.format(path=path), code="file_unwritable")
    if path.suffix.lower() != ENDING and not (any_ending and there is None):
        sentence = _("{path} does not end in {ending}. Give it that ending.")
        raise Refused(sentence.format(path=path, ending=ENDING), code="file_ending")
    if there is not None and not replace:
        raise _exists(path)


def _exists(path: Path) -> Refused:
    sentence = _("{path} is there already. Name another file, or say --yes to replace it.")
    return Refused(sentence.format(path=path), code="file_exists")


def _reason(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
