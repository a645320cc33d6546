"""`usher sign-in`: the platform asks whether someone may enter a door."""

import click

from store import signin
from store.session import origin_of_process
from store.values import Door
from store.wording import _
from tui.cli import output
from tui.cli.options import PLAIN, Verb, with_request
from tui.cli.request import Request


@click.command(
    "sign-in",
    cls=Verb,
    takes=(*PLAIN, "password_stdin"),
    short_help=_("Sign someone in at a door."),
    help=_("Sign someone in at a door; refused with exit code 4, whatever the reason."),
    example="usher sign-in oksana --door platform --password-stdin --json < password.txt",
)
@click.argument("login", metavar="LOGIN")
@click.option(
    "--door",
    type=click.Choice([door.value for door in Door]),
    default=Door.PLATFORM.value,
    show_default=True,
    help=_("What is being entered."),
)
@with_request
def sign_in(request: Request, login: str, door: str) -> None:
    store = request.store()
    password = request.passwords.next(_("Password of {login}").format(login=login))
    came_in = signin.sign_in(store, login, password, Door(door), origin_of_process())
    if request.json:
        output.put_json(
            {
                "user": came_in.user.as_json(),
                "password_change_required": came_in.must_change_password,
            }
        )
        return
    name = came_in.user.full_name
    output.say(_("{name} may enter: {door}.").format(name=name, door=door))
    if came_in.must_change_password:
        output.say(_("A new password must be chosen before anything else."))
