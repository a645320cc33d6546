"""`usher import`: people from a file."""

from collections.abc import Sequence
from pathlib import Path

import click

from store.exchange import mappings
from store.exchange.importing import ImportSummary, Options, import_people, plan
from store.wording import _, ngettext
from tui.cli import output
from tui.cli.options import WRITES, Verb, with_request
from tui.cli.output import Column
from tui.cli.progress import Progress
from tui.cli.request import Request
from tui.cli.signals import stopped_between_steps
from tui.exits import INTERRUPTED, PARTLY_DONE
from tui.moments import grouped

LISTED = 100
"""Bad rows that people are shown; all of them are in the file of bad rows, and in the JSON."""

FLAGS = {
    "create_teams": _("--create-teams makes those that are not there."),
    "update": _("--update changes those who are there."),
}
"""What would help, by the option of the import."""


@click.command(
    "import",
    cls=Verb,
    takes=WRITES,
    short_help=_("Bring in people from a CSV file."),
    help=_(
        "Bring in people from a CSV file. Bad rows are named with line and code and written "
        "beside the file, to be mended and imported again; exit code 8 if there are any. "
        "--dry-run only validates. What ctrl+c cuts off is finished by the same command."
    ),
    example=(
        "usher import people.csv --create-teams\n"
        "usher import export.csv --update --column Mail=email --column Notes="
    ),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--create-teams", is_flag=True, help=_("Make the teams that are not there yet."))
@click.option(
    "--update",
    is_flag=True,
    help=_(
        "Change those who are there, found by login, else by e-mail: only the columns of the "
        "file, and only what you may change."
    ),
)
@click.option("--invite", is_flag=True, help=_("Send those who are new an invitation each."))
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="HEADING=COLUMN",
    callback=lambda _ctx, _option, given: _columns(given),
    help=_("What a heading of the file is called here; HEADING= leaves it out."),
)
@click.option(
    "--mapping", metavar="NAME", help=_("Headings as they were saved on the screen of the import.")
)
@click.pass_context
@with_request
def import_file(
    request: Request,
    ctx: click.Context,
    file: Path,
    create_teams: bool,
    update: bool,
    invite: bool,
    columns: dict[str, str],
    mapping: str | None,
) -> None:
    bring_in = plan if request.dry_run else import_people
    with (
        request.session() as session,
        Progress(_how_far) as progress,
        stopped_between_steps() as stopping,
    ):
        if mapping is not None:
            columns = {**mappings.named(session, mapping), **columns}
        options = Options(create_teams, update, columns, invite)
        summary = bring_in(
            session, file, options, progress=lambda rows, _part: progress(rows), cancelled=stopping
        )
    if request.json:
        shape = {**({"dry_run": True} if request.dry_run else {}), **summary.as_json()}
        output.put_json(shape, failed=(one.as_json() for one in summary.failed))
    else:
        if stopping():
            output.say(_("Stopped before the end. The same command goes on from here."))
        _print(summary, options, rehearsed=request.dry_run)
    if stopping():
        ctx.exit(INTERRUPTED)
    if summary.failed:
        ctx.exit(PARTLY_DONE)


def _columns(given: Sequence[str]) -> dict[str, str]:
    """What `--column` says: headings, and the column of each.

    Raises:
        BadParameter: one is no such pair.
    """
    pairs = [one.rpartition("=") for one in given]
    for heading, equals, _column in pairs:
        if not (heading and equals):
            raise click.BadParameter(_("Give it as HEADING=COLUMN, for example Mail=email."))
    return {heading: column for heading, _equals, column in pairs}


def _how_far(rows: int) -> str:
    return _("Reading: {rows} rows. ctrl+c stops it.").format(rows=grouped(rows))


def _print(summary: ImportSummary, options: Options, *, rehearsed: bool) -> None:
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
    if summary.failed:
        output.table(
            (Column(_("line"), right=True), Column(_("code")), Column(_("what"))),
            ([str(one.line), one.code, one.message] for one in summary.failed[:LISTED]),
        )
    for code in sorted({one.code for one in summary.failed}):
        flag = FLAGS.get(options.cure(code))
        if flag:
            output.say(f"{code}: {flag}")
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
