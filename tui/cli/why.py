"""`usher users why`: whether somebody could sign in, and what stands in their way."""

import click

from store import signin
from store.values import Door
from store.wording import _
from tui import gates
from tui.cli import output, suggesting
from tui.cli.options import READS, Verb, with_request
from tui.cli.output import Column
from tui.cli.request import Request, zone_of


@click.command(
    "why",
    cls=Verb,
    takes=READS,
    short_help=_("Say why somebody can or cannot sign in."),
    help=_(
        "Say whether somebody could sign in with the right password, gate by gate, as the "
        "sign-in itself goes through them: since when each stands as it does, and the command "
        "that opens it. WHO is an id, a login or an e-mail."
    ),
    example="usher users why taras.sh\nusher users why taras.sh --door usher --json",
)
@click.argument("who", metavar="WHO", shell_complete=suggesting.people)
@click.option(
    "--door",
    type=click.Choice([door.value for door in Door]),
    default=Door.PLATFORM.value,
    show_default=True,
    help=_("What is to be entered."),
)
@with_request
def why(request: Request, who: str, door: str) -> None:
    with request.session() as session:
        found = signin.why(session, who, Door(door))
        zone = zone_of(session)
    if request.json:
        output.put_json(found.as_json())
        return
    name = f"{found.user.full_name} ({found.user.login})"
    verdict = f"{gates.sign_of(found)} {name}: {gates.headline(found)}"
    output.say(f"{verdict} ({_('door: {door}').format(door=door)})")
    columns = [
        Column(_("gate"), whole=True),
        Column(_("stands"), whole=True),
        Column(zone.named(_("why"))),
        Column(_("opened by"), spare=True),
    ]
    output.table(
        columns,
        [
            (one.name, f"{one.sign} {one.word}", one.sentence, one.gate.opens)
            for one in gates.said(found, zone.zone)
        ],
    )
    if found.shut and found.shut.opens:
        output.say(_("First: {command}").format(command=found.shut.opens))
