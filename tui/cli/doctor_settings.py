"""`usher doctor settings`: check that stored settings are within their bounds."""

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
        "Check that every stored setting is within its bounds. A value outside them, from an older "
        "version or a manual edit, is ignored until you set the setting again. Exit code 3 if "
        "there are any."
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
        output.say(
            _("These stored values are not allowed and are ignored. Set each setting again:")
        )
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
    """Return the command that stores the value that already applies."""
    return settings.command_of(one.key, one.applies)
