"""`usher import`: people from a file."""

from pathlib import Path

import click

from store.exchange.importing import ImportSummary, import_people, plan
from store.wording import _
from tui.cli import output
from tui.cli.options import WRITES, Verb, with_request
from tui.cli.output import Column
from tui.cli.request import Request
from tui.exits import PARTLY_DONE


@click.command(
    "import",
    cls=Verb,
    takes=WRITES,
    help=_(
        "Bring in people from a CSV file. Bad rows are named with line and code and written "
        "beside the file, to be mended and imported again; exit code 8 if there are any. "
        "--dry-run only validates."
    ),
    example="usher import people.csv --create-teams",
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--create-teams", is_flag=True, help=_("Make the teams that are not there yet."))
@click.pass_context
@with_request
def import_file(request: Request, ctx: click.Context, file: Path, create_teams: bool) -> None:
    bring_in = plan if request.dry_run else import_people
    with request.session() as session:
        summary = bring_in(session, file, create_teams=create_teams)
    if request.json:
        output.put_json({**({"dry_run": True} if request.dry_run else {}), **summary.as_json()})
    else:
        _print(summary, rehearsed=request.dry_run)
    if summary.failed:
        ctx.exit(PARTLY_DONE)


def _print(summary: ImportSummary, *, rehearsed: bool) -> None:
    sentence = (
        _("{rows} rows: {created} would be created, {unchanged} are there already, {failed} bad.")
        if rehearsed
        else _("{rows} rows: {created} created, {unchanged} were there already, {failed} bad.")
    )
    output.say(
        sentence.format(
            rows=summary.rows,
            created=summary.created,
            unchanged=summary.unchanged,
            failed=len(summary.failed),
        )
    )
    if summary.failed:
        output.table(
            (Column(_("line"), right=True), Column(_("code")), Column(_("what"))),
            ([str(one.line), one.code, one.message] for one in summary.failed),
        )
    if summary.failed_file:
        output.say(
            _("The bad rows are in {path}: mend them and import that file.").format(
                path=summary.failed_file
            )
        )
