"""`usher doctor settings`: whether every stored setting is within its bounds."""

import click

from store import settings
from store.errors import Refused
from store.wording import _
from tui.cli import output
from tui.cli.doctor import doctor_noun
from tui.cli.options import PLAIN, with_request
from tui.cli.output import Column
from tui.cli.request import Request
from tui.signs import SIGNS


@doctor_noun.command(
    "settings",
    takes=PLAIN,
    short_help=_("Check the stored settings."),
    help=_(
        "Check whether every stored setting is within its bounds. A value that an older version or "
        "a hand edit left beyond them is ignored until the setting is set again. Exit code 3 if "
        "there is one."
    ),
    example="usher doctor settings\nusher doctor settings --json",
)
@click.pass_context
@with_request
def check_settings(request: Request, ctx: click.Context) -> None:
    found = settings.ignored_values(request.store())
    if request.json:
        items = [one.as_json() for one in found]
        output.put_json({"ok": not found, "items": items})
    elif found:
        output.say(_("These stored values are not allowed. Set each of them again:"))
        output.table(
            (Column(_("setting"), whole=True), Column(_("stored")), Column(_("applies instead"))),
            ([one.key, one.stored or SIGNS.nothing, one.applies or SIGNS.nothing] for one in found),
        )
        output.say(_("To set one: {command}").format(command=_command(found[0])))
    else:
        output.say(_("Every stored setting is within its bounds."))
    if found:
        ctx.exit(Refused.exit_code)


def _command(one: settings.Ignored) -> str:
    """The command that stores what applies already."""
    return settings.command_of(one.key, one.applies)
