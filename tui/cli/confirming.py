"""`usher confirm-email`: the code of a letter that asks whose address it is."""

import click

from store import signin
from store.session import origin_of_process
from store.wording import _
from tui.cli import output
from tui.cli.forgotten import STDIN
from tui.cli.options import PLAIN, Verb, with_request
from tui.cli.request import Request


@click.command(
    "confirm-email",
    cls=Verb,
    takes=(*PLAIN, "password_stdin"),
    short_help=_("Confirm an e-mail address by the code of a letter."),
    help=_(
        "Confirm an e-mail address by the code that was sent to it. Without CODE, or with -, it "
        "comes by stdin or by a prompt. Nobody is signed in by that."
    ),
    example="usher confirm-email ab3de-fgh4j-klmn5-pqrst-uvwxyz",
)
@click.argument("code", metavar="[CODE]", required=False)
@with_request
def confirm_email(request: Request, code: str | None) -> None:
    store = request.store()
    if code is None or code == STDIN:
        code = request.passwords.next(_("Code of the letter"))
    user = signin.confirm_email(store, code, origin_of_process())
    if request.json:
        output.put_json(user.as_json())
    else:
        output.say(_("The address {email} is confirmed.").format(email=user.email))
