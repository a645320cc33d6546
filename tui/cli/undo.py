"""`usher undo`: putting one's own last change back."""

import click

from store.undo import acting
from store.undo.acting import Undone
from store.wording import _
from tui import undoing
from tui.cli import output
from tui.cli.options import WRITES, Verb, with_request
from tui.cli.output import Zone
from tui.cli.request import Request, zone_of


@click.command(
    "undo",
    cls=Verb,
    takes=WRITES,
    short_help=_("Put your own last change back."),
    help=_(
        "Put back the last change that you have made yourself within a day, as a change of its own "
        "with the same rights; done again, it takes the change before. It is refused where "
        "somebody has changed the same since, a letter is out, or the person has signed in. "
        "--dry-run tells what would be put back."
    ),
    example='usher undo --dry-run\nusher --as olga undo --reason "the wrong Maria"',
)
@with_request
def undo(request: Request) -> None:
    with request.session() as session:
        done = acting.foresee(session) if request.dry_run else acting.undo(session)
        if request.json:
            output.put_json({"dry_run": request.dry_run, **done.as_json()})
        else:
            _print(done, zone_of(session), rehearsed=request.dry_run)


def _print(done: Undone, zone: Zone, *, rehearsed: bool) -> None:
    sentence = _("Put back, of {when}: {what}.")
    if rehearsed:
        sentence = _("Would put back, of {when}: {what}.")
    output.say(sentence.format(when=zone.written(done.at), what=undoing.what(done)))
    for line in undoing.fields(done):
        output.say(f"  {line}")
    beside = undoing.beside(done)
    if beside:
        output.say(f"  {beside}")
    for line in undoing.consequences(done):
        output.say(f"  {line}")
