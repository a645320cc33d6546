"""`usher users set-password` and `usher users rename`: what somebody else signs in with."""

from collections.abc import Callable
from typing import Any

import click

from store import access, audit, settings, signin, users
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
    short_help=_("Set a temporary password for a user, or change your own."),
    help=_(
        "Set a temporary password for a user. No email is sent. The user's sessions and one-time "
        "codes end. Locks and blocks stay. With --as and your own login, change your own password, "
        "even a temporary or expired one. Stdin then has the current password, then the new one."
    ),
    example=(
        "usher users set-password oksana --generate\n"
        "usher users set-password olga --generate --reason 'locked out, phoned'\n"
        "usher --as olga users set-password olga --password-stdin < passwords.txt"
    ),
)
@click.argument("who", metavar="WHO", shell_complete=suggesting.people)
@generate_option
@with_request
def set_password(request: Request, who: str, generate: bool) -> None:
    _refuse_both(request, generate)

    def verb(session: Session, password: str | None) -> User:
        return users.set_password(session, who, password or "")

    def told(user: User) -> str:
        return _("The password of user {id}, {name}, is set.").format(id=user.id, name=named(user))

    with request.session(to_change_password=True) as session:
        if session.user is not None and users.find(session.store, who) == session.user:
            _change_own(request, session, generate)
            return
        access.require_own_password(session)
        _hand_over(request, session, generate, "set_password", verb, told)


def _change_own(request: Request, session: Session, generate: bool) -> None:
    """Change the actor's own password. Stdin has the current password first."""
    if generate:
        raise click.UsageError(
            _("--generate only works for another user. To change your own: --password-stdin")
        )
    current = request.own_password
    if current is None:
        # A key opened the session. A wrong password counts as a failed attempt, even in a dry run.
        current = request.passwords.next(_("Your current password"))
        signin.prove(session, current)
    new = request.passwords.next(_("Your new password"), twice=True)

    def verb(session: Session) -> User:
        signin.change_password(session, current, new)
        return users.show(session, session.user or 0)

    def tell(_session: Session, user: User) -> None:
        if request.json:
            output.put_json(user.as_json())
            return
        sentence = _("Changed the password of {name} (user {id}). All other sessions have ended.")
        output.say(sentence.format(name=named(user), id=user.id))

    request.act_in(session, verb, tell)


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

    _refuse_both(request, generate)
    with request.session() as session:
        _hand_over(request, session, generate, "rename", verb, told, by_letter)


def _refuse_both(request: Request, generate: bool) -> None:
    """Refuse `--generate` together with `--password-stdin`."""
    if generate and "password_stdin" in request.after:
        raise click.UsageError(_("Use either --generate or --password-stdin."))


def _hand_over(
    request: Request,
    session: Session,
    generate: bool,
    name: str,
    verb: Callable[[Session, str | None], User],
    told: Callable[[User], str],
    by_letter: Callable[[Session], bool] = lambda _session: False,
) -> None:
    """Do it with a password that is made here or comes by stdin, and show one that was made.

    Where a letter brings one, nobody sees it here.
    """

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

    request.act_in(session, act, tell, lambda done, preview: _ended(done[0], preview.entries[-1]))


def _ended(user: User, entry: AuditEntry | None) -> tuple[str, ...]:
    """Return a line for each thing that ended with the old password."""
    return for_commands(Done(user, entry.verb, entry.changes)) if entry else ()
