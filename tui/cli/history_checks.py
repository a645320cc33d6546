"""`usher audit verify`, `accept`, `rekey`: check the history, and continue after damage."""

import click

from store import access, audit
from store.audit import sealing
from store.session import Session
from store.wording import _, ngettext
from tui import history_words
from tui.cli import output
from tui.cli.history import audit_noun
from tui.cli.options import PLAIN, READS, with_request
from tui.cli.request import Request
from tui.exits import FAILED


@audit_noun.command(
    "verify",
    takes=READS,
    short_help=_("Check that the history is intact."),
    help=_(
        "Check that no entry was changed, deleted or cut off, and that no values are missing except"
        " for removed users. Exit code 1 if there is damage that is not accepted."
    ),
    example="usher audit verify --json",
)
@click.pass_context
@with_request
def verify(request: Request, ctx: click.Context) -> None:
    with request.session() as session:
        access.require(session, "history.view")
        verdict = audit.examine(session.store)
        if request.json:
            output.put_json(verdict.as_json())
        else:
            for line in history_words.lines_of(session.store, verdict):
                output.say(line)
    if verdict.damage is not None:
        ctx.exit(FAILED)


@audit_noun.command(
    "accept",
    takes=(*PLAIN, "dry_run", "reason"),
    short_help=_("Accept damage to the history, with a reason."),
    help=_(
        "Accept damage to the history, for example after you restored a backup. An entry records"
        " the damage and your reason. All entries stay as they are, and later changes to them are"
        " detected."
    ),
    example="usher audit accept --reason 'Restored the backup of 3 May, ticket 4711'",
)
@with_request
def accept(request: Request) -> None:
    def tell(session: Session, damage: audit.Damage) -> None:
        if request.json:
            output.put_json({"accepted": {"seq": damage.seq, "what": damage.what}})
            return
        output.say(history_words.damage_sentence(session.store, damage.what, damage.seq))
        output.say(_("Accepted this damage and recorded it in the history."))

    request.act(sealing.accept, tell)


@audit_noun.command(
    "rekey",
    takes=(*PLAIN, "dry_run", "reason"),
    short_help=_("Continue with a new server.key after a loss."),
    help=_(
        "Continue with another server.key after the key of the account is lost. Uses the key in the"
        " data folder, or creates one. Ends all open one-time codes. Earlier entries can then be"
        " checked only for changes made from now on. First look for the lost key on other hosts and"
        " in backups (see docs/second-host.md)."
    ),
    example="usher audit rekey --reason 'The disk of the old host failed, no backup of the key'",
)
@with_request
def rekey(request: Request) -> None:
    request.any_key = True

    def tell(session: Session, ended: int) -> None:
        if request.json:
            output.put_json({"key": str(session.store.folder.key_path), "codes_ended": ended})
            return
        path = session.store.folder.key_path
        output.say(_("The account continues with {path}. Back it up now.").format(path=path))
        output.say(
            ngettext(
                "{n} open one-time code was ended.", "{n} open one-time codes were ended.", ended
            ).format(n=ended)
        )
        if ended:
            output.say(_("Send the invitations again: usher invitations resend WHO"))

    request.act(sealing.rekey, tell)
