"""Opening a file: a regular one, within reach, and if it is of rows, UTF-8 to its end.

A symbolic link is followed only if the link itself is ours or root's: in a folder that others may
write to, whoever lays a link decides what is read (CHECKLIST F7). What is no CSV in UTF-8 is told
from its first bytes, with the command that converts it.
"""

import codecs
import os
import shlex
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from store.errors import Refused
from store.exchange.reach import check_reach
from store.wording import _

ENDINGS = (".csv", ".tsv", ".txt")
"""What a person who is signed in may read: they came in without a shell, and must not get to
read the server's other files by previewing them (as `exporting` lets them write `.csv` alone)."""

_CHUNK = 1024 * 1024
_ZIP = b"PK\x03\x04"
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_SAMPLE = 200
_CYRILLIC = 0.6
"""The part of letters beyond ASCII that stand side by side, from which on it is an alphabet of
its own and no accents among Latin letters."""


@contextmanager
def opened(path: Path, *, any_ending: bool) -> Iterator[BufferedReader]:
    """The regular file at `path`, at its beginning and known to be UTF-8.

    Raises:
        Refused: it is none, or out of reach.
    """
    other = _("{path} is a folder or a device. Name a CSV file.")
    with regular(path, () if any_ending else ENDINGS, other) as stream:
        try:
            _check_beginning(path, stream)
            _check_encoding(path, stream)
        except OSError as error:
            raise unreadable(path, error) from error
        yield stream


@contextmanager
def regular(path: Path, endings: Sequence[str], other: str) -> Iterator[BufferedReader]:
    """The regular file at `path`, whose name has one of the endings, if there are any.

    `other` is the sentence about what is no regular file.

    Raises:
        Refused: it is none, or out of reach.
    """
    check_reach(path)
    if endings and path.suffix.lower() not in endings:
        sentence = _(
            "The name {path} does not end in {endings}. Only the operator can import "
            "other files. Rename the file."
        )
        raise Refused(
            sentence.format(path=path, endings=", ".join(endings)), code="file_unreadable"
        )
    with open(_handle(path, other), "rb") as stream:
        yield stream


def unreadable(path: Path, error: OSError | ValueError) -> Refused:
    """The refusal of a file that the system does not give."""
    why = (getattr(error, "strerror", None) or str(error)).lower()
    return Refused(
        _("The file {path} cannot be read ({why}). Check the path and its permissions.").format(
            path=path, why=why
        ),
        code="file_unreadable",
    )


def _handle(path: Path, other: str) -> int:
    try:
        handle = _opened_handle(path)
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Refused(other.format(path=path), code="file_unreadable")
    return handle


def _opened_handle(path: Path) -> int:
    # Without O_NONBLOCK opening a pipe would wait for someone to write into it.
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
    if not path.is_symlink():
        return os.open(path, flags | os.O_NOFOLLOW)
    if path.lstat().st_uid not in {os.geteuid(), 0}:
        sentence = _("{path} is a link that belongs to another user. Name the file itself.")
        raise Refused(sentence.format(path=path), code="file_unreadable")
    return os.open(path, flags)


def _check_beginning(path: Path, stream: BufferedReader) -> None:
    """Tell a workbook and UTF-16 by their first bytes: the latter may well be valid UTF-8."""
    start = stream.peek(_SAMPLE)[:_SAMPLE]
    if start.startswith(_ZIP):
        sentence = _(
            "{path} is a workbook or an archive, not CSV. Save it as “CSV UTF-8” and "
            "import that file."
        )
        raise Refused(sentence.format(path=path), code="not_csv")
    name = _UTF16.get(start[:2])
    even, odd = start[::2].count(0), start[1::2].count(0)
    if not name and len(start) > 3 and max(even, odd) * 2 > len(start) // 2 > 4 * min(even, odd):
        name = "utf-16le" if odd > even else "utf-16be"
    if name:
        raise _other_encoding(path, name, 1)


def _check_encoding(path: Path, stream: BufferedReader) -> None:
    """Read the file once to its end, so that nothing of it is imported if it is not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    try:
        while chunk := stream.read(_CHUNK):
            line += decoder.decode(chunk).count("\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        line += error.object[: error.start].count(b"\n")
        raise _other_encoding(path, _likely(error.object[error.start :]), line) from error
    stream.seek(0)


def _likely(text: bytes) -> str:
    """The encoding that this probably is: in Cyrillic such bytes stand side by side."""
    high = [byte >= 0x80 for byte in text[: _CHUNK // 16]]
    together = sum(one and (before or after) for before, one, after in
                   zip([False, *high], high, [*high[1:], False], strict=False))  # fmt: skip
    return "cp1251" if together > _CYRILLIC * sum(high) else "cp1252"


def _other_encoding(path: Path, name: str, line: int) -> Refused:
    target = path.with_name(f"{path.stem}.utf-8.csv")
    command = f"iconv -f {name} -t utf-8 {shlex.quote(str(path))} > {shlex.quote(str(target))}"
    sentence = _(
        "Line {line} is not UTF-8. The file is probably {name}. Convert it, and "
        "import the result. To convert: {command}"
    )
    return Refused(
        sentence.format(line=line, name=name, command=command), code="not_utf8", line=line
    )
