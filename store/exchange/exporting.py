"""Exporting people to a CSV file, in the order of the list (DESIGN 3.11, CHECKLIST K69).

RFC 4180 in UTF-8, safe against formulae, without hashes and codes. What was exported imports back
to the same in the columns that both have. One entry of the history tells who took what along, and
it is written before anybody can have the file.
"""

import csv
import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from store import access
from store.errors import Refused
from store.exchange import target as targets
from store.exchange.cells import protected
from store.exchange.headings import COLUMNS, READABLE
from store.listing import bulk, count
from store.users.words import narrowed_by
from store.values import Filters
from store.wording import _

if TYPE_CHECKING:
    from store.session import Session

FURTHER = (
    "id",
    "status",
    "admin",
    "owner",
    "simulator_only",
    "confirmed",
    "last_seen",
    "created",
    "currency",
    "number",
    "address",
    "notes",
)
"""What can be exported besides, and is not read back by an import."""

KNOWN = (*READABLE, *FURTHER)

STDOUT = "-"
"""What stands for the standard output, in the command and in the history."""

Progress = Callable[[int], None]
"""Told after each page how many people are written."""

Cancelled = Callable[[], bool]
"""Asked before each page whether to stop there."""


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """How many people were written, and where to; None is the standard output."""

    rows: int
    path: Path | None = None

    def as_json(self) -> dict[str, Any]:
        return {"rows": self.rows, "path": str(self.path) if self.path else None}


def plan(
    session: "Session",
    path: Path | None,
    filters: Filters = Filters(),  # noqa: B008  (frozen)
    columns: Sequence[str] = COLUMNS,
    *,
    replace: bool = False,
) -> ExportSummary:
    """What `export_people`, or without a path `print_people`, would write; leaves nothing.

    Raises:
        NotAllowed, Refused: as they do.
    """
    access.require(session, "users.export")
    _checked(columns)
    with _target(session, path, replace) if path else nullcontext():
        return ExportSummary(count(session, filters, cap=None).number, path)


def export_people(
    session: "Session",
    path: Path,
    filters: Filters = Filters(),  # noqa: B008  (frozen)
    columns: Sequence[str] = COLUMNS,
    *,
    replace: bool = False,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ExportSummary:
    """Write those whom the filters show to a file that is there as a whole, or not at all.

    Raises:
        NotAllowed: the actor may not export users.
        PasswordNeeded: it is dangerous, and the actor's password was not given just now.
        Refused: the file may not be made or replaced, a column is unknown, or it was cancelled.
        Unavailable: the database or the disk failed; nothing is left.
    """
    access.require(session, "users.export")
    access.require_proof(session)
    columns = _checked(columns)
    rows = 0
    with _target(session, path, replace) as target:
        try:
            # One connection for all pages, and no transaction: it keeps nobody waiting.
            with session.store.read():
                for rows in _written(session, target.stream, filters, columns):
                    if progress:
                        progress(rows)
                    if cancelled and cancelled():
                        raise Refused(
                            _("The export was canceled. Nothing was written."), code="cancelled"
                        )
            target.complete()
        except OSError as error:
            raise target.unwritable(error) from error
        _record(session, rows, str(path.absolute()), filters, columns)
        target.publish()
    return ExportSummary(rows, path)


def print_people(
    session: "Session",
    stream: TextIO,
    filters: Filters = Filters(),  # noqa: B008  (frozen)
    columns: Sequence[str] = COLUMNS,
    *,
    progress: Progress | None = None,
) -> ExportSummary:
    """Write those whom the filters show to an open stream; the history knows before it begins.

    Raises:
        NotAllowed: the actor may not export users.
        PasswordNeeded: it is dangerous, and the actor's password was not given just now.
        Refused: a column is unknown.
        OSError: the stream takes no more.
    """
    access.require(session, "users.export")
    access.require_proof(session)
    columns = _checked(columns)
    expected = count(session, filters, cap=None).number
    _record(session, expected, STDOUT, filters, columns)
    rows = 0
    with session.store.read():
        for rows in _written(session, stream, filters, columns):
            if progress:
                progress(rows)
    stream.flush()
    return ExportSummary(rows)


def command_of(path: str, filters: Filters, columns: Sequence[str] = COLUMNS) -> str:
    """The command line that does the same."""
    words = ["usher", "export", path, *narrowed_by(filters)]
    if tuple(columns) != COLUMNS:
        for column in columns:
            words += ["--column", column]
    return shlex.join(words)


def _checked(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns, each once; without any, those of a file that goes anywhere."""
    for column in columns:
        if column not in KNOWN:
            near = get_close_matches(column[:40], KNOWN, n=1) or KNOWN
            sentence = _("No column named “{column}”. Did you mean {near}?")
            raise Refused(
                sentence.format(column=column[:40], near=", ".join(near)), code="columns_unknown"
            )
    return tuple(dict.fromkeys(columns)) or COLUMNS


def _target(
    session: "Session", path: Path, replace: bool
) -> AbstractContextManager[targets.Target]:
    return targets.opened(path, replace=replace, any_ending=session.operator)


def _written(
    session: "Session", stream: TextIO, filters: Filters, columns: Sequence[str]
) -> Iterator[int]:
    """Write the header and page after page; tells each time how many people are written."""
    writer = csv.writer(stream)
    writer.writerow(columns)
    rows = 0
    for page in bulk.people(session, filters, columns):
        writer.writerows(map(protected, page))
        rows += len(page)
        yield rows


def _record(
    session: "Session", rows: int, path: str, filters: Filters, columns: Sequence[str]
) -> None:
    changes: dict[str, Any] = {"rows": rows, "path": path, "columns": list(columns)}
    if filters:
        changes["filters"] = shlex.join(narrowed_by(filters))
    with session.store.write(session) as unit:
        access.require(session, "users.export")
        unit.record(
            "export",
            None,
            {name: (None, value) for name, value in changes.items()},
            command_of(path, filters, columns),
        )
