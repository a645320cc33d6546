"""`usher invitations`: inviting many by their addresses, and who has not come yet."""

import sys
from pathlib import Path

import click

from store import users
from store.errors import Refused
from store.fields import utc_moment, utc_text
from store.invitations.addresses import MOST, Asked, addresses, loaded
from store.invitations.checking import Ledger, Offer, check
from store.invitations.pending import find, listed
from store.invitations.sending import send
from store.numbers import id_number
from store.session import Session
from store.values import Invitation, Invitations, Sent, Status, User, status_word
from store.wording import _
from tui.cli import cursor, output, suggesting
from tui.cli.options import READS, WRITES, Noun, with_request
from tui.cli.output import Column, Zone
from tui.cli.request import Request, zone_of
from tui.exits import PARTLY_DONE
from tui.moments import grouped

LIMIT_MAX = 1000
STDIN = "-"


def _written(place: Sent) -> str:
    """The word for a place among the invitations."""
    return f"{utc_text(place.at)}-{place.id}"


def _place(word: str) -> Sent | None:
    """The place behind a word that `_written` gave."""
    at, _dash, text = word.rpartition("-")
    number = id_number(text)
    try:
        found = utc_moment(at)
    except ValueError:
        return None
    place = Sent(found, number) if found and number else None
    return place if place and _written(place) == word else None


invitations_noun = Noun(
    "invitations",
    help=_("Offers to join, by e-mail: send, list, show, resend, revoke."),
    example="usher invitations send lesia@acme.com.ua taras@acme.com.ua --role Salesperson",
    later={
        "send": "tui.cli.invitations:send_invitations",
        "list": "tui.cli.invitations:list_invitations",
        "show": "tui.cli.invitations:show_invitation",
        "resend": "tui.cli.status:resend_invitations",
        "revoke": "tui.cli.status:revoke_invitations",
    },
)


@invitations_noun.command(
    "send",
    takes=WRITES,
    short_help=_("Invite people by their addresses."),
    help=_(
        "Invite everybody of a list of addresses, as people have them: with names or without, "
        "parted by anything, or a CSV with a heading. Each address ends in a line that says what "
        "became of it; exit code 8 where some were not invited. Without --role and --module they "
        "hold nothing. --dry-run prints the same lines and invites nobody."
    ),
    example=(
        "usher invitations send lesia@acme.com.ua rui@acme.com.br --team North\n"
        "usher invitations send --file people.txt --role Salesperson --dry-run\n"
        "usher invitations send --file - --module clients < people.csv"
    ),
)
@click.argument("words", metavar="[ADDRESS]…", nargs=-1)
@click.option("--file", metavar="FILE", help=_("Take addresses from this file, or - for stdin."))
@click.option("--admin", is_flag=True, help=_("Invite them as admins."))
@click.option(
    "--role",
    default="",
    metavar="NAME",
    help=_("The role of all of them."),
    shell_complete=suggesting.roles,
)
@click.option(
    "--team",
    "teams",
    multiple=True,
    metavar="NAME",
    help=_("A team of all of them; may be given several times."),
    shell_complete=suggesting.teams,
)
@click.option(
    "--module",
    "modules",
    multiple=True,
    metavar="NAME",
    help=_("Allow every action of this module; may be given several times."),
    shell_complete=suggesting.modules,
)
@click.option(
    "--sub-account",
    "sub_accounts",
    multiple=True,
    metavar="NAME",
    help=_("A sub-account that they may enter, or all; may be given several times."),
    shell_complete=suggesting.sub_accounts,
)
@click.pass_context
@with_request
def send_invitations(
    request: Request,
    ctx: click.Context,
    words: tuple[str, ...],
    file: str | None,
    admin: bool,
    role: str,
    teams: tuple[str, ...],
    modules: tuple[str, ...],
    sub_accounts: tuple[str, ...],
) -> None:
    if not words and file is None:
        raise click.UsageError(_("Give addresses, or a file of them: --file FILE"))
    offer = Offer(admin, role, teams, modules, sub_accounts)
    with request.session() as session:
        asked = _asked(session, words, file)
        ledger = (check if request.dry_run else send)(session, asked, offer)
    if request.json:
        shape = {"dry_run": True} if request.dry_run else {}
        output.put_json(shape, ledger=(line.as_json() for line in ledger.lines))
    else:
        _print(ledger, rehearsed=request.dry_run)
    if ledger.others or not ledger.lines:
        ctx.exit(PARTLY_DONE)


