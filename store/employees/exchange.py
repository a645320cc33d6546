"""Employees in a CSV file, there and back: what was exported changes nothing when it is imported.

A row is about the card that its id names, else the one of its user, else the one with its e-mail,
else, without any of these, the waiting one with its names and number. What is found becomes what
the columns of the file say; where nothing is found, a card is made. Each row is done by the verbs
that do the same by hand, so it can do nothing that those cannot.
"""

import csv
import shlex
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from store import access
from store.checks.text import excerpt
from store.employees import changing, reading
from store.errors import (
    Conflict,
    Invalid,
    NotFound,
    Problem,
    Refused,
    SessionEnded,
    Unavailable,
    UsherError,
)
from store.exchange import batches, target
from store.exchange.batches import Cancelled, Progress
from store.exchange.cells import protected, unprotected
from store.exchange.exporting import ExportSummary
from store.exchange.failed import FailedFile
from store.exchange.reading import Row, Source
from store.exchange.reading import opened as opened_rows
from store.exchange.reserved import Reserved
from store.exchange.summary import ImportSummary, Tally
from store.listing.folding import fold
from store.numbers import id_number
from store.users import read
from store.values import Employee
from store.wording import _

if TYPE_CHECKING:
    from store.session import Session

COLUMNS = (
    "id", "email", "first_name", "last_name", "currency", "number", "address", "notes", "user",
)  # fmt: skip

BATCH = 100
"""Rows in one transaction: each is done by the verbs, which takes longer than a row of people."""


_OF_ALL = (Conflict, SessionEnded, Unavailable)
"""What is no row's fault: it stops the batch, or has it done anew."""


@dataclass(slots=True)
class Decision:
    """What became of some rows: each of them is in exactly one of the first four."""

    created: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    unchanged: int = 0
    failed: list[tuple[Row, Problem]] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    """The cards that the good rows were about."""


