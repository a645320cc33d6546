"""`usher doctor logins`: find reserved and duplicate logins."""

import click

from store.errors import Refused
from store.upkeep.logins import RESERVED, BadLogin, bad_logins
from store.wording import _
from tui.cli import output
from tui.cli.doctor import doctor_noun
from tui.cli.options import PLAIN, with_request
from tui.cli.request import Request


@doctor_noun.command(
    "logins",
    takes=PLAIN,
    short_help=_("Check for reserved and duplicate logins."),
    help=_(
        "List users whose login is reserved, such as “operator” or “host:root”, or equals another "
        "user's login in a different spelling. Such logins come from an earlier version. Exit code "
        "3 if there are any."
    ),
    example="usher doctor logins\nusher doctor logins --json",
)
@click.pass_context
@with_request
def check_logins(request: Request, ctx: click.Context) -> None:
    found = bad_logins(request.store())
    if request.json:
        output.put_json({"ok": not found, "items": [one.as_json() for one in found]})
    else:
        for one in found:
            output.say(_sentence(one))
        if not found:
            output.say(_("No login is reserved or used twice."))
    if found:
        ctx.exit(Refused.exit_code)


def _sentence(one: BadLogin) -> str:
    sentence = (
        _("The login “{login}” of user {id} is reserved.")
        if one.problem == RESERVED
        else _("The login “{login}” of user {id} is the same as that of user {other}.")
    )
    rename = _("Rename the user: usher users rename {id} --login NEW --generate")
    told = f"{sentence} {rename}"
    return told.format(login=one.login, id=one.user, other=one.other)
