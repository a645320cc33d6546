"""`usher access show` and its like: what one person may do, why, and changing it."""

from collections.abc import Callable, Iterable

import click

from store.access import copying, explaining, overrides
from store.session import Session
from store.values import Altered, Copied, Explanation, Right, Rights
from store.wording import _
from tui import rights
from tui.cli import output, suggesting
from tui.cli.options import READS, WRITES, Verb, with_request
from tui.cli.output import Column
from tui.cli.request import Request, zone_of

Change = Callable[[Session, str, Iterable[str]], Altered]


@click.command(
    "show",
    cls=Verb,
    takes=READS,
    short_help=_("Show what a person may do, or why."),
    help=_(
        "Show every permission: whether the person holds it, and what decided that. With --why it "
        "is one permission, and the whole chain of reasons: who did what, and when."
    ),
    example="usher access show oksana\nusher access show oksana --why clients.edit",
)
@click.argument("who", metavar="WHO", shell_complete=suggesting.people)
@click.option(
    "--why",
    "permission",
    metavar="PERMISSION",
    help=_("Only this permission, with its reasons."),
    shell_complete=suggesting.permissions,
)
@with_request
def show_access(request: Request, who: str, permission: str | None) -> None:
    with request.session() as session:
        zone = zone_of(session)
        found: Rights | Explanation
        if permission is None:
            found = explaining.show(session, who)
        else:
            found = explaining.explain(session, who, permission)
    if request.json:
        output.put_json(found.as_json())
    elif isinstance(found, Rights):
        output.say(rights.standing(found.user))
        output.table(_COLUMNS, map(_cells, found.permissions))
    else:
        output.say(rights.verdict(found))
        columns = [Column(_("reason")), Column(zone.named(_("since")), whole=True), Column(_("by"))]
        output.table(
            columns,
            [(one.detail, zone.written(one.at), one.by or "–") for one in found.because],
        )


def _verb(verb: str, change: Change, short: str, more: str) -> Verb:
    """A command that does this to some permissions of one person."""

    @click.command(
        verb,
        cls=Verb,
        takes=WRITES,
        short_help=short,
        help=f"{more} {_('MODULE.* is every action of a module.')}",
        example=f"usher access {verb} oksana clients.edit\n"
        f'usher access {verb} oksana "offers.*" --dry-run',
    )
    @click.argument("who", metavar="WHO", shell_complete=suggesting.people)
    @click.argument(
        "permissions",
        metavar="PERMISSION…",
        nargs=-1,
        required=True,
        shell_complete=suggesting.permissions,
    )
    @with_request
    def command(request: Request, who: str, permissions: tuple[str, ...]) -> None:
        def tell(_session: Session, altered: Altered) -> None:
            if request.json:
                output.put_json(altered.as_json())
            else:
                _say(altered)

        request.act(lambda session: change(session, who, permissions), tell)

    return command


allow_access = _verb(
    "allow",
    overrides.allow,
    _("Allow somebody more than their role does."),
    _(
        "Allow permissions to one person, over what their role says. Nobody allows what they do "
        "not hold."
    ),
)
deny_access = _verb(
    "deny",
    overrides.deny,
    _("Deny somebody what their role permits."),
    _(
        "Deny permissions to one person, over what their role says. Of an admin, only the owner "
        "denies anything."
    ),
)
inherit_access = _verb(
    "inherit",
    overrides.inherit,
    _("Let the role decide again."),
    _("Take back what was allowed or denied to one person, so that their role decides again."),
)


@click.command(
    "copy",
    cls=Verb,
    takes=WRITES,
    short_help=_("Give somebody the access of somebody else."),
    help=_(
        "Give somebody the role, the teams, the sub-accounts and the permissions of somebody "
        "else, in place of their own. What you do not hold yourself is left out, and listed."
    ),
    example="usher access copy oksana --from rui --dry-run",
)
@click.argument("who", metavar="WHO", shell_complete=suggesting.people)
@click.option(
    "--from",
    "source",
    metavar="WHO",
    required=True,
    help=_("Whose access it is."),
    shell_complete=suggesting.people,
)
@with_request
def copy_access(request: Request, who: str, source: str) -> None:
    def tell(_session: Session, copied: Copied) -> None:
        if request.json:
            output.put_json(copied.as_json())
            return
        _say(copied.altered)
        for one in copied.left_out:
            output.say(rights.left_out(one))

    request.act(lambda session: copying.copy(session, who, source), tell)


@click.command(
    "diff",
    cls=Verb,
    takes=READS,
    short_help=_("Compare what two people may do."),
    help=_("Show what one of two people holds and the other does not, and what decided each."),
    example="usher access diff oksana rui",
)
@click.argument("one", metavar="WHO", shell_complete=suggesting.people)
@click.argument("other", metavar="WHO", shell_complete=suggesting.people)
@with_request
def compare_access(request: Request, one: str, other: str) -> None:
    with request.session() as session:
        found = explaining.difference(session, one, other)
    if request.json:
        output.put_json(found.as_json())
    elif not found.rights:
        output.say(rights.the_same(found))
    else:
        columns = [Column(_("permission"), whole=True), Column(found.one.login)]
        output.table(
            [*columns, Column(found.other.login)],
            (
                (left.permission, rights.sign_and_source(left), rights.sign_and_source(right))
                for left, right in found.rights
            ),
        )


_COLUMNS = (
    Column(_("permission"), whole=True),
    Column(_("may"), whole=True),
    Column(_("because of")),
)


def _cells(right: Right) -> tuple[str, str, str]:
    return right.permission, rights.sign_and_word(right), rights.because(right)


def _say(altered: Altered) -> None:
    """What became of somebody's rights."""
    output.say(rights.standing(altered.user))
    for sentence in rights.told(altered.gained, altered.lost, altered.idle):
        output.say(sentence)
