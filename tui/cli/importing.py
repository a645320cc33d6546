"""An import on the command line, whatever its rows tell of: run, told, and how it ends."""

from collections.abc import Callable
from typing import Protocol

import click

from store.exchange.batches import Cancelled
from store.exchange.batches import Progress as Told
from store.exchange.summary import ImportSummary
from store.session import Session
from store.wording import _, ngettext
from tui.cli import output
from tui.cli.output import Column
from tui.cli.progress import Progress
from tui.cli.request import Request
from tui.cli.signals import stopped_between_steps
from tui.exits import INTERRUPTED, PARTLY_DONE
from tui.moments import grouped

LISTED = 100
"""Bad rows that people are shown; all of them are in the file of bad rows, and in the JSON."""

Cure = Callable[[str], str]
"""The sentence that names what would spare rows this reason; empty where nothing would."""


class BringIn(Protocol):
    """The import, or its rehearsal where `--dry-run` asks for it."""

    def __call__(
        self, session: Session, *, progress: Told, cancelled: Cancelled
    ) -> ImportSummary: ...


def run(
    request: Request, ctx: click.Context, bring_in: BringIn, cure: Cure = lambda _code: ""
) -> None:
    """Bring rows in and tell what became of each; ends with 8 where some are bad.

    Raises:
        UsherError: the import is refused as a whole.
    """
    with (
        request.session() as session,
        Progress(_how_far) as progress,
        stopped_between_steps() as stopping,
    ):
        summary = bring_in(session, progress=lambda rows, _part: progress(rows), cancelled=stopping)
    if request.json:
        shape = {**({"dry_run": True} if request.dry_run else {}), **summary.as_json()}
        output.put_json(shape, failed=(one.as_json() for one in summary.failed))
    else:
        if stopping():
            output.say(_("Stopped before the end. The same command goes on from here."))
        _print(summary, cure, rehearsed=request.dry_run)
    if stopping():
        ctx.exit(INTERRUPTED)
    if summary.failed:
        ctx.exit(PARTLY_DONE)


def _how_far(rows: int) -> str:
    return _("Reading: {rows} rows. ctrl+c stops it.").format(rows=grouped(rows))


def _print(summary: ImportSummary, cure: Cure, *, rehearsed: bool) -> None:
    sentence = (
        _(
            "{rows} rows: {created} would be created, {updated} changed,"
            " {unchanged} are there already, {failed} bad."
        )
        if rehearsed
        else _(
            "{rows} rows: {created} created, {updated} changed,"
            " {unchanged} were there already, {failed} bad."
        )
    )
    output.say(
        sentence.format(
            rows=summary.rows,
            created=summary.created,
            updated=summary.updated,
            unchanged=summary.unchanged,
            failed=len(summary.failed),
        )
    )
    if summary.readdressed:
        output.say(readdressed(summary.readdressed))
    if summary.failed:
        output.table(
            (Column(_("line"), right=True), Column(_("code")), Column(_("what"))),
            ([str(one.line), one.code, one.message] for one in summary.failed[:LISTED]),
        )
    for code in sorted({one.code for one in summary.failed}):
        if cured := cure(code):
            output.say(f"{code}: {cured}")
    if len(summary.failed) > LISTED:
        further = len(summary.failed) - LISTED
        sentence = ngettext("… and {n} more.", "… and {n} more.", further)
        output.say(sentence.format(n=grouped(further)))
    if summary.failed_file:
        output.say(
            _("The bad rows are in {path}: mend them and import that file.").format(
                path=summary.failed_file
            )
        )


def readdressed(count: int) -> str:
    """Return what follows from the new email addresses of an import (DESIGN 3.5)."""
    sentence = ngettext(
        "{n} user has a new email address. What was emailed to the old one stops working, and a "
        "pending invitation goes to the new one.",
        "{n} users have a new email address. What was emailed to the old ones stops working, and "
        "pending invitations go to the new ones.",
        count,
    )
    return sentence.format(n=grouped(count))
