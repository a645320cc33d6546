"""`usher export`: people to a file, or to whatever reads the standard output."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

import click

from store.errors import Refused
from store.exchange import exporting
from store.exchange.exporting import KNOWN, STDOUT, ExportSummary
from store.session import Session
from store.values import Filters
from store.wording import _, ngettext
from tui.cli import output
from tui.cli.narrowing import narrowing_options
from tui.cli.options import WRITES, Verb, with_request
from tui.cli.progress import Progress
from tui.cli.request import Request
from tui.cli.signals import stopped_at_once
from tui.moments import grouped


@click.command(
    "export",
    cls=Verb,
    takes=(*WRITES, "yes"),
    short_help=_("Write people to a CSV file."),
    help=_(
        "Write people to a CSV file, in the order of the list: everybody, or those whom the "
        "options leave. FILE is made for its owner alone; one that is there is replaced only "
        "with --yes, and - is stdout. What spreadsheets would take for formulae is protected, "
        "and an import takes the protection off again. --dry-run counts, and writes nothing."
    ),
    example=(
        "usher export people.csv --status active --team North\n"
        "usher export - --column email --column last_seen | less"
    ),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True))
@narrowing_options
@click.option(
    "--column",
    "columns",
    multiple=True,
    type=click.Choice(KNOWN),
    metavar="NAME",
    help=_("A column, in the order in which they are named: {names}.").format(
        names=", ".join(KNOWN)
    ),
)
@with_request
def export_file(request: Request, file: Path, filters: Filters, columns: tuple[str, ...]) -> None:
    to_stdout = str(file) == STDOUT
    if to_stdout and request.json and not request.dry_run:
        raise click.UsageError(_("With --json the answer stands on stdout: name a file."))
    replace = bool(request.given.get("yes"))
    with (
        request.session() as session,
        told_of_yes(),
        stopped_at_once(),
        Progress(_how_far) as progress,
    ):
        if request.dry_run:
            path = None if to_stdout else file
            summary = exporting.plan(session, path, filters, columns, replace=replace)
        elif to_stdout:
            _print_people(session, filters, columns, progress)
            return
        else:
            summary = exporting.export_people(
                session, file, filters, columns, replace=replace, progress=progress
            )
    if request.json:
        output.put_json({**({"dry_run": True} if request.dry_run else {}), **summary.as_json()})
    else:
        output.say(_told(summary, rehearsed=request.dry_run))


def _print_people(
    session: Session, filters: Filters, columns: tuple[str, ...], progress: Progress
) -> None:
    if isinstance(sys.stdout, TextIOWrapper):
        # Rows are UTF-8 with CRLF wherever they go, whatever the terminal can show.
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    try:
        exporting.print_people(session, sys.stdout, filters, columns, progress=progress)
    except BrokenPipeError:
        raise
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        sentence = _("Not all of the rows could be written ({why}).").format(why=why)
        raise output.Unwritable(sentence) from error


@contextmanager
def told_of_yes() -> Iterator[None]:
    """Name the flag that answers here what a screen would ask."""
    try:
        yield
    except Refused as error:
        if error.name == "file_exists":
            error.message = f"{error.message} {_('--yes replaces it.')}"
        raise


def _how_far(rows: int) -> str:
    return _("Writing: {rows} people. ctrl+c stops it.").format(rows=grouped(rows))


def _told(summary: ExportSummary, *, rehearsed: bool) -> str:
    people = ngettext("{n} person", "{n} people", summary.rows).format(n=grouped(summary.rows))
    if not rehearsed:
        return _("{people} written to {path}").format(people=people, path=summary.path)
    path = summary.path or _("stdout")
    return _("{people} would be written to {path}").format(people=people, path=path)
