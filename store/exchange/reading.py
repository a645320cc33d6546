"""Reading a CSV file row by row: any size, any of `,;\\t`, UTF-8, lines counted as an editor does.

One row is held at a time, and one that never ends is given up at a bound, so that a file may be
of any size and any shape (CHECKLIST K68). A row that cannot be taken apart is a row with a fault;
only what says nothing about people at all is refused as a whole.
"""

import codecs
import csv
import os
import stat
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BufferedReader, TextIOWrapper
from itertools import islice
from pathlib import Path

from store.errors import Problem, Refused
from store.exchange import headings
from store.exchange.cells import unprotected
from store.wording import _

ROW_MAX = 128 * 1024
"""Characters of a row, which is what Python's csv allows a single field."""

_CHUNK = 1024 * 1024


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


def preview(path: Path, limit: int = 20) -> Preview:
    """The headings and the first rows of a file, and what its headings probably are.

    Raises:
        Refused: it cannot be read at all; headings that are no column's name are no reason.
    """
    with _text(path, {}) as source:
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
def opened(path: Path, columns: Mapping[str, str] | None = None) -> Iterator["Source"]:
    """The file at `path`, with its header read and its encoding checked to the end.

    `columns` maps headings to columns, or to "" to leave them out (`headings.columns_of`).

    Raises:
        Refused: it is no regular file, not UTF-8, or its first line does not name the columns.
    """
    with _text(path, columns or {}) as source:
        source.columns = headings.columns_of(source.header, columns or {})
        yield source


class Source:
    """An open file whose first line has been read; `columns` are there once it is understood."""

    name: str
    encoding: str
    columns: tuple[str, ...]

    def __init__(
        self, text: TextIOWrapper, stream: BufferedReader, mapping: Mapping[str, str]
    ) -> None:
        self._text = text
        self._stream = stream
        self._size = os.fstat(stream.fileno()).st_size
        self._ahead: deque[str] = deque()
        self._line = 0
        first = self._next_line()
        while first and not first.strip():
            first = self._next_line()
        if not first:
            raise Refused(_("The file is empty."), code="file_empty")
        self.delimiter, self.header = headings.split(first[:ROW_MAX], mapping)

    @property
    def part(self) -> float:
        """How much of the file has been read, from 0 to 1."""
        return min(1.0, self._stream.tell() / self._size)

    def rows(self) -> Iterator[Row]:
        """Every row but blank lines, in order."""
        while line := self._next_line():
            number = self._line
            if len(line) > ROW_MAX:
                sentence = _("This row is too long: at most {n} characters.").format(n=ROW_MAX)
                yield Row(number, [line[:ROW_MAX]], Problem("row", "too_long", sentence))
            elif '"' in line:
                yield self._quoted(line, number)
            elif line.strip("\r\n"):
                yield self._counted(number, line.rstrip("\r\n").split(self.delimiter))

    def _counted(self, line: int, cells: Sequence[str]) -> Row:
        """A row, at fault if it has not as many cells as the header."""
        if len(cells) == len(self.header):
            return Row(line, cells)
        sentence = _("This row has {cells} cells, the first line has {columns}: mend its commas.")
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
            sentence = _("A quote in this row does not close, or text follows it: mend it.")
            fault = Problem("row", "field_count", sentence)
            return Row(number, [first.rstrip("\r\n")], fault)
        return self._counted(number, cells)

    def _next_line(self) -> str:
        """The next line with its end, or empty; of one that is too long, a little too much."""
        try:
            line = self._ahead.popleft() if self._ahead else self._read_line()
        except UnicodeDecodeError as error:
            sentence = _("The file was changed while it was read. Import it again.")
            raise Refused(sentence, code="file_changed") from error
        self._line += bool(line)
        return line

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


@contextmanager
def _text(path: Path, mapping: Mapping[str, str]) -> Iterator[Source]:
    """The open file with its first line read; its encoding is checked to the end."""
    with _binary(path) as stream:
        try:
            mark = _check_encoding(stream)
        except OSError as error:
            raise _unreadable(path, error) from error
        with TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
            source = Source(text, stream, mapping)
            source.name, source.encoding = str(path), "utf-8-sig" if mark else "utf-8"
            yield source


@contextmanager
def _binary(path: Path) -> Iterator[BufferedReader]:
    try:
        # Without O_NONBLOCK opening a pipe would wait for someone to write into it.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        sentence = _("{path} is not a file of rows but a folder or a device. Name a CSV file.")
        raise Refused(sentence.format(path=path), code="file_unreadable")
    with open(handle, "rb") as stream:  # noqa: PTH123  (a handle, not a path)
        yield stream


def _unreadable(path: Path, error: OSError | ValueError) -> Refused:
    why = (getattr(error, "strerror", None) or str(error)).lower()
    return Refused(
        _("{path} cannot be read ({why}).").format(path=path, why=why), code="file_unreadable"
    )


def _check_encoding(stream: BufferedReader) -> bool:
    """Read the file once to its end, so that nothing of it is imported if it is not UTF-8.

    Returns whether it begins with a byte order mark.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    try:
        while chunk := stream.read(_CHUNK):
            line += decoder.decode(chunk).count("\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        line += error.object[: error.start].count(b"\n")
        sentence = _("Line {line} is not UTF-8. Save the file as “CSV UTF-8” and import it again.")
        raise Refused(sentence.format(line=line), code="not_utf8", line=line) from error
    stream.seek(0)
    return stream.peek(3).startswith(codecs.BOM_UTF8)