@invitations_noun.command(
    "list",
    takes=READS,
    short_help=_("List who was invited and has not come."),
    help=_(
        "List who was invited and has not come, the newest invitation first: until when it is "
        "good, how often it was sent, and how far the letter is."
    ),
    example="usher invitations list --soon",
)
@click.option("--soon", is_flag=True, help=_("Only those that run out within two days."))
@cursor.paged(LIMIT_MAX, _place)
@with_request
def list_invitations(request: Request, soon: bool, limit: int, after: Sent | None) -> None:
    with request.session() as session:
        page = listed(session, soon=soon, limit=limit, after=after)
        following = _written(page.following) if page.following else None
        if request.json:
            output.listing([one.as_json() for one in page.rows], page.total, following)
        else:
            _print_page(page, zone_of(session), following)


@invitations_noun.command(
    "show",
    takes=READS,
    short_help=_("Show the invitation of a user."),
    help=_(
        "Show the invitation of a pending user: when it was sent, when it expires, and whether its "
        "email was delivered."
    ),
    example="usher invitations show lesia@acme.com.ua",
)
@click.argument("who", metavar="WHO", shell_complete=suggesting.people)
@with_request
def show_invitation(request: Request, who: str) -> None:
    with request.session() as session:
        found = find(session, who)
        if found is None:
            raise _without(users.show(session, who))
        if request.json:
            output.put_json(found.as_json())
            return
        zone = zone_of(session)
        output.details(
            [
                (_("user"), f"{found.name or found.login} ({found.user})"),
                (_("address"), found.email),
                (_("state"), _(found.state)),
                (_("created"), zone.written(found.created)),
                (_("sent"), zone.written(found.sent)),
                (_("times sent"), str(found.sent_count)),
                (_("expires"), zone.written(found.expires)),
                (_("email"), f"{_(found.letter)}: {found.error}" if found.error else found.letter),
            ]
        )


def _without(user: User) -> Refused:
    """Return the refusal for a user without an invitation, and how to send one."""
    if user.status is Status.PENDING:
        sentence = _(
            "{name} (user {id}) has no invitation. Send one: usher invitations resend {id}"
        )
    else:
        sentence = _("{name} (user {id}) is {status}. Only a pending user has an invitation.")
    words = {"name": user.full_name, "id": user.id, "status": status_word(user.status)}
    return Refused(sentence.format(**words), code="no_invitation", status=user.status)


def _asked(session: Session, words: tuple[str, ...], file: str | None) -> tuple[Asked, ...]:
    """The addresses of the words, then those of the file."""
    asked = tuple(one for word in words for one in addresses(word))
    if file is None:
        return asked
    if file != STDIN:
        return asked + loaded(session, Path(file))
    given = sys.stdin.buffer.read(MOST).decode("utf-8-sig", "replace")
    return asked + addresses(given)


def _print(ledger: Ledger, *, rehearsed: bool) -> None:
    output.table(
        (Column(_("outcome"), whole=True), Column(_("address")), Column(_("what"), spare=True)),
        (
            [str(line.outcome), line.asked.address or line.asked.typed, line.message]
            for line in ledger.lines
        ),
    )
    sentence = (
        _("{invited} would be invited, {others} not. Nothing was sent.")
        if rehearsed
        else _("{invited} invited, {others} not.")
    )
    invited, others = grouped(ledger.invited), grouped(ledger.others)
    output.say(sentence.format(invited=invited, others=others))


def _print_page(page: Invitations, zone: Zone, following: str | None) -> None:
    if not page.rows:
        output.say(
            _("There are no more.")
            if page.total
            else _("Nobody is waited for. To invite: usher invitations send ADDRESS")
        )
        return
    output.table(
        (
            Column(_("state"), whole=True),
            Column(_("user"), right=True),
            Column(_("address")),
            Column(_("name"), spare=True),
            Column(zone.named(_("until")), whole=True),
            Column(_("sent"), right=True),
            Column(_("letter"), spare=True),
        ),
        (_cells(one, zone) for one in page.rows),
    )
    output.say(_("{shown} of {total}").format(shown=len(page.rows), total=page.total))
    if following:
        output.say(_("More: --after {place}").format(place=following))


def _cells(one: Invitation, zone: Zone) -> list[str]:
    state = _("soon over") if one.soon else _(one.state)
    letter = f"{_(one.letter)}: {one.error}" if one.error else _(one.letter) if one.letter else "–"
    until = zone.written(one.expires)
    return [state, str(one.user), one.email, one.name, until, str(one.sent_count), letter]
