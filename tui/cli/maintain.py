"""`usher maintain`: what is due every day."""

import click

from store.database import Store
from store.leaving import standing
from store.session import operator_session
from store.upkeep import maintain as upkeep
from store.wording import _, ngettext
from tui import history_words
from tui.cli import output
from tui.cli.options import PLAIN, Verb, with_request
from tui.cli.request import Request
from tui.exits import FAILED


@click.command(
    "maintain",
    cls=Verb,
    takes=(*PLAIN, "dry_run"),
    short_help=_("Do what is due every day."),
    help=_(
        "Queue the letters before passwords expire, go on with hand-overs that were interrupted, "
        "and take away codes and sessions that ended 90 days ago, and letters as old as "
        "mail.keep_days says; take what is left of removed people out of the database files. Check "
        "the history; exit code 1 if it is damaged. Let cron or a timer run it daily. You can run "
        "it twice."
    ),
    example="usher maintain --json",
)
@click.pass_context
@with_request
def maintain(request: Request, ctx: click.Context) -> None:
    store = request.store()
    if request.dry_run:
        with store.rehearse(operator_session(store)) as preview:
            upkeep.maintain(store)
        output.rehearsal(preview.result, as_json=request.json)
        return
    done = upkeep.maintain(store)
    if request.json:
        output.put_json(done.as_json())
    else:
        _print(store, done)
    if done.damage:
        ctx.exit(FAILED)


def _print(store: Store, done: upkeep.Maintained) -> None:
    letters, rows = done.reminded, done.codes + done.letters + done.sessions + done.sources
    output.say(
        ngettext(
            "{n} letter about an expiring password is queued.",
            "{n} letters about expiring passwords are queued.",
            letters,
        ).format(n=letters)
    )
    output.say(
        ngettext("{n} old row was taken away.", "{n} old rows were taken away.", rows).format(
            n=rows
        )
    )
    if done.handed:
        words = ngettext(
            "{n} record was handed over.", "{n} records were handed over.", done.handed
        )
        output.say(words.format(n=done.handed))
    for one in standing.pending(store):
        output.say(_("What user {id} owns: {told}").format(id=one.user, told=standing.told(one)))
    if done.erased:
        output.say(
            ngettext(
                "What was left of {n} removed person is erased from the files.",
                "What was left of {n} removed people is erased from the files.",
                done.erased,
            ).format(n=done.erased)
        )
    if done.damage:
        output.say(history_words.damage_sentence(store, done.damage.what, done.damage.seq))
        output.say(history_words.ACCEPT)
