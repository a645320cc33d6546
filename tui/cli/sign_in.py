"""`usher sign-in`: the platform asks whether someone may enter a door."""

from dataclasses import replace

import click

from store import signin
from store.session import origin_of_process
from store.values import Door, Origin
from store.wording import _
from tui.cli import output
from tui.cli.options import PLAIN, Verb, with_request
from tui.cli.request import Request

SOURCE_MOST = 100
"""Signs; an address with its port and zone has half as many."""


@click.command(
    "sign-in",
    cls=Verb,
    takes=(*PLAIN, "password_stdin"),
    short_help=_("Sign someone in at a door."),
    help=_(
        "Sign someone in at a door, and open a session there; refused with exit code 4, whatever "
        "the reason. A wrong password counts as on the screens, and so does what comes from one "
        "address: let --source say it."
    ),
    example=(
        "usher sign-in oksana --door platform --password-stdin --json < password.txt\n"
        "usher sign-in oksana --source 203.0.113.9 --password-stdin < password.txt"
    ),
)
@click.argument("login", metavar="LOGIN")
@click.option(
    "--door",
    type=click.Choice([door.value for door in Door]),
    default=Door.PLATFORM.value,
    show_default=True,
    help=_("What is being entered."),
)
@click.option(
    "--source",
    metavar="ADDRESS",
    help=_("From where the person comes to the platform."),
)
@with_request
def sign_in(request: Request, login: str, door: str, source: str | None) -> None:
    origin = _origin(source)
    store = request.store()
    password = request.passwords.next(_("Password of {login}").format(login=login))
    came_in = signin.sign_in(store, login, password, Door(door), origin)
    if request.json:
        output.put_json(
            {
                "user": came_in.user.as_json(),
                "password_change_required": came_in.must_change_password,
                "session": came_in.session.row,
            }
        )
        return
    name = came_in.user.full_name
    output.say(_("{name} may enter: {door}.").format(name=name, door=door))
    if came_in.must_change_password:
        output.say(_("A new password must be chosen before anything else."))


def _origin(source: str | None) -> Origin:
    """This process, with the address of whoever stands before the platform."""
    here = origin_of_process()
    if source is None:
        return here
    # What the platform calls its sources is its own affair; that it can be read is ours.
    if not source.strip() or len(source) > SOURCE_MOST or not source.isprintable():
        raise click.UsageError(
            _("--source is an address of at most {n} signs.").format(n=SOURCE_MOST)
        )
    return replace(here, address=source.strip(), terminal="")
