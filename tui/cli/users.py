"""`usher users`: the list of people, one person, new people, changes."""

from collections.abc import Callable
from typing import Any

import click

from store import listing, users
from store.policy import passwords
from store.session import Session
from store.users.read import load
from store.users.words import FLAGS
from store.values import Draft, Filters, Page, Place, Row, Status, User
from store.wording import _
from tui.cli import cursor, output
from tui.cli.options import READS, WRITES, Noun, with_request
from tui.cli.output import Column, Zone
from tui.cli.request import Request, zone_of

LIMIT = 50
LIMIT_MAX = 1000
WIDE = 110
"""Cells from which the e-mail address has room in the list."""

FIELD_HELP = {
    "first_name": _("First name."),
    "last_name": _("Last name."),
    "login": _("What they sign in with; without it, the e-mail address."),
    "email": _("E-mail address."),
    "phone": _("Telephone number, with + and the country's code."),
    "country": _("Country, as ISO 3166 has it: UA."),
    "language": _("Language, as ISO 639 has it: uk."),
    "role": _("The name of a role; see: usher roles list"),
    "teams": _("The name of a team; may be given several times."),
    "position": _("What they are in the company."),
    "admin": _("Whether they manage users."),
    "simulator_only": _("Whether the simulator is all they may enter."),
    "currency": _("Currency of the employee's card, as ISO 4217 has it: EUR."),
    "number": _("Number of the employee's card."),
    "address": _("Postal address."),
    "notes": _("Notes on the employee's card."),
}

users_noun = Noun("users", help=_("People: list, show, create, edit."))


def field_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """One option for each field of a user, by the words that the history writes too."""
    for field, flag in reversed(FLAGS.items()):
        default = getattr(Draft(), field)
        if isinstance(default, bool):
            words = f"{flag}/{flag.replace('--', '--no-', 1)}"
            option = click.option(words, field, default=None, help=FIELD_HELP[field])
        else:
            option = click.option(
                flag,
                field,
                multiple=isinstance(default, tuple),
                metavar="NAME" if field in {"role", "teams"} else "TEXT",
                help=FIELD_HELP[field],
            )
        command = option(command)
    return command


@users_noun.command(
    "list",
    takes=READS,
    short_help=_("List people."),
    help=_("List people, in the order of the screens: the blocked and inactive come last."),
    example="usher users list --search шев --status active --status pending --json",
)
@click.option(
    "--search", metavar="WORDS", default="", help=_("Parts of name, login, e-mail, phone or id.")
)
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice([status.value for status in Status if status is not Status.REMOVED]),
    help=_("Only these; may be given several times."),
)
@click.option("--role", metavar="NAME", default="", help=_("Only those of this role."))
@click.option("--team", metavar="NAME", default="", help=_("Only those of this team."))
@click.option(
    "--limit",
    type=click.IntRange(1, LIMIT_MAX),
    default=LIMIT,
    show_default=True,
    help=_("How many at most."),
)
@click.option(
    "--after",
    metavar="CURSOR",
    callback=cursor.read,
    help=_("Go on behind the page that printed this as “next”."),
)
@with_request
def list_users(
    request: Request,
    search: str,
    statuses: tuple[str, ...],
    role: str,
    team: str,
    limit: int,
    after: Place | None,
) -> None:
    filters = Filters(search, tuple(Status(status) for status in statuses), role, team)
    with request.session() as session:
        page = listing.page(session, filters, after=after, limit=limit)
        total = listing.count(session, filters, cap=None).number
        following = cursor.written(page.last) if page.after and page.last else None
        if request.json:
            people = load(session.store, [row.id for row in page.rows])
            output.listing([person.as_json() for person in people], total, following)
        else:
            _print_page(page, total, following, zone_of(session))


@users_noun.command(
    "show",
    takes=READS,
    short_help=_("Show one person."),
    help=_("Show everything known about one person. WHO is an id, a login or an e-mail."),
    example="usher users show oksana@acme.com.ua",
)
@click.argument("who", metavar="WHO")
@with_request
def show_user(request: Request, who: str) -> None:
    with request.session() as session:
        user = users.show(session, who)
        if request.json:
            output.put_json(user.as_long_json())
        else:
            _print_user(user, zone_of(session))


