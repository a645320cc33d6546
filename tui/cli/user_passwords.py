"""`usher users set-password` and `usher users rename`: what somebody else signs in with."""

from collections.abc import Callable
from typing import Any

import click

from store import audit, settings, users
from store.mail import credentials
from store.policy import passwords
from store.session import Session
from store.users.acts import Done
from store.values import AuditEntry, User
from store.wording import _
from tui.cli import output, suggesting
from tui.cli.options import WRITES, Verb, with_request
from tui.cli.request import Request
from tui.consequences import for_commands
from tui.handing_over import named, still_shut, to_hand_over

generate_option = click.option(
    "--generate", is_flag=True, help=_("Make a temporary password and show it, once.")
)


@click.command(
    "set-password",
    cls=Verb,
    takes=WRITES,
    short_help=_("Give somebody a temporary password."),
    help=_(
        "Give somebody a temporary password, to be handed over: no letter is sent, sessions end, "
        "and codes that were mailed die. It lifts neither locks nor a block."
    ),
    example=(
        "usher users set-password oksana --generate\n"
        "usher users set-password olga --generate --reason 'locked out, phoned'"
    ),
)
@click.argument("who", metavar="WHO", shell_complete=suggesting.people)
@generate_option
@with_request
def set_password(request: Request, who: str, generate: bool) -> None:
    def verb(session: Session, password: str | None) -> User:
        return users.set_password(session, who, password or "")

    def told(user: User) -> str:
        return _("The password of user {id}, {name}, is set.").format(id=user.id, name=named(user))

    _hand_over(request, generate, "set_password", verb, told)


@click.command(
    "rename",
    cls=Verb,
    takes=WRITES,
    short_help=_("Give somebody another login and password."),
    help=_(
        "Give somebody another login and, with it, a temporary password; a letter tells the "
        "login. Names and addresses are changed by: usher users edit"
    ),
    example="usher users rename oksana --login oksana.sh --generate",
)
@click.argument("who", metavar="WHO", shell_complete=suggesting.people)
@click.option("--login", required=True, metavar="NEW", help=_("The new login."))
@generate_option
@with_request
def rename_user(request: Request, who: str, login: str, generate: bool) -> None:
    def verb(session: Session, password: str | None) -> User:
        return users.rename(session, who, login, password)

    def by_letter(session: Session) -> bool:
        current = settings.load(session.store)
        return credentials.by_letter_to(current, users.show(session, who), session.user)

    def told(user: User) -> str:
        sentence = _("User {id}, {name}, now signs in as {login}.")
        return sentence.format(id=user.id, name=named(user), login=user.login)

    _hand_over(request, generate, "rename", verb, told, by_letter)


def _hand_over(
    request: Request,
    generate: bool,
    name: str,
    verb: Callable[[Session, str | None], User],
    told: Callable[[User], str],
    by_letter: Callable[[Session], bool] = lambda _session: False,
) -> None:
    """Do it with a password that is made here or comes by stdin, and show one that was made.

    Where a letter brings one, nobody sees it here.
    """
    if generate and "password_stdin" in request.after:
        raise click.UsageError(_("Give either --generate or --password-stdin."))

    def act(session: Session) -> tuple[User, str | None]:
        if generate and by_letter(session):
            return verb(session, None), None
        # On stdin it stands behind the password of whoever acts.
        password = (
            passwords.generate(settings.load(session.store))
            if generate
            else request.passwords.next(_("The new temporary password"), twice=True)
        )
        return verb(session, password), password

    def tell(session: Session, done: tuple[User, str | None]) -> None:
        user, password = done
        made = password if generate else None
        if request.json:
            extra: dict[str, Any] = {"temporary_password": made} if made else {}
            output.put_json({**user.as_json(), **extra})
            return
        output.say(told(user))
        entry = audit.newest_of(session.store, user.id, name)
        for line in _ended(user, entry):
            output.say(line)
        if generate and made is None:
            output.say(_("A letter brings them a temporary password."))
        if made:
            output.say(_("Temporary password, shown this once: {it}").format(it=made))
            hours = settings.load(session.store).password_temporary_hours
            output.say(to_hand_over(user, hours))
        elif still_shut(user):
            output.say(still_shut(user))

    request.act(act, tell, lambda done, preview: _ended(done[0], preview.entries[-1]))


def _ended(user: User, entry: AuditEntry | None) -> tuple[str, ...]:
    """What ended with the old password, a line each."""
    return for_commands(Done(user, entry.verb, entry.changes)) if entry else ()