def plan(
    session: "Session",
    path: Path,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportSummary:
    """What `import_employees` would do: each batch is done, and undone again.

    Raises:
        NotAllowed: the actor may not edit employees.
        Refused: the file cannot be read, or its first line does not name the columns.
    """
    tally = Tally()
    with _opened(session, path) as (source, reserved):
        for rows in batches.batches(source, BATCH, progress, cancelled):
            with session.store.rehearse(session):
                decision = _decided(session, source.columns, reserved, rows)
            reserved.take(decision.taken)
            tally.add(decision)
    return tally.summary()


def import_employees(
    session: "Session",
    path: Path,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportSummary:
    """Make and change the cards of a file; the rows that failed are in `NAME.failed.csv`.

    `cancelled` is asked between batches; what was written by then stays.

    Raises:
        NotAllowed: the actor may not edit employees.
        Refused: the file cannot be read, its first line does not name the columns, the rows that
            fail could be written nowhere, or the file was changed while it was read.
        Unavailable: the database or the disk failed; the refusal says how many rows are in.
    """
    tally = Tally()
    with (
        _opened(session, path) as (source, reserved),
        FailedFile(path, source) as failed_file,
        batches.telling_what_is_in(tally),
    ):
        for rows in batches.batches(source, BATCH, progress, cancelled):
            decision = batches.written(partial(_write, session, source.columns, reserved, rows))
            reserved.take(decision.taken)
            tally.add(decision)
            for row, problem in decision.failed:
                failed_file.add(row, problem)
        return tally.summary(failed_file.publish())


def export_employees(
    session: "Session",
    path: Path,
    *,
    search: str = "",
    unlinked: bool = False,
    replace: bool = False,
) -> ExportSummary:
    """Write the employees whom a list shows to a file that is there as a whole, or not at all.

    Raises:
        NotAllowed: the actor may not export users, which most of the cards are of.
        PasswordNeeded: it is dangerous, and the actor's password was not given just now.
        Refused: the file may not be made or replaced.
        Unavailable: the database or the disk failed; nothing is left.
    """
    access.require(session, "users.export")
    access.require(session, "employees.view")
    access.require_proof(session)
    rows = 0
    with target.opened(path, replace=replace, any_ending=session.operator) as file:
        try:
            writer = csv.writer(file.stream)
            writer.writerow(COLUMNS)
            for page in reading.pages(session.store, search, unlinked):
                writer.writerows(protected(_cells(one)) for one in page)
                rows += len(page)
            file.complete()
        except OSError as error:
            raise file.unwritable(error) from error
        _record(session, rows, path, search, unlinked)
        file.publish()
    return ExportSummary(rows, path)


@contextmanager
def _opened(session: "Session", path: Path) -> Iterator[tuple[Source, Reserved]]:
    """The file, open, and what its rows have been about so far."""
    access.require(session, "employees.edit")
    with (
        opened_rows(path, any_ending=session.operator, readable=COLUMNS) as source,
        closing(Reserved()) as reserved,
        session.store.bulk(),
    ):
        yield source, reserved


def _write(
    session: "Session", columns: Sequence[str], reserved: Reserved, rows: Sequence[Row]
) -> Decision:
    with session.store.write(session):
        return _decided(session, columns, reserved, rows)


def _decided(
    session: "Session", columns: Sequence[str], reserved: Reserved, rows: Sequence[Row]
) -> Decision:
    """Do rows, each as a whole or not at all, inside the caller's transaction."""
    access.require(session, "employees.edit")
    decision = Decision()
    for row in rows:
        problem = row.fault
        if problem is None:
            cells = dict(zip(columns, map(unprotected, row.cells), strict=True))
            cells = {column: cell.strip() for column, cell in cells.items() if column}
            try:
                with session.store.write(session):
                    _do(session, cells, reserved, decision)
            except UsherError as error:
                if isinstance(error, _OF_ALL):
                    raise
                problem = _problem_of(error)
        if problem:
            decision.failed.append((row, problem))
    return decision


def _do(session: "Session", cells: dict[str, str], reserved: Reserved, decision: Decision) -> None:
    """Bring the card of a row to what the row says, or make it.

    Raises:
        UsherError: it cannot be; nothing of the row is done then.
    """
    fields = {name: cell for name, cell in cells.items() if name in changing.FIELDS}
    found = _found(session, cells)
    if found is None:
        one = changing.create(session, fields)
        decision.created.append(one.id)
        decision.taken.add(str(one.id))
        return
    key = str(found.id)
    if key in decision.taken or reserved.taken([key]):
        raise Refused(
            _("The employee “{name}” is in an earlier row. Remove one of the two rows.").format(
                name=excerpt(found.full_name or found.email)
            ),
            code="duplicate_in_file",
        )
    one = found
    who = cells.get("user", "")
    if who and read.show(session, who).id != found.user:
        one = changing.link(session, found.id, who)
        # From now on the card is called as its user is.
        fields = {name: cell for name, cell in fields.items() if name not in changing.CALLED}
    one = changing.edit(session, one.id, fields)
    decision.taken.add(key)
    if one == found:
        decision.unchanged += 1
    else:
        decision.updated.append(one.id)


def _found(session: "Session", cells: dict[str, str]) -> Employee | None:
    """The card that a row is about.

    Raises:
        Refused: there is none of that id, or nobody whom the row names as the user.
    """
    store = session.store
    if number := cells.get("id", ""):
        card = id_number(number)
        if not card or not (found := reading.load(store, "e.id = ?", card)):
            sentence = _(
                "No employee record has the id “{id}”. Correct the id, or leave it empty "
                "to create a record."
            )
            raise Refused(sentence.format(id=excerpt(number)), code="employee_unknown")
        return found
    if who := cells.get("user", ""):
        return reading.load(store, "e.user_id = ?", read.show(session, who).id)
    if email := cells.get("email", ""):
        return reading.known_as(store, email)
    called = fold(" ".join(cells.get(name, "") for name in ("first_name", "last_name", "number")))
    return reading.load(
        store, "e.user_id IS NULL AND e.email_key = '' AND e.search_key = ?", called
    )


def _problem_of(error: UsherError) -> Problem:
    """Why a row was refused, as the list of failures has it."""
    if isinstance(error, Invalid):
        return error.problems[0]
    code = "user_unknown" if isinstance(error, NotFound) else error.name
    return Problem("row", code, error.message)


def _cells(one: Employee) -> list[str]:
    values = {**one.as_json(), "id": str(one.id), "email": one.email, "user": str(one.user or "")}
    return [values[column] for column in COLUMNS]


def _record(session: "Session", rows: int, path: Path, search: str, unlinked: bool) -> None:
    changes = {"rows": rows, "path": str(path.absolute()), "search": search, "unlinked": unlinked}
    words = ["usher", "employees", "export", str(path.absolute())]
    words += ["--search", search] if search else []
    words += ["--unlinked"] if unlinked else []
    with session.store.write(session) as unit:
        access.require(session, "users.export")
        told = {name: (None, value) for name, value in changes.items() if value}
        unit.record("export_employees", None, told, shlex.join(words))
