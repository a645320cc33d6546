"""`usher doctor key` and `usher doctor history`: check the key and the history."""

import click

from store import audit
from store.audit import adoption
from store.errors import Refused
from store.wording import _
from tui import history_words
from tui.cli import output
from tui.cli.doctor import doctor_noun
from tui.cli.options import PLAIN, with_request
from tui.cli.request import Request


@doctor_noun.command(
    "key",
    takes=PLAIN,
    short_help=_("Check that server.key is the key of the account."),
    help=_(
        "Check that server.key in the data folder is the key of this account, which protects"
        " one-time codes and the history. Exit code 3 if it is missing or wrong."
    ),
    example="usher doctor key\nusher doctor key --json",
)
@click.pass_context
@with_request
def check_key(request: Request, ctx: click.Context) -> None:
    request.any_key = True
    store = request.store()
    problem = adoption.key_problem(store)
    path = store.folder.key_path
    if request.json:
        output.put_json({"ok": not problem, "path": str(path), "message": problem or None})
    else:
        output.say(problem or _("{path} is the key of this account.").format(path=path))
    if problem:
        ctx.exit(Refused.exit_code)


@doctor_noun.command(
    "history",
    takes=PLAIN,
    short_help=_("Check the history."),
    help=_("Check that the history is intact, like “audit verify”. Exit code 3 if it is not."),
    example="usher doctor history",
)
@click.pass_context
@with_request
def check_history(request: Request, ctx: click.Context) -> None:
    request.any_key = True
    store = request.store()
    verdict = audit.examine(store)
    if request.json:
        output.put_json({"ok": verdict.damage is None, **verdict.as_json()})
    else:
        for line in history_words.lines_of(store, verdict):
            output.say(line)
    if verdict.damage is not None:
        ctx.exit(Refused.exit_code)
