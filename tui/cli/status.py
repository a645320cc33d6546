"""`usher users block` and its like: moving one person, or many, from where they stand."""

import click

from store.session import Session
from store.users import acts, many, telling
from store.users.acts import Done
from store.users.outcomes import Outcomes
from store.wording import _
from tui.cli import output, suggesting
from tui.cli.options import WRITES, Verb, with_request
from tui.cli.output import Column
from tui.cli.progress import Progress
from tui.cli.request import Request
from tui.cli.signals import stopped_between_steps
from tui.exits import INTERRUPTED, PARTLY_DONE
from tui.moments import grouped

SENTENCES = {
    "confirm": _("{name} (user {id}) is confirmed."),
    "block": _("{name} (user {id}) is blocked."),
    "unblock": _("{name} (user {id}) is not blocked any more, but {status}."),
    "unlock": _("{name} (user {id}) is not locked any more."),
    "deactivate": _("{name} (user {id}) is inactive."),
    "restore": _("{name} (user {id}) is back: {status}."),
    "remove": _("User {id} is removed. Login and address are free."),
    "release": _("{name} (user {id}) has no e-mail address any more: it is free."),
}
"""What somebody is told who did it to one person."""

MANY = _("Of several it prints a line each, and ends with 8 where some were refused.")


def _verb(verb: str, short: str, more: str, example: str) -> Verb:
    """A command that does this verb to everybody named."""

    @click.command(
        verb,
        cls=Verb,
        takes=WRITES,
        short_help=short,
        help=f"{more} {MANY}",
        example=example,
    )
    @click.argument(
        "whom", metavar="WHO…", nargs=-1, required=True, shell_complete=suggesting.people
    )
    @click.pass_context
    @with_request
    def command(request: Request, ctx: click.Context, whom: tuple[str, ...]) -> None:
        if len(whom) == 1:
            request.act(
                lambda session: acts.do(session, verb, whom[0]),
                lambda _session, done: _tell(request, done),
            )
        else:
            _do_all(request, ctx, verb, whom)

    return command


def _tell(request: Request, done: Done) -> None:
    if request.json:
        output.put_json(done.user.as_json())
        return
    user = done.user
    output.say(
        SENTENCES[done.verb].format(name=user.full_name, id=user.id, status=_(str(user.status)))
    )
    more = telling.particulars(done)
    if more:
        output.say(f"  {more}")


def _do_all(request: Request, ctx: click.Context, verb: str, whom: tuple[str, ...]) -> None:
    with (
        request.session() as session,
        Progress(_how_far) as progress,
        stopped_between_steps() as stopping,
    ):
        outcomes = _act(request, session, verb, whom, progress, stopping)
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


def _act(
    request: Request,
    session: Session,
    verb: str,
    whom: tuple[str, ...],
    progress: Progress,
    stopping: many.Cancelled,
) -> Outcomes:
    return many.act(
        session,
        verb,
        whom,
        progress=lambda people, _part: progress(people),
        cancelled=stopping,
        rehearsal=request.dry_run,
    )


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


confirm_users = _verb(
    "confirm",
    _("Confirm people, so that they may come in."),
    _("Let people come in whom no letter has confirmed."),
    "usher users confirm oksana",
)
block_users = _verb(
    "block",
    _("Shut people out."),
    _("Shut people out at once: their sessions end and codes in letters die. All of theirs stays."),
    'usher users block oksana --reason "left without notice"\nusher users block 17 18 19 --dry-run',
)
unblock_users = _verb(
    "unblock",
    _("Lift a block."),
    _("Lift a block; of somebody who is only locked, the locks. Codes that died stay dead."),
    "usher users unblock oksana",
)
unlock_users = _verb(
    "unlock",
    _("Lift the locks for wrong passwords and for being away."),
    _("Lift the locks for wrong passwords and for being away, and begin both clocks anew."),
    'usher users unlock oksana --reason "called me"',
)
deactivate_users = _verb(
    "deactivate",
    _("Put people out of service."),
    _("Put people out of service who have left: sessions end and codes die; restore undoes it."),
    'usher users deactivate oksana --reason "left the firm"',
)
restore_users = _verb(
    "restore",
    _("Bring inactive people back."),
    _("Bring inactive people back: active, or pending where they never came. Locks are lifted."),
    "usher users restore oksana",
)
remove_users = _verb(
    "remove",
    _("Erase people for good."),
    _(
        "Erase all that is personal of people, for good. The id and what they did stay in the"
        " history; login and address are free at once."
    ),
    'usher users remove oksana --reason "asked for it" --dry-run',
)
release_users = _verb(
    "release",
    _("Free the e-mail address of somebody inactive."),
    _("Free the e-mail addresses of inactive people for others; the old ones stay in the history."),
    "usher users release oksana@acme.com.ua",
)