@users_noun.command(
    "create",
    takes=WRITES,
    help=_(
        "Create a user. With an e-mail address a letter invites them; a password given here is "
        "temporary and has to be handed over."
    ),
    example=(
        "usher users create --first Oksana --last Shevchenko --email oksana@acme.com.ua \\\n"
        "    --role Salesperson --team North"
    ),
)
@field_options
@click.option("--generate", is_flag=True, help=_("Make a temporary password and show it, once."))
@with_request
def create_user(request: Request, /, generate: bool, **fields: Any) -> None:
    if generate and "password_stdin" in request.after:
        raise click.UsageError(_("Give either --generate or --password-stdin."))
    given = _given(fields)

    def verb(session: Session) -> tuple[User, str | None]:
        password = passwords.generate() if generate else _password_of_new(request)
        return users.create(session, Draft(**given), password=password), password

    def tell(_session: Session, made: tuple[User, str | None]) -> None:
        user, password = made
        shown_once = password if generate else None
        if request.json:
            extra = {"temporary_password": shown_once} if shown_once else {}
            output.put_json({**user.as_json(), **extra})
            return
        output.say(_("Created user {id}, {name}.").format(id=user.id, name=user.full_name))
        if user.email:
            output.say(_("A letter that invites {email} is queued.").format(email=user.email))
        if shown_once:
            output.say(_("Temporary password, shown this once: {it}").format(it=shown_once))

    request.act(verb, tell)


@users_noun.command(
    "edit",
    takes=WRITES,
    short_help=_("Change fields of one person."),
    help=_(
        "Change the named fields of one person and leave the others. An empty text empties a "
        "field; --team replaces all teams."
    ),
    example="usher users edit oksana --phone +380671234567 --team North --team West",
)
@click.argument("who", metavar="WHO")
@field_options
@with_request
def edit_user(request: Request, /, who: str, **fields: Any) -> None:
    changes = _given(fields)
    if not changes:
        raise click.UsageError(_("Name at least one field to change; see: usher users edit --help"))

    def tell(session: Session, user: User) -> None:
        if request.json:
            output.put_json(user.as_json())
        else:
            output.say(_("User {id}, {name}:").format(id=user.id, name=user.full_name))
            _print_user(user, zone_of(session))

    request.act(lambda session: users.edit(session, who, changes), tell)


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that were named; `--team ""` names no team."""
    named = {name: value for name, value in fields.items() if value not in {None, ()}}
    if "teams" in named:
        named["teams"] = tuple(team for team in named["teams"] if team)
    return named


def _password_of_new(request: Request) -> str | None:
    """The new user's password: by stdin, behind the one of whoever acts.

    Before the noun and with `--as` the option speaks of the actor's alone; a further line is
    the new user's all the same.
    """
    whose = _("Temporary password of the new user")
    if "password_stdin" in request.after or (request.password_stdin and not request.login):
        return request.passwords.next(whose, twice=True)
    return request.passwords.next_if_any() if request.password_stdin else None


def _print_page(page: Page, total: int, following: str | None, zone: Zone) -> None:
    if not page.rows:
        output.say(_("Nobody matches.") if not total else _("There are no more."))
        return
    wide = output.columns_of_terminal() >= WIDE
    columns = [
        Column(_("status")),
        Column(_("id"), right=True),
        Column(_("name")),
        Column(_("login")),
        *([Column(_("e-mail"))] if wide else []),
        Column(_("role")),
        Column(zone.named(_("last seen"))),
    ]
    output.table(columns, (_cells(row, zone, wide=wide) for row in page.rows))
    output.say(_("{shown} of {total}").format(shown=len(page.rows), total=total))
    if following:
        output.say(_("More: --after {place}").format(place=following))


def _cells(row: Row, zone: Zone, *, wide: bool) -> list[str]:
    last, first = row.last_name, row.first_name
    role = _("owner") if row.owner else _("admin") if row.admin else row.role
    return [
        row.status,
        str(row.id),
        f"{last}, {first}" if last and first else last or first,
        row.login,
        *([row.email] if wide else []),
        role,
        zone.written(row.last_seen),
    ]


def _print_user(user: User, zone: Zone) -> None:
    yes, no = _("yes"), _("no")
    card = user.employee
    standing = _("owner") if user.owner else _("admin") if user.admin else _("standard")
    output.details(
        (name, value)
        for name, value in (
            (_("id"), str(user.id)),
            (_("name"), user.full_name),
            (_("status"), user.status),
            (_("login"), user.login),
            (_("e-mail"), user.email),
            (_("e-mail confirmed"), (yes if user.email_confirmed else no) if user.email else ""),
            (_("confirmed"), yes if user.confirmed else no),
            (_("standing"), standing),
            (_("role"), user.role),
            (_("teams"), ", ".join(user.teams)),
            (_("simulator only"), yes if user.simulator_only else no),
            (_("phone"), user.phone),
            (_("country"), user.country),
            (_("language"), user.language),
            (_("position"), user.position),
            (_("currency"), card.currency),
            (_("number"), card.number),
            (_("address"), card.address),
            (_("notes"), card.notes),
            (zone.named(_("last seen")), zone.written(user.last_seen)),
            (zone.named(_("created")), zone.written(user.created)),
        )
        if value
    )
