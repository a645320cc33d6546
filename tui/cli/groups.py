"""`usher teams` and `usher sub-accounts`: people grouped, and parts of the account opened to them.

The two nouns have most verbs in common, and words of their own for putting people in.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import click

from store import sub_accounts, teams
from store.session import Session
from store.values import SubAccount, Team
from store.wording import _
from tui.cli import ledger, output, suggesting
from tui.cli.options import READS, WRITES, Noun, with_request
from tui.cli.output import Column
from tui.cli.request import Request
from tui.moments import grouped
from tui.reach import what_they_see

MANY = _("It prints a line for each, and ends with 8 where some were refused.")


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the two nouns: its word, its name as an argument, what it has, and how it is shown."""

    word: str
    metavar: str
    suggest: Callable[[click.Context, click.Parameter, str], list[str]]
    listed: Callable[[Session], Sequence[Any]]
    show: Callable[[Session, str], Any]
    delete: Callable[[Session, str, str | None], Any]
    columns: tuple[Column, ...]
    cells: Callable[[Any], list[str]]


_SEES = {
    True: _("{name} (team {id}): members see the clients of their own teams alone."),
    False: _("{name} (team {id}): members see all clients."),
}


def _cells_of_team(team: Team) -> list[str]:
    return [str(team.id), team.name, grouped(team.members), what_they_see(team)]


def _cells_of_sub_account(one: SubAccount) -> list[str]:
    return [str(one.id), one.name, grouped(one.people)]


TEAMS = Kind(
    "teams",
    "TEAM",
    suggesting.teams,
    teams.listed,
    teams.show,
    teams.delete,
    (
        Column(_("id"), right=True),
        Column(_("name")),
        Column(_("members"), right=True),
        Column(_("they see"), spare=True),
    ),
    _cells_of_team,
)
SUB_ACCOUNTS = Kind(
    "sub-accounts",
    "NAME",
    suggesting.sub_accounts,
    sub_accounts.listed,
    sub_accounts.show,
    sub_accounts.delete,
    (Column(_("id"), right=True), Column(_("name")), Column(_("people"), right=True)),
    _cells_of_sub_account,
)


def _common(noun: Noun, kind: Kind, about: tuple[str, str, str]) -> None:
    """The verbs that both nouns have alike."""
    about_list, about_show, about_delete = about
    word = kind.word

    @noun.command("list", takes=READS, help=about_list, example=f"usher {word} list --json")
    @with_request
    def list_all(request: Request) -> None:
        with request.session() as session:
            found = kind.listed(session)
        if request.json:
            output.listing([one.as_json() for one in found], len(found))
        elif found:
            output.table(kind.columns, map(kind.cells, found))
        else:
            output.say(
                _("There are none. Make one with: usher {word} create NAME").format(word=word)
            )

    @noun.command("show", takes=READS, help=about_show, example=f"usher {word} show North")
    @click.argument("which", metavar=kind.metavar, shell_complete=kind.suggest)
    @with_request
    def show_one(request: Request, which: str) -> None:
        with request.session() as session:
            one = kind.show(session, which)
        if request.json:
            output.put_json(one.as_json())
        else:
            headings = (column.heading for column in kind.columns)
            output.details(zip(headings, kind.cells(one), strict=True))

    @noun.command(
        "delete", takes=WRITES, help=about_delete, example=f"usher {word} delete North --to South"
    )
    @click.argument("which", metavar=kind.metavar, shell_complete=kind.suggest)
    @click.option(
        "--to",
        "successor",
        metavar=kind.metavar,
        shell_complete=kind.suggest,
        help=_("Where those come who are in it."),
    )
    @with_request
    def delete_one(request: Request, which: str, successor: str | None) -> None:
        request.act(
            lambda session: kind.delete(session, which, successor),
            lambda _session, gone: _tell(request, gone, _("Deleted {id}, {name}.")),
        )


def _many(noun: Noun, kind: Kind, name: str, act: Callable[..., Any], about: str) -> None:
    """A verb that puts people in, or takes them out."""

    @noun.command(
        name,
        takes=WRITES,
        short_help=about,
        help=f"{about} {MANY}",
        example=f"usher {kind.word} {name} North oksana 17",
    )
    @click.argument("which", metavar=kind.metavar, shell_complete=kind.suggest)
    @click.argument(
        "whom", metavar="WHO…", nargs=-1, required=True, shell_complete=suggesting.people
    )
    @click.pass_context
    @with_request
    def many(request: Request, ctx: click.Context, which: str, whom: tuple[str, ...]) -> None:
        ledger.do_all(request, ctx, lambda session, **how: act(session, which, whom, **how))


