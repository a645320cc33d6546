"""Who gets what somebody owned: `usher users deactivate` and `remove`, `usher records transfer`.

What is too much for one transaction goes in batches while the command waits; whatever interrupts
it, the same command goes on from there, and so does `usher maintain`.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Unpack

import click

from store.leaving import batches, standing
from store.leaving.leave import Left, leave
from store.records.transferring import HandedOver, transfer
from store.session import Session
from store.users import many
from store.users.outcomes import Outcomes
from store.values import HandOver
from store.wording import _, ngettext
from tui.cli import ledger, output, status, suggesting
from tui.cli.options import WRITES, Verb, with_request
from tui.cli.progress import Progress
from tui.cli.request import Request
from tui.cli.signals import stopped_between_steps
from tui.exits import INTERRUPTED, PARTLY_DONE
from tui.moments import grouped

Kinds = Mapping[str, str]

_SHUT_OUT = _("{name} (user {id}) is shut out. Handing over {n} records…")


def _kinds(_ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]) -> Kinds:
    """`client=ana` and its like, by kind."""
    kinds = {}
    for one in given:
        kind, _equals, who = one.partition("=")
        if not (kind and who):
            raise click.BadParameter(_("“{given}” is not like client=oksana.").format(given=one))
        if kind in kinds:
            raise click.BadParameter(_("“{kind}” is given twice.").format(kind=kind))
        kinds[kind] = who
    return kinds


_KIND = click.option(
    "--kind",
    "kinds",
    metavar="KIND=WHO",
    multiple=True,
    callback=_kinds,
    help=_("Who gets what is of this kind; may be given for several kinds."),
)
_TO = click.option(
    "--transfer-to",
    "to",
    metavar="WHO",
    shell_complete=suggesting.people,
    help=_("Who gets what they own; somebody active."),
)


def _leaving(verb: str, short: str, more: str, example: str) -> Verb:
    """A command with which people go, and with them what they own."""

    @click.command(
        verb,
        cls=Verb,
        takes=WRITES,
        short_help=short,
        help=f"{more} "
        + _("Whoever owns records goes only when it is said to whom these go.")
        + f" {status.MANY}",
        example=example,
    )
    @click.argument(
        "whom", metavar="WHO…", nargs=-1, required=True, shell_complete=suggesting.people
    )
    @_TO
    @_KIND
    @click.pass_context
    @with_request
    def command(
        request: Request, ctx: click.Context, whom: tuple[str, ...], to: str | None, kinds: Kinds
    ) -> None:
        if len(whom) == 1:
            _run(request, ctx, lambda session: leave(session, verb, whom[0], to, kinds))
        else:
            heirs = (to, kinds) if to or kinds else None
            ledger.do_all(
                request,
                ctx,
                lambda session, **how: _many(session, verb, whom, heirs, **how),
            )

    return command


deactivate_users = _leaving(
    "deactivate",
    _("Put people out of service."),
    _("Put people out of service who have left: sessions end and codes die; restore undoes it."),
    'usher users deactivate oksana --reason "left the firm"\n'
    "usher users deactivate 17 --transfer-to olga --kind task=rui",
)
remove_users = _leaving(
    "remove",
    _("Erase people for good."),
    _(
        "Erase all that is personal of people, for good. The id and what they did stay in the"
        " history; login and address are free at once."
    ),
    'usher users remove oksana --reason "asked for it" --dry-run\n'
    "usher users remove 17 --transfer-to olga",
)


@click.command(
    "transfer",
    cls=Verb,
    takes=WRITES,
    short_help=_("Hand over what somebody owns."),
    help=_(
        "Hand over what somebody owns to people who are active: everything, or what is of the"
        " kinds that are named. A hand-over that was interrupted goes on with --from alone."
    ),
    example="usher records transfer --from oksana --to olga\n"
    "usher records transfer --from oksana --kind task=rui --kind client=olga --dry-run",
)
@click.option(
    "--from",
    "who",
    metavar="WHO",
    required=True,
    shell_complete=suggesting.people,
    help=_("Whose it is."),
)
@click.option(
    "--to",
    metavar="WHO",
    shell_complete=suggesting.people,
    help=_("Who gets it; somebody active."),
)
@_KIND
@click.pass_context
@with_request
def transfer_records(
    request: Request, ctx: click.Context, who: str, to: str | None, kinds: Kinds
) -> None:
    _run(request, ctx, lambda session: transfer(session, who, to, kinds))


def _run(request: Request, ctx: click.Context, act: Callable[[Session], Left | HandedOver]) -> None:
    """Do it, or rehearse it; and go on until nothing is left of it, or it has to stop."""
    with request.session() as session:
        if request.dry_run:
            with session.store.rehearse(session) as preview:
                found = _handed(act(session))
            output.rehearsal(preview.result, as_json=request.json)
            if found.counted and not request.json:
                words = _("{n} records would go. They were counted, not rehearsed.")
                output.say(words.format(n=grouped(found.number)))
            return
        done = act(session)
        handed = _handed(done)
        if handed.under_way is None:
            _tell(request, done)
            return
        if not request.json:
            sentence = _SHUT_OUT if handed.under_way.leaves else _("Handing over {n} records…")
            output.say(
                sentence.format(
                    name=handed.user.full_name, id=handed.user.id, n=grouped(handed.number)
                )
            )
        left, stopped = _through(session, [handed.user.id])
    _tell_batches(request, handed.under_way, left)
    if left:
        ctx.exit(INTERRUPTED if stopped else PARTLY_DONE)


def _many(
    session: Session,
    verb: str,
    whom: tuple[str, ...],
    heirs: many.Named | None,
    **how: Unpack[many.How],
) -> Outcomes:
    outcomes = many.act(session, verb, whom, heirs, **how)
    if not how.get("rehearsal"):
        _through(session, [one.user for one in outcomes if one.outcome == "leaving" and one.user])
    return outcomes


def _through(session: Session, numbers: Iterable[int]) -> tuple[list[HandOver], bool]:
    """Go through the batches of these people; what is left, and whether ctrl+c stopped it."""
    left: list[HandOver] = []
    with Progress(_how_far) as progress, stopped_between_steps() as stopping:
        for number in numbers:
            left += batches.carry_on(
                session.store,
                number,
                progress=lambda one: progress(one.moved),
                cancelled=stopping,
            )
    return left, stopping()


def _how_far(moved: int) -> str:
    return _("{n} records so far. ctrl+c stops it.").format(n=grouped(moved))


def _handed(done: Left | HandedOver) -> HandedOver:
    return done.handed if isinstance(done, Left) else done


def _tell(request: Request, done: Left | HandedOver) -> None:
    """What was done at once."""
    if isinstance(done, Left):
        status.tell(request, done.done)
    elif request.json:
        output.put_json(_shape(done.user.id, done.number, done.number))
    else:
        output.say(_what_went(done.number))


def _tell_batches(request: Request, begun: HandOver, left: list[HandOver]) -> None:
    """What was done in batches, and what is left to do."""
    stopped = left[0].stopped if left else ""
    moved, total = (left[0].moved, left[0].total) if left else (begun.total, begun.total)
    if request.json:
        output.put_json(_shape(begun.user, moved, total, begun.verb, stopped))
        return
    if not left:
        output.say(_what_went(total))
        if begun.leaves:
            words = (
                _("User {id} is removed.")
                if begun.verb == "remove"
                else _("User {id} is inactive.")
            )
            output.say(words.format(id=begun.user))
        return
    output.say(standing.told(left[0]))
    output.say(
        _("The same command goes on from here, or another one with somebody else to get the rest.")
    )


def _what_went(number: int) -> str:
    return ngettext("{n} record is handed over.", "{n} records are handed over.", number).format(
        n=grouped(number)
    )


def _shape(
    owner: int, moved: int, total: int, verb: str = "transfer", stopped: str = ""
) -> dict[str, Any]:
    return {"user": owner, "verb": verb, "moved": moved, "total": total, "stopped": stopped or None}
