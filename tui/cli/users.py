"""`usher users`: the list of people, and one person."""

import click

from store import listing
from store.values import Filters, Page, Place, Row, User
from store.wording import _
from tui.cli import cursor, output, suggesting
from tui.cli.narrowing import narrowing_options
from tui.cli.options import READS, Noun, with_request
from tui.cli.output import Column, Zone
from tui.cli.request import Request, zone_of

LIMIT = 50
LIMIT_MAX = 1000
WIDE = 110
"""Cells from which the e-mail address has room in the list."""

users_noun = Noun(
    "users",
    help=_("People: list, show, create, edit."),
    example="usher users list --search oksana\nusher users show oksana",
    later={
        "list": "tui.cli.users:list_users",
        "show": "tui.cli.users:show_user",
        "create": "tui.cli.user_fields:create_user",
        "edit": "tui.cli.user_fields:edit_user",
    },
)


@users_noun.command(
    "list",
    takes=READS,
    short_help=_("List people."),
    help=_("List people, in the order of the screens: the blocked and inactive come last."),
    example="usher users list --search шев --status active --status pending --json",
)
@narrowing_options
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
def list_users(request: Request, filters: Filters, limit: int, after: Place | None) -> None:
    with request.session() as session:
        page = listing.page(session, filters, after=after, limit=limit)
        total = listing.count(session, filters, cap=None).number
        following = cursor.written(page.last) if page.after and page.last else None
        if request.json:
            people = listing.load(session.store, [row.id for row in page.rows])
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
@click.argument("who", metavar="WHO", shell_complete=suggesting.people)
@with_request
def show_user(request: Request, who: str) -> None:
    from store import users  # noqa: PLC0415  (a list needs none of its rules)

    with request.session() as session:
        user = users.show(session, who)
        if request.json:
            output.put_json(user.as_long_json())
        else:
            print_user(user, zone_of(session))


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


def print_user(user: User, zone: Zone) -> None:
    yes, no = _("yes"), _("no")
    card = user.employee
    rank = _("owner") if user.owner else _("admin") if user.admin else _("standard")
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
            (_("rank"), rank),
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
