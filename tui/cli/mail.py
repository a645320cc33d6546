"""`usher mail`: the outbox, where it goes, and writing to people."""

import click

from store.mail import letters
from store.values import Letter
from store.wording import _
from tui.cli import cursor, output
from tui.cli.options import READS, Noun, with_request
from tui.cli.output import Column, Zone
from tui.cli.request import Request, zone_of

LIMIT_MAX = 100_000

mail_noun = Noun(
    "mail",
    help=_("Letters: list."),
    example="usher mail list --state parked",
)


def letter_number(word: str) -> int | None:
    """The number of a letter, if the word can be one."""
    plain = word.isascii() and word.isdigit() and len(word) <= 10
    return int(word) if plain and 0 < int(word) <= cursor.ID_MAX else None


@mail_noun.command(
    "list",
    takes=READS,
    short_help=_("List the letters of the letters."),
    help=_(
        "List the letters of the outbox, the newest first, with what became of each: queued, "
        "sending, sent, or parked with the reason."
    ),
    example="usher mail list --state parked",
)
@click.option(
    "--state",
    type=click.Choice(letters.STATES),
    help=_("Only the letters in this state."),
)
@cursor.paged(LIMIT_MAX, letter_number)
@with_request
def list_letters(request: Request, state: str | None, limit: int, after: int | None) -> None:
    with request.session() as session:
        # One more than is shown says whether anything is left.
        found = letters.listed(session, state, limit + 1, before=after)
        following = found[limit - 1].id if len(found) > limit else None
        found, total = found[:limit], letters.count(session, state)
        if request.json:
            word = str(following) if following else None
            output.listing([letter.as_json() for letter in found], total, word)
            return
        if found:
            _print(found, zone_of(session))
        output.say(_("{shown} of {total}").format(shown=len(found), total=total))
        if following:
            output.say(_("More: --after {place}").format(place=following))


def _print(found: list[Letter], zone: Zone) -> None:
    columns = [
        Column(_("id"), right=True),
        Column(_("state"), whole=True),
        Column(_("kind"), whole=True),
        Column(_("to")),
        Column(zone.named(_("created")), whole=True, spare=True),
        Column(_("error"), spare=True),
    ]
    rows = (
        [
            str(one.id), one.state, one.kind, one.to, zone.written(one.created),
            one.error,
        ]
        for one in found
    )  # fmt: skip
    output.table(columns, rows)
