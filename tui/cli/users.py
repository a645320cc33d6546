"""`usher users`: the list of people, and one person."""

import click

from store import listing
from store.values import Filters, Place
from store.wording import _
from tui.cli import cursor, output, suggesting
from tui.cli.narrowing import narrowing_options
from tui.cli.options import READS, Noun, with_request
from tui.cli.request import Request

LIMIT_MAX = 1000

users_noun = Noun(
    "users",
    help=_(
        "People: list, show, why, create, edit, rename, set-password, photo, sessions,"
        " confirm, send-confirmation, block, unblock, unlock, deactivate, restore, remove, release."
    ),
    example="usher users list --search oksana\nusher users show oksana",
    later={
        "list": "tui.cli.users:list_users",
        "show": "tui.cli.users:show_user",
        "create": "tui.cli.user_fields:create_user",
        "edit": "tui.cli.user_fields:edit_user",
        "confirm": "tui.cli.status:confirm_users",
        "send-confirmation": "tui.cli.status:send_confirmation",
        "block": "tui.cli.status:block_users",
        "unblock": "tui.cli.status:unblock_users",
        "unlock": "tui.cli.status:unlock_users",
        "deactivate": "tui.cli.transferring:deactivate_users",
        "restore": "tui.cli.status:restore_users",
        "remove": "tui.cli.transferring:remove_users",
        "release": "tui.cli.status:release_users",
        "photo": "tui.cli.photo:photo_of_user",
        "sessions": "tui.cli.sessions:sessions_of_user",
        "rename": "tui.cli.user_passwords:rename_user",
        "set-password": "tui.cli.user_passwords:set_password",
        "why": "tui.cli.why:why",
    },
)


@users_noun.command(
    "list",
    takes=(*READS, "no_color"),
    short_help=_("List people."),
    help=_("List people, in the order of the screens: the blocked and inactive come last."),
    example="usher users list --search шев --status active --status pending --json",
)
@narrowing_options
@cursor.paged(LIMIT_MAX, cursor.place_of)
@with_request
def list_users(request: Request, filters: Filters, limit: int, after: Place | None) -> None:
    with request.session() as session:
        page = listing.page(session, filters, after=after, limit=limit)
        total = listing.count(session, filters, cap=None).number
        following = cursor.written(page.last) if page.after and page.last else None
        if request.json:
            found = listing.load(session.store, [row.id for row in page.rows])
            output.listing([person.as_json() for person in found], total, following)
        else:
            from tui.cli import people  # noqa: PLC0415  (JSON has no signs and no widths)

            people.put_page(session, page, filters, total, following)


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
    # A list in JSON needs neither of them.
    from store import users  # noqa: PLC0415
    from tui.cli import people  # noqa: PLC0415

    with request.session() as session:
        user = users.show(session, who)
        if request.json:
            output.put_json(user.as_long_json())
        else:
            people.put_person(session, user)
