"""`usher users create` and `usher users edit`: people by the words of their fields."""

from collections.abc import Callable
from typing import Any, NamedTuple

import click

from store import settings, users
from store.access import copying
from store.policy import passwords
from store.session import Session
from store.users import acts
from store.users.acts import Done
from store.users.words import FLAGS
from store.values import Draft, LeftOut, User
from store.wording import _
from tui import rights
from tui.cli import output, people, suggesting
from tui.cli.options import WRITES, Verb, with_request
from tui.cli.request import Request
from tui.consequences import for_commands

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
    "sub_accounts": _("A sub-account they may enter, or all; may be given several times."),
    "admin": _("Whether they manage users."),
    "simulator_only": _("Whether the simulator is all they may enter."),
    "currency": _("Currency of the employee's card, as ISO 4217 has it: EUR."),
    "number": _("Number of the employee's card."),
    "address": _("Postal address."),
    "notes": _("Notes on the employee's card."),
}


SUGGESTED = {
    "role": suggesting.roles,
    "teams": suggesting.teams,
    "sub_accounts": suggesting.sub_accounts,
}


class Made(NamedTuple):
    """A new user, their password, and what was left out of the access that was copied."""

    user: User
    password: str | None
    left_out: tuple[LeftOut, ...]


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
                metavar="NAME" if field in SUGGESTED else "TEXT",
                help=FIELD_HELP[field],
                shell_complete=SUGGESTED.get(field),
            )
        command = option(command)
    return command


@click.command(
    "create",
    cls=Verb,
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
@click.option(
    "--copy-access-from",
    "source",
    metavar="WHO",
    help=_("Take role, teams, sub-accounts and permissions from this person, where not given."),
    shell_complete=suggesting.people,
)
@click.option("--generate", is_flag=True, help=_("Make a temporary password and show it, once."))
@with_request
def create_user(request: Request, /, generate: bool, source: str | None, **fields: Any) -> None:
    if generate and "password_stdin" in request.after:
        raise click.UsageError(_("Give either --generate or --password-stdin."))
    given = _given(fields)

    def verb(session: Session) -> Made:
        current = settings.load(session.store)
        password = passwords.generate(current) if generate else _password_of_new(request)
        draft, left_out = Draft(**given), tuple[LeftOut, ...]()
        if source is not None:
            left_out = copying.for_new(session, draft, source).left_out
        user = users.create(session, draft, password=password, copy_access_from=source)
        return Made(user, password, left_out)

    def tell(_session: Session, made: Made) -> None:
        user = made.user
        shown_once = made.password if generate else None
        if request.json:
            extra: dict[str, Any] = {"temporary_password": shown_once} if shown_once else {}
            if source is not None:
                extra["left_out"] = [one.as_json() for one in made.left_out]
            output.put_json({**user.as_json(), **extra})
            return
        output.say(_("Created user {id}, {name}.").format(id=user.id, name=user.full_name))
        if user.email:
            # Who was given no password here and has one was given it by the letter.
            by_letter = made.password is None and user.password == "temporary"  # noqa: S105
            sentence = (
                _("A letter that brings {email} a temporary password is queued.")
                if by_letter
                else _("A letter that invites {email} is queued.")
            )
            output.say(sentence.format(email=user.email))
        for one in made.left_out:
            output.say(rights.left_out(one))
        if shown_once:
            output.say(_("Temporary password, shown this once: {it}").format(it=shown_once))

    request.act(verb, tell)


@click.command(
    "edit",
    cls=Verb,
    takes=WRITES,
    short_help=_("Change fields of one person."),
    help=_(
        "Change the named fields of one person and leave the others. An empty text empties a "
        "field; --team replaces all teams, --sub-account all sub-accounts."
    ),
    example="usher users edit oksana --phone +380671234567 --team North --team West",
)
@click.argument("who", metavar="WHO", shell_complete=suggesting.people)
@field_options
@with_request
def edit_user(request: Request, /, who: str, **fields: Any) -> None:
    changes = _given(fields)
    if not changes:
        raise click.UsageError(_("Name at least one field to change; see: usher users edit --help"))

    def tell(session: Session, done: Done) -> None:
        user = done.user
        if request.json:
            output.put_json(user.as_json())
            return
        output.say(_("User {id}, {name}:").format(id=user.id, name=user.full_name))
        people.put_person(session, user)
        for line in for_commands(done):
            output.say(line)

    request.act(
        lambda session: acts.edit(session, who, changes),
        tell,
        lambda done, _preview: for_commands(done),
    )


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that were named; `--team ""` names no team, and so with sub-accounts."""
    named = {name: value for name, value in fields.items() if value not in {None, ()}}
    return {
        name: tuple(filter(None, value)) if isinstance(value, tuple) else value
        for name, value in named.items()
    }


def _password_of_new(request: Request) -> str | None:
    """The new user's password: by stdin, behind the one of whoever acts.

    Before the noun and with `--as` the option speaks of the actor's alone; a further line is
    the new user's all the same.
    """
    whose = _("Temporary password of the new user")
    if "password_stdin" in request.after or (request.password_stdin and not request.login):
        return request.passwords.next(whose, twice=True)
    return request.passwords.next_if_any() if request.password_stdin else None
