"""Reading a CSV file row by row: any size, any of `,;\\t`, UTF-8, lines counted as an editor does.

One row is held at a time, and one that never ends is given up at a bound, so that a file may be
of any size and any shape (CHECKLIST K68). A row that cannot be taken apart is a row with a fault;
only what says nothing about people at all is refused as a whole.
"""

import codecs
import csv
import difflib
import os
import stat
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader, TextIOWrapper
from pathlib import Path

from store.errors import Problem, Refused
from store.wording import _, ngettext

COLUMNS = (
    "first_name",
    "last_name",
    "email",
    "login",
    "phone",
    "country",
    "language",
    "role",
    "team",
    "position",
)
"""The columns that import and export have in common."""

ERROR_COLUMN = "error"
"""What a file of failed rows has besides; it is left out when the file is imported again."""

COLUMNS_MAX = 64
ROW_MAX = 128 * 1024
"""Characters of a row, which is what Python's csv allows a single field."""

_DELIMITERS = ",;\t"
_CHUNK = 1024 * 1024
_NAMED_MAX = 5
"""Unknown columns that a refusal names, and letters of each, below."""
_NAMED_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line of its beginning, and its cells as they came.

    `fault` says why the row cannot be taken apart; its cells are then what was read of it.
    """

    line: int
    cells: Sequence[str]
    fault: Problem | None = None


@contextmanager
def opened(path: Path) -> Iterator["Source"]:
    """The file at `path`, with its header read and its encoding checked to the end.

    Raises:
        Refused: it is no regular file, not UTF-8, or its first line does not name the columns.
    """
    with _binary(path) as stream:
        try:
            _check_encoding(stream)
        except OSError as error:
            raise _unreadable(path, error) from error
        with TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
            yield Source(text, stream)


class Source:
    """An open file whose header is understood."""

    def __init__(self, text: TextIOWrapper, stream: BufferedReader) -> None:
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
        self.delimiter, self.header = _header(first)
        self.columns = _checked_columns(self.header)

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


def _check_encoding(stream: BufferedReader) -> None:
    """Read the file once to its end, so that nothing of it is imported if it is not UTF-8."""
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


def _header(line: str) -> tuple[str, list[str]]:
    """The delimiter that finds most of the known columns in the first line, and its cells."""
    split = {
        delimiter: next(csv.reader([line[:ROW_MAX]], delimiter=delimiter))
        for delimiter in _DELIMITERS
    }
    known = {*COLUMNS, ERROR_COLUMN}
    best = max(split, key=lambda delimiter: len(known.intersection(map(_column, split[delimiter]))))
    return best, split[best]


def _column(cell: str) -> str:
    return cell.strip().casefold()


def _checked_columns(header: Sequence[str]) -> tuple[str, ...]:
    """The columns of the file, by the names of the fields.

    Raises:
        Refused: there are too many, or some are unknown or there twice.
    """
    if len(header) > COLUMNS_MAX:
        sentence = _("There are {count} columns; at most {most} are read. Take some off.")
        raise Refused(sentence.format(count=len(header), most=COLUMNS_MAX), code="columns_too_many")
    columns = tuple(map(_column, header))
    unknown = [column for column in columns if column not in COLUMNS and column != ERROR_COLUMN]
    if unknown:
        raise Refused(_unknown(columns, unknown), code="columns_unknown", columns=unknown)
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        sentence = _("There twice: {columns}. Each column stands in the first line once.")
        raise Refused(
            sentence.format(columns=", ".join(twice)), code="columns_twice", columns=twice
        )
    return columns


def _unknown(columns: Sequence[str], unknown: Sequence[str]) -> str:
    if len(unknown) == len(columns):
        sentence = _("The first line does not name the columns. They are: {known}.")
        return sentence.format(known=", ".join(COLUMNS))
    hints = []
    for column in unknown[:_NAMED_MAX]:
        near = difflib.get_close_matches(column[:_NAMED_LENGTH], COLUMNS, n=2)
        hint = _("“{column}” (did you mean {near}?)") if near else _("“{column}”")
        hints.append(hint.format(column=column[:_NAMED_LENGTH], near=_(" or ").join(near)))
    sentence = ngettext("Unknown column: {what}.", "Unknown columns: {what}.", len(unknown))
    known = _("Known are: {known}.").format(known=", ".join(COLUMNS))
    return f"{sentence.format(what=', '.join(hints))} {known}"
