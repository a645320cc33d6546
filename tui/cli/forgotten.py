"""`usher forgot` and `usher reset`: a forgotten password, and the code of the letter."""

import click

from store import settings, signin
from store.session import origin_of_process
from store.wording import _
from tui.cli import output
from tui.cli.options import PLAIN, Verb, with_request
from tui.cli.request import Request

STDIN = "-"


@click.command(
    "forgot",
    cls=Verb,
    takes=PLAIN,
    short_help=_("Ask for a letter with a code."),
    help=_(
        "Ask for a letter with a code by which a forgotten password is replaced. The answer is "
        "the same whether or not anybody has this address."
    ),
    example="usher forgot oksana@acme.com.ua",
)
@click.argument("address", metavar="ADDRESS")
@with_request
def forgot(request: Request, address: str) -> None:
    store = request.store()
    signin.forgot(store, address, origin_of_process())
    if request.json:
        output.put_json({"asked": True})
        return
    minutes = settings.load(store).code_reset_minutes
    sentence = _(
        "If somebody here has this address, a letter with a code comes to it. The code is good "
        "for {n} minutes: usher reset CODE"
    )
    output.say(sentence.format(n=minutes))


@click.command(
    "reset",
    cls=Verb,
    takes=(*PLAIN, "password_stdin"),
    short_help=_("Choose a new password by the code of a letter."),
    help=_(
        "Choose a new password by the code of a letter; it comes by stdin or by a prompt. Without "
        "CODE, or with -, so does the code, before it. Nobody is signed in by that."
    ),
    example=(
        "usher reset ab3de-fgh4j-klmn5-pqrst-uvwxyz --password-stdin < password.txt\n"
        "usher reset - --password-stdin < code-and-password.txt"
    ),
)
@click.argument("code", metavar="[CODE]", required=False)
@with_request
def reset(request: Request, code: str | None) -> None:
    store = request.store()
    if code is None or code == STDIN:
        code = request.passwords.next(_("Code of the letter"))
    password = request.passwords.next(_("New password"), twice=True)
    user = signin.reset(store, code, password, origin_of_process())
    if request.json:
        output.put_json(user.as_json())
    else:
        output.say(_("The new password of {login} is set.").format(login=user.login))
        output.say(_("Sign in with: usher"))
