"""`usher accept`: coming in by an invitation."""

import click

from store import signin
from store.session import origin_of_process
from store.wording import _
from tui.cli import output
from tui.cli.options import PLAIN, Verb, with_request
from tui.cli.request import Request

STDIN = "-"


@click.command(
    "accept",
    cls=Verb,
    takes=(*PLAIN, "password_stdin"),
    short_help=_("Accept an invitation by the code of its letter."),
    help=_(
        "Accept an invitation: with your names, and a password of your own, which comes by stdin "
        "or by a prompt. Without CODE, or with -, so does the code, before it. Nobody is signed in "
        "by that."
    ),
    example=(
        "usher accept ab3de-fgh4j-klmn5-pqrst-uvwxyz --first Lesia --last Shevchuk\n"
        "usher accept - --first Lesia --last Shevchuk < code-and-password.txt"
    ),
)
@click.argument("code", metavar="[CODE]", required=False)
@click.option("--first", default="", metavar="TEXT", help=_("First name."))
@click.option("--last", default="", metavar="TEXT", help=_("Last name."))
@with_request
def accept(request: Request, code: str | None, first: str, last: str) -> None:
    store = request.store()
    if code is None or code == STDIN:
        code = request.passwords.next(_("Code of the letter"))
    password = request.passwords.next(_("New password"), twice=True)
    user = signin.accept(
        store, code, password, first_name=first, last_name=last, source=origin_of_process()
    )
    if request.json:
        output.put_json(user.as_json())
    else:
        output.say(
            _("Welcome, {name}. Your login is {login}.").format(
                name=user.full_name or user.login, login=user.login
            )
        )
        output.say(_("Sign in with: usher"))
