"""`usher import`: people from a file."""

from pathlib import Path

import click

from store.wording import _
from tui.cli.options import WRITES, Verb, with_request
from tui.cli.request import Request


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
@with_request
def import_file(request: Request, file: Path, create_teams: bool) -> None:
    raise NotImplementedError
