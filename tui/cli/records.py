"""`usher records`: what people own on the platform."""

from pathlib import Path

import click

from store.records import listing
from store.records.assign import assign
from store.session import Session
from store.values import Assignment, Counts, RecordFilters, RecordPlace
from store.wording import _, ngettext
from tui.cli import cursor, output, suggesting
from tui.cli.options import READS, WRITES, Noun, with_request
from tui.cli.output import Column
from tui.cli.request import Request
from tui.moments import grouped

LIMIT_MAX = 1000

records_noun = Noun(
    "records",
    help=_("What people own on the platform: list, import, assign, transfer."),
    example=(
        "usher records list --owner oksana --counts\nusher records transfer --from oksana --to olga"
    ),
    later={
        "list": "tui.cli.records:list_records",
        "import": "tui.cli.records:import_records",
        "assign": "tui.cli.records:assign_records",
        "transfer": "tui.cli.transferring:transfer_records",
    },
)


@records_noun.command(
    "list",
    takes=READS,
    short_help=_("List records, or count them."),
    help=_(
        "List the records kept here and the rows of the platform's own tables, by kind, state and "
        "ref; with --counts how many somebody owns of each kind and state."
    ),
    example="usher records list --owner oksana --kind client\n"
    "usher records list --owner oksana --counts --json",
)
@click.option(
    "--owner",
    metavar="WHO",
    help=_("Only what this person owns."),
    shell_complete=suggesting.people,
)
@click.option("--kind", metavar="KIND", default="", help=_("Only records of this kind."))
@click.option("--state", metavar="STATE", default="", help=_("Only records in this state."))
@click.option(
    "--sub-account",
    metavar="NAME",
    default="",
    help=_("Only records of this sub-account."),
    shell_complete=suggesting.sub_accounts,
)
@click.option("--counts", is_flag=True, help=_("Tell how many there are; needs --owner."))
@cursor.paged(LIMIT_MAX, cursor.record_place_of)
@with_request
def list_records(
    request: Request,
    owner: str | None,
    kind: str,
    state: str,
    sub_account: str,
    counts: bool,
    limit: int,
    after: RecordPlace | None,
) -> None:
    if counts:
        if owner is None or kind or state or sub_account or after:
            raise click.UsageError(
                _("--counts tells of all that one person owns: usher records list --owner WHO"
                  " --counts")
            )  # fmt: skip
        with request.session() as session:
            _tell_counts(request, listing.counts(session, owner))
        return
    filters = RecordFilters(owner, kind, state, sub_account)
    with request.session() as session:
        page = listing.listed(session, filters, after=after, limit=limit)
        total = listing.count(session, filters)
    following = cursor.record_written(page.next) if page.next else None
    if request.json:
        output.listing([one.as_json() for one in page.records], total, following)
        return
    if page.records:
        columns = (
            Column(_("kind"), whole=True),
            Column(_("ref")),
            Column(_("title")),
            Column(_("state")),
            Column(_("owner"), spare=True),
            Column(_("sub-account"), spare=True),
        )
        cells = (
            [one.kind, one.ref, one.title, one.state, one.owner, one.sub_account]
            for one in page.records
        )
        output.table(columns, cells)
    output.say(_("{shown} of {total}").format(shown=len(page.records), total=total))
    if following:
        output.say(_("More: --after {place}").format(place=following))


def _tell_counts(request: Request, found: Counts) -> None:
    if request.json:
        output.put_json({"counts": found})
    elif found:
        output.table(
            (Column(_("kind")), Column(_("state")), Column(_("number"), right=True)),
            (
                [kind, state or "–", grouped(number)]
                for kind, states in found.items()
                for state, number in states.items()
            ),
        )
    else:
        output.say(_("There is nothing."))


@records_noun.command(
    "import",
    takes=WRITES,
    short_help=_("Bring in records from a CSV file."),
    help=_(
        "Bring in records from a CSV file with the columns kind, ref, title, state, owner and "
        "sub_account. What is there by kind and ref is changed where it differs. Owners are an "
        "id, a login or an e-mail, and active. Bad rows are named with line and code and written "
        "beside the file; exit code 8 if there are any. --dry-run only validates."
    ),
    example="usher records import records.csv --dry-run\nusher records import records.csv",
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.pass_context
@with_request
def import_records(request: Request, ctx: click.Context, file: Path) -> None:
    # The other verbs need nothing of files.
    from store.records import importing as records  # noqa: PLC0415
    from tui.cli import importing  # noqa: PLC0415

    bring = records.plan if request.dry_run else records.import_records
    importing.run(request, ctx, lambda session, **how: bring(session, file, **how))


@records_noun.command(
    "assign",
    takes=WRITES,
    short_help=_("Give single records to somebody."),
    help=_(
        "Give single records of a kind to somebody who is active, whoever has them now; all of "
        "them or none. A ref is the one of the list; of a table of the platform it is its key."
    ),
    example="usher records assign client 104 105 --to rui",
)
@click.argument("kind", metavar="KIND")
@click.argument("refs", metavar="REF…", nargs=-1, required=True)
@click.option(
    "--to",
    "heir",
    metavar="WHO",
    required=True,
    help=_("Who gets them."),
    shell_complete=suggesting.people,
)
@with_request
def assign_records(request: Request, kind: str, refs: tuple[str, ...], heir: str) -> None:
    def tell(_session: Session, done: Assignment) -> None:
        if request.json:
            output.put_json(done.as_json())
            return
        sentence = ngettext(
            "{n} record is now {name}'s (user {id}).",
            "{n} records are now {name}'s (user {id}).",
            done.number,
        )
        output.say(sentence.format(n=grouped(done.number), name=done.to.full_name, id=done.to.id))

    request.act(lambda session: assign(session, {kind: refs}, heir), tell)
