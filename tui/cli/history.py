"""`usher audit list`: list the entries of the history."""

import click

from store import access, audit, users
from store.errors import NotFound
from store.numbers import SEQ_MAX, whole_number
from store.session import Session
from store.values import AuditEntry
from store.wording import _
from tui.changed import subject_of
from tui.cli import cursor, output, suggesting
from tui.cli.options import READS, Noun, with_request
from tui.cli.output import Zone
from tui.cli.request import Request, zone_of

LIMIT_MAX = 100_000


def _seq(word: str) -> int | None:
    """The number of an entry, if the word is one."""
    return whole_number(word, 1, SEQ_MAX)


audit_noun = Noun(
    "audit",
    help=_("History: list, verify, accept, rekey."),
    example="usher audit list --target oksana\nusher audit verify",
    later={
        "list": "tui.cli.history:list_entries",
        "verify": "tui.cli.history_checks:verify",
        "accept": "tui.cli.history_checks:accept",
        "rekey": "tui.cli.history_checks:rekey",
    },
)


@audit_noun.command(
    "list",
    takes=READS,
    short_help=_("List what happened."),
    help=_("List what happened, the newest first: to everybody, or to one person."),
    example="usher audit list --target oksana --limit 10",
)
@click.option(
    "--target",
    metavar="WHO",
    help=_("Only what happened to this person."),
    shell_complete=suggesting.people,
)
@cursor.paged(LIMIT_MAX, _seq)
@with_request
def list_entries(request: Request, target: str | None, limit: int, after: int | None) -> None:
    with request.session() as session:
        number = None if target is None else _whose(session, target)
        # One more than is shown says whether anything is left.
        entries = audit.history(session, number, limit + 1, before=after)
        following = entries[limit - 1].seq if len(entries) > limit else None
        entries = entries[:limit]
        total = audit.count(session, number)
        if request.json:
            word = str(following) if following else None
            output.listing([entry.as_json() for entry in entries], total, word)
            return
        zone = zone_of(session)
        for entry in entries:
            _print_entry(entry, zone)
        output.say(_("{shown} of {total}").format(shown=len(entries), total=total))
        if following:
            output.say(_("More: --after {place}").format(place=following))


def _whose(session: Session, target: str) -> int:
    """The id behind a target; somebody who was removed is still named by their own.

    Raises:
        NotFound: nobody, or nobody whom the actor may see.
    """
    try:
        return users.show(session, target).id
    except NotFound:
        number = users.find(session.store, target)
        if number is None or not audit.newest_of(session.store, number, "remove"):
            raise
        access.require(session, "history.view")
        return number


def _print_entry(entry: AuditEntry, zone: Zone) -> None:
    heading = f"{entry.seq}  {zone.written(entry.at)} {zone.zone.key}  {entry.actor}  {entry.verb}"
    if entry.target is not None:
        heading += f" {entry.target}"
    elif subject := subject_of(entry.changes):
        heading += f" {subject}"
    output.say(heading)
    if entry.reason:
        output.say("  " + _("reason: {why}").format(why=entry.reason))
    for line in output.changes_of(entry):
        output.say(f"  {line}")
