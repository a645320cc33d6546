"""`usher access at`: what everybody held at a moment, for whoever reviews it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice

import click

from store.access import past
from store.values import Past, Right
from store.wording import _
from tui.cli import output, suggesting
from tui.cli.options import READS, Verb, with_request
from tui.cli.output import Column, Zone
from tui.cli.request import Request, zone_of

AT_ONCE = 1000
"""Lines of a table that are laid out together."""


@click.command(
    "at",
    cls=Verb,
    takes=READS,
    short_help=_("Say what people held at a moment."),
    help=_(
        "Say what status and which permissions people had at a moment, found by walking the"
        " history back. MOMENT is a day, whose end is meant, or a day and a time, in the account's"
        " time zone. Without WHO it is everybody who was there by then."
    ),
    example=(
        "usher access at 2026-09-30\nusher access at 2026-09-30T17:00 oksana\n"
        "usher access at 2026-09-30 --json"
    ),
)
@click.argument("moment", metavar="MOMENT")
@click.argument("whom", metavar="[WHO]…", nargs=-1, shell_complete=suggesting.people)
@with_request
def at(request: Request, moment: str, whom: tuple[str, ...]) -> None:
    with request.session() as session:
        zone = zone_of(session)
        when = _meant(moment, zone, session.store.now())
        found = past.at(session, when, whom)
        if request.json:
            output.put_json({}, items=(one.as_json() for one in found))
            return
        some = list(islice(found, AT_ONCE))
        output.say(zone.named(zone.written(when)) if some else _("Nobody was here then."))
        while some:
            _print(some)
            some = list(islice(found, AT_ONCE))


def _meant(text: str, zone: Zone, now: datetime) -> datetime:
    """The moment that was typed; of a day its end, of today this moment."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        sentence = _("“{text}” is no day. Write it like this: 2026-09-30, or 2026-09-30T17:00")
        raise click.UsageError(sentence.format(text=text)) from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone.zone)
    if ":" in text:
        return moment
    ends = moment + timedelta(days=1, microseconds=-1)
    return now if moment <= now < ends else ends


def _print(people: Sequence[Past]) -> None:
    output.table(
        (
            Column(_("id"), right=True),
            Column(_("login")),
            Column(_("status"), whole=True),
            Column(_("role")),
            Column(_("held"), spare=True),
        ),
        (
            [
                str(one.user),
                one.login,
                _(str(one.status)) if one.status else _("erased"),
                one.role or "–",
                _held(one.permissions or ()),
            ]
            for one in people
        ),
    )


def _held(permissions: Sequence[Right]) -> str:
    """Modules with their actions: `clients view edit, tasks view`."""
    actions: dict[str, list[str]] = {}
    for right in permissions:
        module, _dot, action = right.permission.partition(".")
        actions.setdefault(module, []).append(action)
    return ", ".join(f"{module} {' '.join(held)}" for module, held in actions.items()) or "–"
