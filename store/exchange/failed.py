"""The file of the rows that failed, ready to be mended and imported again (S4)."""

import csv
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from store.errors import Problem, Refused, Unavailable
from store.exchange.headings import ERROR_COLUMN, key_of
from store.exchange.reading import Row, Source
from store.wording import _


class FailedFile:
    """`NAME.failed.csv`: the rows as they came, each with its error in a last column.

    It lies beside the file, else in the current folder, 0600 since it names people. It appears
    when it is published, as a whole, in place of one that may be there.
    """

    def __init__(self, path: Path, source: Source) -> None:
        """Prepare it before anything is imported.

        Raises:
            Refused: there is no folder that takes it.
        """
        handle, self._temporary = _temporary(path.parent, Path())
        self._path = self._temporary.with_name(f"{path.stem}.failed.csv")
        self._stream = os.fdopen(handle, "w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._stream, delimiter=source.delimiter)
        keys = [key_of(heading) for heading in source.header]
        self._former = keys.index(ERROR_COLUMN) if ERROR_COLUMN in keys else -1
        self._writer.writerow([*self._without_former(source.header), ERROR_COLUMN])
        self._empty = True

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
            self._stream.close()

    def add(self, row: Row, problem: Problem) -> None:
        """Add a row that failed.

        Raises:
            Unavailable: the disk takes no more.
        """
        cells = row.cells if row.fault else self._without_former(row.cells)
        try:
            self._writer.writerow([*cells, f"{problem.code}: {problem.message}"])
        except OSError as error:
            raise self._unwritable(error) from error
        self._empty = False

    def publish(self) -> Path | None:
        """Put it in its place, if any row failed.

        Raises:
            Unavailable: the disk does not take it.
        """
        if self._empty:
            return None
        try:
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._temporary.replace(self._path)
        except OSError as error:
            raise self._unwritable(error) from error
        return self._path

    def _without_former(self, cells: Sequence[str]) -> list[str]:
        """The cells but for the error of an earlier import."""
        return [cell for place, cell in enumerate(cells) if place != self._former]

    def _unwritable(self, error: OSError) -> Unavailable:
        sentence = _(
            "{path} cannot be written ({why}). Import the file again when it can: the people who"
            " are already in are recognised."
        )
        why = (error.strerror or str(error)).lower()
        return Unavailable(sentence.format(path=self._path, why=why))


def _temporary(*folders: Path) -> tuple[int, Path]:
    for folder in folders:
        try:
            handle, name = tempfile.mkstemp(dir=folder, prefix=".failed", suffix=".csv")
        except OSError:
            continue
        return handle, Path(name)
    raise Refused(
        _("The rows that fail could be written nowhere. Go to a folder that you may write to."),
        code="folder_unwritable",
    )
