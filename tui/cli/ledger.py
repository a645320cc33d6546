"""What is done to many people from the command line: how far it is, and a line for each."""

from typing import Protocol, Unpack

import click

from store.session import Session
from store.users import many
from store.users.outcomes import Outcomes
from store.wording import _
from tui.cli import output
from tui.cli.output import Column
from tui.cli.progress import Progress
from tui.cli.request import Request
from tui.cli.signals import stopped_between_steps
from tui.exits import INTERRUPTED, PARTLY_DONE
from tui.moments import grouped


class Act(Protocol):
    """A verb of the store that is done to each of many people."""

    def __call__(self, session: Session, **how: Unpack[many.How]) -> Outcomes: ...


def do_all(request: Request, ctx: click.Context, act: Act) -> None:
    """Do it, and tell what became of each; exit 8 where some were refused."""
    with (
        request.session() as session,
        Progress(_how_far) as progress,
        stopped_between_steps() as stopping,
    ):
        outcomes = act(
            session,
            progress=lambda people, _part: progress(people),
            cancelled=stopping,
            rehearsal=request.dry_run,
        )
    if request.json:
        shape = {
            **({"dry_run": True} if request.dry_run else {}),
            **({"stopped": outcomes.stopped} if outcomes.stopped else {}),
        }
        output.put_json(shape, ledger=(one.as_json() for one in outcomes))
    else:
        _print(outcomes, rehearsed=request.dry_run)
        if stopping():
            output.say(_("Stopped before the end. The same command goes on from here."))
    if stopping():
        ctx.exit(INTERRUPTED)
    if outcomes.failed or outcomes.stopped:
        ctx.exit(PARTLY_DONE)


def _how_far(people: int) -> str:
    return _("{n} people so far. ctrl+c stops it.").format(n=grouped(people))


def _print(outcomes: Outcomes, *, rehearsed: bool) -> None:
    output.table(
        (
            Column(_("outcome"), whole=True),
            Column(_("id"), right=True),
            Column(_("name")),
            Column(_("what"), spare=True),
        ),
        ([one.outcome, str(one.user or "–"), one.who, one.message] for one in outcomes),
    )
    sentence = (
        _("{done} would be done, {failed} refused. Nothing was written.")
        if rehearsed
        else _("{done} done, {failed} refused.")
    )
    output.say(sentence.format(done=grouped(outcomes.done), failed=grouped(outcomes.failed)))
    if outcomes.stopped:
        output.say(_("It could not go on: {why}").format(why=outcomes.stopped))
