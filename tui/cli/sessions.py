"""`usher users sessions`: where somebody is signed in, and the end of it."""

import click

from store.numbers import id_number
from store.signin import sessions
from store.values import OpenSession
from store.wording import _, ngettext
from tui.cli import output, suggesting
from tui.cli.options import WRITES, Verb, with_request
from tui.cli.output import Column
from tui.cli.request import Request, zone_of


@click.command(
    "sessions",
    cls=Verb,
    takes=WRITES,
    short_help=_("Show where a person is signed in, or end it."),
    help=_(
        "List the open sessions of one person. With --end one of them ends, or all but the one "
        "of this very command: whoever sits there is told within five seconds."
    ),
    example=(
        "usher users sessions oksana\n"
        "usher users sessions oksana --end 4711\n"
        "usher users sessions oksana --end all --reason 'lost notebook'"
    ),
)
@click.argument("who", metavar="WHO", shell_complete=suggesting.people)
@click.option("--end", "which", metavar="ID|all", help=_("End this session, or all of them."))
@with_request
def sessions_of_user(request: Request, who: str, which: str | None) -> None:
    if which is None:
        _list(request, who)
        return
    number = None if which == sessions.ALL else _number(which)

    def tell(_session: object, ended: tuple[OpenSession, ...]) -> None:
        if request.json:
            output.put_json({"ended": len(ended)})
        else:
            sentence = ngettext("{n} session has ended.", "{n} sessions have ended.", len(ended))
            output.say(sentence.format(n=len(ended)))

    request.act(lambda session: sessions.end(session, who, number), tell)


def _list(request: Request, who: str) -> None:
    for flag, given in (("--dry-run", request.dry_run), ("--reason", "reason" in request.given)):
        if given:
            raise click.UsageError(_("{flag} does nothing without --end.").format(flag=flag))
    with request.session() as session:
        found = sessions.sessions_of(session, who)
        if request.json:
            output.listing([one.as_json() for one in found], len(found))
        elif found:
            _print(found, zone_of(session))
        else:
            output.say(_("There is no open session. There is nothing to end."))


def _print(found: tuple[OpenSession, ...], zone: output.Zone) -> None:
    columns = [
        Column(_("id"), right=True),
        Column(_("door"), whole=True),
        Column(_("from")),
        Column(zone.named(_("since")), whole=True),
        Column(zone.named(_("heard of")), whole=True, spare=True),
    ]
    rows = (
        [str(one.id), one.door, one.origin, zone.written(one.started), zone.written(one.seen)]
        for one in found
    )
    output.table(columns, rows)


def _number(text: str) -> int:
    number = id_number(text)
    if number is not None:
        return number
    raise click.UsageError(
        _("“{text}” is neither the number of a session nor: all").format(text=text)
    )
