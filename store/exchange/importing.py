"""Importing people from a CSV file: planned row by row, written in batches (DESIGN 3.11, S4).

A batch is one transaction, so that others wait a third of a second at most and a file may be of
any size. What was imported is recognised when the file comes again, so an import that was cut off
is finished by repeating it.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from store import access, invitations, settings, teams
from store.access import Actor
from store.errors import Problem
from store.exchange import reading
from store.exchange.batches import (
    BATCH,
    Cancelled,
    Progress,
    batches,
    telling_what_is_in,
    written,
)
from store.exchange.deciding import Candidate, Decision, Planner
from store.exchange.failed import FailedFile
from store.exchange.options import Options, command_of
from store.exchange.reading import Row, Source
from store.exchange.reserved import Reserved
from store.exchange.summary import Failure, ImportSummary, Tally
from store.users import changing
from store.users.writing import Names, NewPerson, insert
from store.values import Draft

__all__ = ["BATCH", "Failure", "ImportSummary", "Options", "import_people", "plan"]

if TYPE_CHECKING:
    from store.database import Unit
    from store.session import Session

INVITED_BATCH = 250
"""Rows in one transaction where each gets a letter, which takes as long as three rows."""

Batch = list[tuple[Row, Candidate | Problem]]


def plan(
    session: "Session",
    path: Path,
    options: Options = Options(),  # noqa: B008  (frozen)
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportSummary:
    """What `import_people` would do, found out by the same planner; writes nothing.

    Raises:
        NotAllowed: the actor may not create users, or teams where they are to be made.
        Refused: the file cannot be read, or its first line does not name the columns.
    """
    tally = Tally()
    with _planning(session, path, options) as (source, planner):
        for batch in _batches(source, planner, progress, cancelled):
            decision = planner.decide(batch, _require(session, options))
            planner.reserved.take(decision.taken)
            planner.reserved.release(decision.released)
            tally.add(decision)
            tally.readdressed += decision.readdressed
    return tally.summary()


def import_people(
    session: "Session",
    path: Path,
    options: Options = Options(),  # noqa: B008  (frozen)
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportSummary:
    """Create the people of a file, pending, and say what became of each row.

    They get no letter but with `options.invite` (DESIGN 3.11), for which no daily limit holds: who
    is in a file of one's own is no stranger.

    `cancelled` is asked between batches; what was written by then stays, and the summary tells of
    the rows so far. The rows that failed are written to `NAME.failed.csv`.

    Raises:
        NotAllowed: the actor may not create users, teams where they are to be made, or invite.
        Refused: the file cannot be read, its first line does not name the columns, the rows that
            fail could be written nowhere, or the file was changed while it was read.
        Unavailable: the database or the disk failed. Whatever is refused midway, the batches
            before are in, and the refusal says how many rows.
        PasswordNeeded: it may change others, and the actor's password was not given just now.
    """
    _require(session, options)
    if options.update:
        access.require_proof(session)
    tally = Tally()
    with (
        _planning(session, path, options) as (source, planner),
        FailedFile(path, source) as failed_file,
        telling_what_is_in(tally),
    ):
        for batch in _batches(source, planner, progress, cancelled):
            decision = written(partial(_write, session, planner, batch))
            planner.reserved.take(decision.taken)
            tally.add(decision)
            tally.readdressed += decision.readdressed
            for row, problem in decision.failed:
                failed_file.add(row, problem)
        return tally.summary(failed_file.publish())


@contextmanager
def _planning(session: "Session", path: Path, options: Options) -> Iterator[tuple[Source, Planner]]:
    """The file, open, and who decides about its rows."""
    _require(session, options)
    with (
        reading.opened(path, options.columns, any_ending=session.operator) as source,
        closing(Reserved()) as reserved,
        session.store.bulk(),
    ):
        current = settings.load(session.store)
        # What the headings mean would stand in the entry of every person.
        command = command_of(path, replace(options, columns={}))
        yield source, Planner(session, source.columns, current, options, reserved, command)


def _require(session: "Session", options: Options) -> Actor:
    if options.invite:
        access.require(session, "users.invite")
    if options.create_teams:
        access.require(session, "teams.create")
    return access.require(session, "users.create")


def _batches(
    source: Source, planner: Planner, progress: Progress | None, cancelled: Cancelled | None
) -> Iterator[Batch]:
    """The rows in batches, judged as far as that needs no database; tells when one is done."""
    most = INVITED_BATCH if planner.options.invite else BATCH
    for rows in batches(source, most, progress, cancelled):
        yield [(row, planner.of_itself(row)) for row in rows]


def _write(session: "Session", planner: Planner, batch: Batch) -> Decision:
    with session.store.write(session) as unit:
        decision = planner.decide(batch, _require(session, planner.options))
        for team in decision.teams.values():
            teams.create(session, team)
        # The changed ones first: they may give up what the new ones take.
        changing.write(unit, decision.updated)
        if decision.created:
            names = Names.of(session.store)
            people = [_new_person(draft, names, planner.command) for draft in decision.created]
            numbers = insert(unit, people)
            if planner.options.invite:
                _invite(unit, numbers, decision.created)
    return decision


def _invite(unit: "Unit", numbers: Sequence[int], drafts: Sequence[Draft]) -> None:
    """Write to those who have just been created, as far as they can be written to."""
    for number, draft in zip(numbers, drafts, strict=True):
        if draft.email:
            invitations.put(unit, number, draft.email, draft.language)


def _new_person(draft: Draft, names: Names, command: str) -> NewPerson:
    role_id, team_ids = names.ids(draft)
    return NewPerson(draft, role_id, team_ids, names.sub_account_ids(draft), command=command)
