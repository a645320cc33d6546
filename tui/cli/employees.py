"""`usher employees`: the personnel cards of users, and of people who have yet to become one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from store.employees import changing, exchange, reading
from store.numbers import ID_MAX, whole_number
from store.session import Session
from store.users.words import FLAGS
from store.values import Employee
from store.wording import _, ngettext
from tui.cli import cursor, importing, output, suggesting
from tui.cli.export import told_of_yes
from tui.cli.options import READS, WRITES, Noun, with_request
from tui.cli.output import Column
from tui.cli.request import Request
from tui.cli.user_fields import FIELD_HELP
from tui.moments import grouped

LIMIT_MAX = 1000

employees_noun = Noun(
    "employees",
    help=_("Personnel cards: list, show, create, edit, link, unlink, remove, import, export."),
    example="usher employees list --unlinked\nusher employees link 12 oksana",
)

_COLUMNS = (
    Column(_("id"), right=True),
    Column(_("name")),
    Column(_("e-mail")),
    Column(_("number"), spare=True),
    Column(_("user"), right=True),
)
_LABELS = {
    "id": _("id"),
    "user": _("user"),
    "first_name": _("first name"),
    "last_name": _("last name"),
    "email": _("e-mail"),
    "currency": _("currency"),
    "number": _("number"),
    "address": _("address"),
    "notes": _("notes"),
}
"""What stands on a card, in the order in which it is shown."""
_narrowed = (
    click.option("--unlinked", is_flag=True, help=_("Only those who are no user's.")),
    click.option(
        "--search", default="", metavar="TEXT", help=_("Words of the names, e-mail or number.")
    ),
)
_which = click.argument("which", metavar="ID|WHO", shell_complete=suggesting.people)
_ABOUT_WHICH = _("ID is the card's; WHO is a login or an e-mail.")


def _narrowing(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_narrowed):
        command = option(command)
    return command


def _field_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """One option for each field of an employee."""
    for field in reversed(changing.FIELDS):
        option = click.option(FLAGS[field], field, metavar="TEXT", help=FIELD_HELP[field])
        command = option(command)
    return command


def _place(word: str) -> int | None:
    return whole_number(word, 0, ID_MAX)


@employees_noun.command(
    "list",
    takes=READS,
    short_help=_("List employees."),
    help=_("List employees in the order in which their cards were made."),
    example="usher employees list --unlinked --search шев",
)
@_narrowing
@cursor.paged(LIMIT_MAX, _place)
@with_request
def list_employees(
    request: Request, unlinked: bool, search: str, limit: int, after: int | None
) -> None:
    with request.session() as session:
        page = reading.listed(
            session, search=search, unlinked=unlinked, after=after or 0, limit=limit
        )
    if request.json:
        following = str(page.after) if page.after else None
        output.listing([one.as_json() for one in page.rows], page.total, following)
        return
    if page.rows:
        output.table(_COLUMNS, map(_cells, page.rows))
    output.say(_("{shown} of {total}").format(shown=len(page.rows), total=page.total))
    if page.after:
        output.say(_("More: --after {place}").format(place=page.after))


@employees_noun.command(
    "show",
    takes=READS,
    short_help=_("Show one employee."),
    help=_("Show everything on a card.") + " " + _ABOUT_WHICH,
    example="usher employees show oksana",
)
@_which
@with_request
def show_employee(request: Request, which: str) -> None:
    with request.session() as session:
        _tell(request, reading.show(session, which))


@employees_noun.command(
    "create",
    takes=WRITES,
    short_help=_("Make a card for somebody who is no user yet."),
    help=_(
        "Make a card for somebody who is no user yet. Whoever is created with its e-mail gets it;"
        " users have a card from the beginning."
    ),
    example="usher employees create --first Taras --last Shevchenko --email taras@acme.com.ua",
)
@_field_options
@with_request
def create_employee(request: Request, /, **fields: str | None) -> None:
    request.act(lambda session: changing.create(session, _given(fields)), _teller(request))


@employees_noun.command(
    "edit",
    takes=WRITES,
    short_help=_("Change what stands on a card."),
    help=_(
        "Change the named fields and leave the others. Of a user's card, names and e-mail are "
        "changed with: usher users edit"
    )
    + " "
    + _ABOUT_WHICH,
    example="usher employees edit oksana --number 17 --currency EUR",
)
@_which
@_field_options
@with_request
def edit_employee(request: Request, /, which: str, **fields: str | None) -> None:
    given = _given(fields)
    if not given:
        raise click.UsageError(_("Say what to change, for example --number 17."))
    request.act(lambda session: changing.edit(session, which, given), _teller(request))


@employees_noun.command(
    "link",
    takes=WRITES,
    short_help=_("Make a card that waits the card of a user."),
    help=_(
        "Make a card that waits the card of a user. The empty one that they have goes; from one on"
        " which something stands they are unlinked first."
    ),
    example="usher employees link 12 oksana",
)
@click.argument("which", metavar="ID")
@click.argument("who", metavar="WHO", shell_complete=suggesting.people)
@with_request
def link_employee(request: Request, which: str, who: str) -> None:
    request.act(lambda session: changing.link(session, which, who), _teller(request))


@employees_noun.command(
    "unlink",
    takes=WRITES,
    short_help=_("Take a card off its user."),
    help=_("Take a card off its user, who gets an empty one; it waits for somebody again.")
    + " "
    + _ABOUT_WHICH,
    example="usher employees unlink 12",
)
@_which
@with_request
def unlink_employee(request: Request, which: str) -> None:
    request.act(lambda session: changing.unlink(session, which), _teller(request))


@employees_noun.command(
    "remove",
    takes=WRITES,
    short_help=_("Delete a card that waits."),
    help=_("Delete a card that waits for somebody; a user's goes with the user."),
    example="usher employees remove 12",
)
@click.argument("which", metavar="ID")
@with_request
def remove_employee(request: Request, which: str) -> None:
    def tell(_session: Session, gone: Employee) -> None:
        if request.json:
            output.put_json(gone.as_json())
        else:
            output.say(_("Deleted employee {id}, {name}.").format(id=gone.id, name=gone.full_name))

    request.act(lambda session: changing.remove(session, which), tell)


@employees_noun.command(
    "import",
    takes=WRITES,
    short_help=_("Bring in cards from a CSV file."),
    help=_(
        "Bring in cards from a CSV file with any of the columns {columns}. A row is about the card"
        " of its id, else of its user, else with its e-mail, and becomes what the row says; where"
        " there is none, one is made. Bad rows are named with line and code and written beside the"
        " file; exit code 8 if there are any."
    ).format(columns=", ".join(exchange.COLUMNS)),
    example="usher employees import cards.csv --dry-run",
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.pass_context
@with_request
def import_employees(request: Request, ctx: click.Context, file: Path) -> None:
    bring_in = exchange.plan if request.dry_run else exchange.import_employees
    importing.run(request, ctx, lambda session, **how: bring_in(session, file, **how))


@employees_noun.command(
    "export",
    takes=(*READS, "reason", "yes"),
    short_help=_("Write cards to a CSV file."),
    help=_(
        "Write cards to a CSV file, which imports back to the same. FILE is made for its owner "
        "alone; one that is there is replaced only with --yes."
    ),
    example="usher employees export cards.csv --unlinked",
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@_narrowing
@with_request
def export_employees(request: Request, file: Path, unlinked: bool, search: str) -> None:
    with request.session() as session, told_of_yes():
        summary = exchange.export_employees(
            session,
            file,
            search=search,
            unlinked=unlinked,
            replace=bool(request.given.get("yes")),
        )
    if request.json:
        output.put_json(summary.as_json())
        return
    sentence = ngettext(
        "{n} employee written to {path}", "{n} employees written to {path}", summary.rows
    )
    output.say(sentence.format(n=grouped(summary.rows), path=summary.path))


def _given(fields: dict[str, str | None]) -> dict[str, str]:
    return {field: value for field, value in fields.items() if value is not None}


def _teller(request: Request) -> Callable[[Session, Employee], None]:
    return lambda _session, one: _tell(request, one)


def _tell(request: Request, one: Employee) -> None:
    if request.json:
        output.put_json(one.as_json())
        return
    user = str(one.user) if one.user else _("nobody's yet")
    values = {**changing.fields_of(one), "id": str(one.id), "user": user}
    output.details((label, values[field]) for field, label in _LABELS.items() if values[field])


def _cells(one: Employee) -> list[str]:
    return [str(one.id), one.full_name, one.email, one.number, str(one.user or "")]
