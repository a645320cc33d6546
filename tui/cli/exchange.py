"""`usher import`: people from a file."""

from collections.abc import Sequence
from pathlib import Path

import click

from store.exchange import mappings
from store.exchange.importing import Options, import_people, plan
from store.session import Session
from store.wording import _
from tui.cli import importing
from tui.cli.options import WRITES, Verb, with_request
from tui.cli.request import Request

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

    def options_of(session: Session) -> Options:
        named = {} if mapping is None else mappings.named(session, mapping)
        return Options(create_teams, update, {**named, **columns}, invite)

    importing.run(
        request,
        ctx,
        lambda session, **how: bring_in(session, file, options_of(session), **how),
        lambda code: FLAGS.get(Options(create_teams, update).cure(code), ""),
    )


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
