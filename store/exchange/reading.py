"""Reading a CSV file row by row: any size, any of `,;\\t`, UTF-8, lines counted as an editor does.

One row is held at a time, and one that never ends is given up at a bound, so that a file may be
of any size and any shape (CHECKLIST K68). A row that cannot be taken apart is a row with a fault;
only what says nothing about people at all is refused as a whole.
"""

import codecs
import csv
import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BufferedReader, TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from store.errors import Problem, Refused
from store.exchange import files, headings
from store.exchange.cells import unprotected
from store.wording import _

ROW_MAX = 128 * 1024
"""Characters of a row, which is what Python's csv allows a single field."""

BATCH_MAX = 2 * 1024 * 1024
"""Characters in one batch: rows of nothing but commas take forty times their size in memory."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line of its beginning, and its cells as they came.

    `fault` says why the row cannot be taken apart; its cells are then what was read of it.
    """

    line: int
    cells: Sequence[str]
    fault: Problem | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file looks like before anything is decided about it.

    `rows` are the first as they will be read, their cells in the order of `headings`. `suggested`
    gives each heading a column, or "" where none is near; `unknown` are the headings that are no
    column's name and so need a word in the mapping.
    """

    headings: tuple[str, ...]
    delimiter: str
    encoding: str
    """`utf-8`, or `utf-8-sig` where the file begins with a byte order mark."""
    rows: tuple[Row, ...] = ()
    suggested: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


def preview(path: Path, limit: int = 20, *, any_ending: bool = False) -> Preview:
    """The headings and the first rows of a file, and what its headings probably are.

    `any_ending` is for the operator: who is signed in reads only what is named as CSV.

    Raises:
        Refused: it cannot be read at all; headings that are no column's name are no reason.
    """
    with _text(path, {}, headings.READABLE, any_ending=any_ending) as source:
        headings.counted(source.header)
        rows = tuple(
            replace(row, cells=tuple(map(unprotected, row.cells)))
            for row in islice(source.rows(), limit)
        )
        return Preview(
            headings=tuple(source.header),
            delimiter=source.delimiter,
            encoding=source.encoding,
            rows=rows,
            suggested=headings.suggested(source.header),
            unknown=headings.unknown(source.header),
        )


@contextmanager
def opened(
    path: Path,
    columns: Mapping[str, str] | None = None,
    *,
    any_ending: bool = False,
    readable: Sequence[str] = headings.READABLE,
) -> Iterator["Source"]:
    """The file at `path`, with its header read and its encoding checked to the end.

    `columns` maps headings to columns, or to "" to leave them out (`headings.columns_of`);
    `readable` are the columns that there are, `any_ending` as in `preview`.

    Raises:
        Refused: it is no regular file, not UTF-8, or its first line does not name the columns.
    """
    with _text(path, columns or {}, readable, any_ending=any_ending) as source:
        source.columns = headings.columns_of(source.header, columns or {}, readable)
        yield source


class Source:
    """An open file whose first line has been read; `columns` are there once it is understood."""

    columns: tuple[str, ...]

    def __init__(
        self,
        path: Path,
        text: TextIOWrapper,
        stream: BufferedReader,
        mapping: Mapping[str, str],
        readable: Sequence[str],
    ) -> None:
        self.path = path
        self.encoding = "utf-8-sig" if stream.peek(3).startswith(codecs.BOM_UTF8) else "utf-8"
        self._text = text
        self._stream = stream
        self._state = self._state_now()
        self._ahead: deque[str] = deque()
        self._line = 0
        self._read = 0
        first = self._next_line()
        while first and not first.strip():
            first = self._next_line()
        if not first:
            raise Refused(
                _("The file is empty. Name a file with a first line that names the columns."),
                code="file_empty",
            )
        self.delimiter, self.header = headings.split(first[:ROW_MAX], mapping, readable)

    @property
    def part(self) -> float:
        """How much of the file has been read, from 0 to 1."""
        return min(1.0, self._stream.tell() / self._state.size)

    def batches(self, most: int) -> Iterator[list[Row]]:
        """The rows, so many at a time, and fewer where they are so long that it would be felt.

        Raises:
            Refused: the file was changed meanwhile, so that a row might be half of two.
        """
        batch: list[Row] = []
        begun = self._read
        for row in self.rows():
            batch.append(row)
            if len(batch) == most or self._read - begun > BATCH_MAX:
                self._check_unchanged()
                yield batch
                batch, begun = [], self._read
        self._check_unchanged()
        if batch:
            yield batch

    def rows(self) -> Iterator[Row]:
        """Every row but blank lines, in order."""
        while line := self._next_line():
            number = self._line
            if len(line) > ROW_MAX:
                sentence = _(
                    "The row is too long. At most {n} characters are allowed. Shorten it."
                ).format(n=ROW_MAX)
                yield Row(number, [line[:ROW_MAX]], Problem("row", "too_long", sentence))
            elif '"' in line:
                yield self._quoted(line, number)
            elif line.strip("\r\n"):
                yield self._counted(number, line.rstrip("\r\n").split(self.delimiter))

    def _counted(self, line: int, cells: Sequence[str]) -> Row:
        """A row, at fault if it has not as many cells as the header."""
        if len(cells) == len(self.header):
            return Row(line, cells)
        sentence = _(
            "The row has {cells} cells and the first line has {columns}. Correct the "
            "delimiters of the row."
        )
        sentence = sentence.format(cells=len(cells), columns=len(self.header))
        return Row(line, cells, Problem("row", "field_count", sentence))

    def _quoted(self, first: str, number: int) -> Row:
        """A row with quotes in it, which may go over many lines.

        Where its quotes never close, its first line alone is at fault and the next is a new row.
        """
        taken: list[str] = []

        def lines() -> Iterator[str]:
            line, size = first, 0
            while line and size + len(line) <= ROW_MAX:
                size += len(line)
                taken.append(line)
                yield line
                line = self._next_line()
            if line:
                taken.append(line)

        try:
            cells = next(csv.reader(lines(), delimiter=self.delimiter, strict=True))
        except csv.Error:
            self._ahead.extendleft(reversed(taken[1:]))
            self._line = number
            sentence = _(
                "A quotation mark in the row does not close, or text follows it. Correct the row."
            )
            fault = Problem("row", "field_count", sentence)
            return Row(number, [first.rstrip("\r\n")], fault)
        return self._counted(number, cells)

    def _next_line(self) -> str:
        """The next line with its end, or empty; of one that is too long, a little too much."""
        try:
            line = self._ahead.popleft() if self._ahead else self._read_line()
        except UnicodeDecodeError as error:
            raise self._changed() from error
        except OSError as error:
            raise files.unreadable(self.path, error) from error
        self._line += bool(line)
        self._read += len(line)
        return line

    def _check_unchanged(self) -> None:
        if self._state_now() != self._state:
            raise self._changed()

    def _state_now(self) -> "_State":
        state = os.fstat(self._stream.fileno())
        return _State(state.st_size, state.st_mtime_ns)

    def _changed(self) -> Refused:
        sentence = _("The file was changed while it was read. Import it again.")
        return Refused(sentence, code="file_changed")

    def _read_line(self) -> str:
        line = rest = self._text.readline(ROW_MAX + 1)
        while len(rest) > ROW_MAX and not rest.endswith(("\r", "\n")):
            rest = self._text.readline(ROW_MAX + 1)
        if len(rest) > ROW_MAX and rest.endswith("\r"):
            # The bound may stand between the two characters of one line end.
            following = self._read_line()
            if following not in {"", "\n"}:
                self._ahead.appendleft(following)
        return line


class _State(NamedTuple):
    """By what one sees that a file is still the same."""

    size: int
    changed: int


@contextmanager
def _text(
    path: Path, mapping: Mapping[str, str], readable: Sequence[str], *, any_ending: bool
) -> Iterator[Source]:
    with (
        files.opened(path, any_ending=any_ending) as stream,
        TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text,
    ):
        yield Source(path, text, stream, mapping, readable)