def _tell(request: Request, one: Team | SubAccount, sentence: str) -> None:
    if request.json:
        output.put_json(one.as_json())
    else:
        output.say(sentence.format(id=one.id, name=one.name))


teams_noun = Noun(
    "teams",
    help=_("Teams: list, show, create, edit, delete, add, remove."),
    example="usher teams list\nusher teams create North --own-clients-only",
)
_common(
    teams_noun,
    TEAMS,
    (
        _("List the teams by name: how many are in each, and what they see."),
        _("Show a team."),
        _("Delete a team; whoever is in it comes into another one."),
    ),
)
_OWN = click.option(
    "--own-clients-only/--all-clients",
    "own",
    default=None,
    help=_("Whether members see the clients of their own teams only."),
)


@teams_noun.command(
    "create",
    takes=WRITES,
    help=_("Create a team."),
    example="usher teams create North --own-clients-only",
)
@click.argument("name", metavar="NAME")
@_OWN
@with_request
def create_team(request: Request, name: str, own: bool | None) -> None:
    request.act(
        lambda session: teams.create(session, name, own_clients_only=bool(own)),
        lambda _session, made: _tell(request, made, _("Created {id}, {name}.")),
    )


@teams_noun.command(
    "edit",
    takes=WRITES,
    help=_("Call a team something else, or change what its members see."),
    example="usher teams edit North --name 'Far north' --own-clients-only",
)
@click.argument("which", metavar="TEAM", shell_complete=suggesting.teams)
@click.option("--name", metavar="NAME", help=_("What it is called from now on."))
@_OWN
@with_request
def edit_team(request: Request, which: str, name: str | None, own: bool | None) -> None:
    if name is None and own is None:
        raise click.UsageError(_("Say what to change: --name, --own-clients-only, --all-clients."))

    def tell(_session: Session, team: Team) -> None:
        _tell(request, team, _SEES[team.own_clients_only])

    request.act(lambda session: teams.edit(session, which, name=name, own_clients_only=own), tell)


_many(teams_noun, TEAMS, "add", teams.add_members, _("Put people into a team."))
_many(teams_noun, TEAMS, "remove", teams.remove_members, _("Take people out of a team."))

sub_accounts_noun = Noun(
    "sub-accounts",
    help=_("Sub-accounts: list, show, create, edit, delete, grant, revoke."),
    example="usher sub-accounts list\nusher sub-accounts grant Lisbon oksana",
)
_common(
    sub_accounts_noun,
    SUB_ACCOUNTS,
    (
        _("List the sub-accounts by name, and how many were granted each."),
        _("Show a sub-account."),
        _("Delete a sub-account; whoever has it is granted another one."),
    ),
)


@sub_accounts_noun.command(
    "create",
    takes=WRITES,
    help=_("Create a sub-account; at first only admins reach it."),
    example="usher sub-accounts create Lisbon",
)
@click.argument("name", metavar="NAME")
@with_request
def create_sub_account(request: Request, name: str) -> None:
    request.act(
        lambda session: sub_accounts.create(session, name),
        lambda _session, made: _tell(request, made, _("Created {id}, {name}.")),
    )


@sub_accounts_noun.command(
    "edit",
    takes=WRITES,
    help=_("Call a sub-account something else."),
    example="usher sub-accounts edit Lisbon --name Lisboa",
)
@click.argument("which", metavar="NAME", shell_complete=suggesting.sub_accounts)
@click.option("--name", metavar="NAME", required=True, help=_("What it is called from now on."))
@with_request
def edit_sub_account(request: Request, which: str, name: str) -> None:
    request.act(
        lambda session: sub_accounts.edit(session, which, name=name),
        lambda _session, one: _tell(request, one, _("It is now {name} (sub-account {id}).")),
    )


_many(
    sub_accounts_noun,
    SUB_ACCOUNTS,
    "grant",
    sub_accounts.grant,
    _("Let people into a sub-account."),
)
_many(
    sub_accounts_noun,
    SUB_ACCOUNTS,
    "revoke",
    sub_accounts.revoke,
    _("Let people into a sub-account no more."),
)
