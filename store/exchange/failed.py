"""The file of the rows that failed, ready to be mended and imported again (S4)."""

import csv
import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from store.errors import Problem, Refused, Unavailable
from store.exchange.headings import ERROR_COLUMN, key_of
from store.exchange.reading import Row, Source
from store.wording import _


class FailedFile:
    """`NAME.failed.csv`: the rows as they came, each with its error in a last column.

    It lies beside the file, else in the current folder, 0600 since it names people. The rows are
    gathered without a name; it appears when it is published, whole, in place of one that is there.
    """

    def __init__(self, path: Path, source: Source) -> None:
        """Prepare it before anything is imported.

        Raises:
            Refused: there is no folder that takes it.
        """
        self._folder, self._rows = _nameless(path.parent, Path())
        self._path = self._folder / f"{path.stem}.failed.csv"
        self._writer = csv.writer(self._rows, delimiter=source.delimiter)
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
        # Closing writes what is left, which on a full disk fails again.
        with suppress(OSError):
            self._rows.close()

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
            self._copy()
        except OSError as error:
            raise self._unwritable(error) from error
        return self._path

    def _copy(self) -> None:
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=".failed", suffix=".csv")
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            try:
                self._rows.seek(0)
                shutil.copyfileobj(self._rows, stream)
                stream.flush()
                os.fsync(stream.fileno())
                Path(name).replace(self._path)
            except BaseException:
                Path(name).unlink()
                raise

    def _without_former(self, cells: Sequence[str]) -> list[str]:
        """The cells but for the error of an earlier import."""
        return [cell for place, cell in enumerate(cells) if place != self._former]

    def _unwritable(self, error: OSError) -> Unavailable:
        why = (error.strerror or str(error)).lower()
        sentence = _(
            "The file {path} cannot be written ({why}). Check the path and its permissions."
        )
        return Unavailable(sentence.format(path=self._path, why=why))


def _nameless(*folders: Path) -> tuple[Path, TextIO]:
    """The first folder that takes a file, and one in it that no crash leaves behind."""
    for folder in folders:
        try:
            # Some file systems take a file in a folder that has been removed, and none finds it.
            place = folder.absolute()
            stream = tempfile.TemporaryFile(  # noqa: SIM115  (closed by its owner)
                "w+", dir=folder, encoding="utf-8", newline=""
            )
        except OSError:
            continue
        return place, stream
    raise Refused(
        _(
            "The failed rows cannot be written next to the file or in the current "
            "folder. Change to a folder that you can write to."
        ),
        code="folder_unwritable",
    )
