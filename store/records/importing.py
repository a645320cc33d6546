"""Bringing in records from a CSV file: planned row by row, written in batches (DESIGN 3.8, 3.11).

A record is known by its kind and ref, so that a file that comes again changes what differs and
creates nothing. Who gets a record has to be active, at the moment at which it is written (S2).
"""

import shlex
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store import access
from store.exchange import reading
from store.exchange.batches import (
    BATCH,
    Cancelled,
    Progress,
    batches,
    telling_what_is_in,
    written,
)
from store.exchange.failed import FailedFile
from store.exchange.reading import Row, Source
from store.exchange.reserved import Reserved
from store.exchange.summary import ImportSummary, Tally
from store.records import assign
from store.records.deciding import COLUMNS, KEPT, Decision, decide

if TYPE_CHECKING:
    from store.database import Unit
    from store.session import Session


def plan(
    session: "Session",
    path: Path,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportSummary:
    """What `import_records` would do, found out by the same planner; writes nothing.

    Raises:
        NotAllowed: the actor may not hand over what people own.
        Refused: the file cannot be read, or its first line does not name the columns.
        Invalid: a table of the platform is not as it was declared.
    """
    tally = Tally()
    with _opened(session, path) as (source, reserved):
        for batch in batches(source, BATCH, progress, cancelled):
            decision = decide(session, source.columns, reserved, batch, to_change=False)
            reserved.take(decision.taken)
            tally.add(decision)
    return tally.summary()


def import_records(
    session: "Session",
    path: Path,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportSummary:
    """Create the records of a file, or make those that are there what the file says.

    What the file has no column for stays as it is. `cancelled` is asked between batches; what was
    written by then stays. The rows that failed are written to `NAME.failed.csv`.

    Raises:
        NotAllowed, Refused, Invalid: as of `plan`, or the rows that fail could be written nowhere.
        Unavailable: the database or the disk failed. Whatever is refused midway, the batches
            before are in, and the refusal says how many rows.
    """
    tally = Tally()
    command = shlex.join(["usher", "records", "import", str(path)])
    with (
        _opened(session, path) as (source, reserved),
        FailedFile(path, source) as failed_file,
        telling_what_is_in(tally),
    ):
        for batch in batches(source, BATCH, progress, cancelled):
            decision = written(partial(_write, session, source, reserved, batch, command))
            reserved.take(decision.taken)
            tally.add(decision)
            for row, problem in decision.failed:
                failed_file.add(row, problem)
        return tally.summary(failed_file.publish())


@contextmanager
def _opened(session: "Session", path: Path) -> Iterator[tuple[Source, Reserved]]:
    access.require(session, "records.import")
    with (
        reading.opened(path, any_ending=session.operator, readable=COLUMNS) as source,
        closing(Reserved()) as reserved,
        session.store.bulk(),
    ):
        yield source, reserved


def _write(
    session: "Session", source: Source, reserved: Reserved, rows: Sequence[Row], command: str
) -> Decision:
    """Decide and write a batch in one transaction."""
    store = session.store
    with store.write(session) as unit:
        decision = decide(session, source.columns, reserved, rows, to_change=True)
        store.insert_rows(
            "usher_record",
            ("kind", "ref", *KEPT),
            [(one.typed.kind, one.typed.ref, *one.values) for one in decision.created],
        )
        store.sql_many(
            f"UPDATE usher_record SET {', '.join(f'{column} = ?' for column in KEPT)} WHERE id = ?",
            [(*one.values, one.stored.id) for one in decision.updated if one.stored],
        )
        _record(unit, decision, command)
    return decision


def _record(unit: "Unit", decision: Decision, command: str) -> None:
    """An entry for each who gets anything, or of whose records anything changes; and for each who
    gives something away, as where it is assigned."""
    changes: dict[int, dict[str, tuple[Any, Any]]] = {}
    for one in decision.created:
        named = changes.setdefault(one.values.owner, {}).setdefault("records", (None, []))[1]
        named.append(list(one.typed.key))
    given: dict[tuple[int, int], dict[str, list[str]]] = {}
    for one in decision.updated:
        old, new = one.old, one.values
        if old.owner != new.owner:
            some = given.setdefault((old.owner, new.owner), {})
            some.setdefault(one.typed.kind, []).append(one.typed.ref)
        differs = [name for name in new._fields if getattr(old, name) != getattr(new, name)]
        said = [name for name in differs if name != "owner"]
        if said:
            changes.setdefault(new.owner, {})[" ".join(one.typed.key)] = (
                {name: getattr(old, name) for name in said},
                {name: getattr(new, name) for name in said},
            )
    for owner, said_of_them in changes.items():
        unit.record("import_records", owner, said_of_them, command)
    for (owner, heir), refs in given.items():
        assign.record(unit, owner, heir, refs)
