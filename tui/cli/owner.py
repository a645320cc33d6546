"""`usher owner`: whose the account is, giving it away, and claiming it from an absent owner."""

from functools import partial

import click

from store.ownership import owner
from store.ownership.absence import cancel, cancel_absence, declare_absent
from store.ownership.claiming import claim
from store.ownership.transferring import transfer
from store.session import Session, origin_of_process
from store.values import Ownership
from store.wording import _
from tui import ownership
from tui.cli import output, suggesting
from tui.cli.forgotten import STDIN
from tui.cli.options import READS, WRITES, Noun, with_request
from tui.cli.request import Request, zone_of

owner_noun = Noun(
    "owner",
    help=_("Ownership of the account: show, transfer, declare-absent, keep, claim."),
    example='usher owner show\nusher owner declare-absent --as anna --reason "moved away"',
)

account_option = click.option(
    "--account", required=True, metavar="NAME", help=_("The name of the account, as it stands.")
)


@owner_noun.command(
    "show",
    takes=READS,
    short_help=_("Show who owns the account."),
    help=_("Show who owns the account, whether they are absent, and when it may be claimed."),
    example="usher owner show --json",
)
@with_request
def show_owner(request: Request) -> None:
    with request.session() as session:
        _tell(request, "", session, owner.show(session))


@owner_noun.command(
    "transfer",
    takes=WRITES,
    short_help=_("Give the account to another admin."),
    help=_(
        "Give the account to an active admin, who can sign in; whoever owned it stays an admin. "
        "Only the owner does, and the host with a reason. Both get a letter."
    ),
    example='usher owner transfer anna --account "Acme" --as olga',
)
@click.argument("who", metavar="WHO", shell_complete=suggesting.people)
@account_option
@with_request
def transfer_account(request: Request, who: str, account: str) -> None:
    request.act(
        lambda session: transfer(session, who, account),
        partial(_tell, request, _("{name} (user {id}) owns {account} now.")),
    )


@owner_noun.command(
    "declare-absent",
    takes=WRITES,
    short_help=_("Declare the owner absent."),
    help=_(
        "Declare the owner absent, with a reason that they read in a letter. Unless they come or "
        "take it back by its code, any admin may claim the account after "
        "ownership.claim_delay_hours."
    ),
    example='usher owner declare-absent --reason "moved and changes his unit"',
)
@with_request
def declare_owner_absent(request: Request) -> None:
    request.act(
        declare_absent, partial(_tell, request, _("{name} (user {id}) is declared absent."))
    )


@owner_noun.command(
    "keep",
    takes=WRITES,
    short_help=_("Take back that the owner is absent."),
    help=_(
        "Take back that the owner is absent: as the owner, as whoever declared it, or, signed in "
        "nowhere, with the CODE of the letter. With - the code comes by stdin or by a prompt."
    ),
    example="usher owner keep ab3de-fgh4j-klmn5-pqrst-uvwxyz\nusher owner keep --as anna",
)
@click.argument("code", metavar="[CODE]", required=False)
@with_request
def keep_account(request: Request, code: str | None) -> None:
    sentence = _("{name} (user {id}) owns {account}, and is not declared absent.")
    if code is None:
        request.act(cancel, partial(_tell, request, sentence))
        return
    if request.login is not None or request.dry_run:
        raise click.UsageError(_("A code is used by itself: no --as, no --dry-run."))
    store = request.store()
    if code == STDIN:
        code = request.passwords.next(_("Code of the letter"))
    user = cancel_absence(store, code, origin_of_process())
    if request.json:
        output.put_json(user.as_json())
    else:
        output.say(_("You are not absent any more. Sign in as {login}.").format(login=user.login))


@owner_noun.command(
    "claim",
    takes=WRITES,
    short_help=_("Claim the account of an absent owner."),
    help=_(
        "Become the owner in place of one who has not been here for lockout.idle_days, or was "
        "declared absent long enough ago. They stay an admin, or are deactivated. Both get a "
        "letter."
    ),
    example='usher owner claim --account "Acme" --deactivate-old --transfer-to anna --as anna',
)
@account_option
@click.option("--deactivate-old", is_flag=True, help=_("Also deactivate who owned it."))
@click.option(
    "--transfer-to",
    metavar="WHO",
    help=_("Who gets what the deactivated one owns."),
    shell_complete=suggesting.people,
)
@with_request
def claim_account(
    request: Request, account: str, deactivate_old: bool, transfer_to: str | None
) -> None:
    if transfer_to is not None and not deactivate_old:
        raise click.UsageError(_("--transfer-to goes with --deactivate-old."))
    request.act(
        lambda session: claim(
            session, account, deactivate_old=deactivate_old, transfer_to=transfer_to
        ),
        partial(_tell, request, _("{name} (user {id}) owns {account} now.")),
    )


def _tell(request: Request, sentence: str, session: Session, found: Ownership) -> None:
    if request.json:
        output.put_json(found.as_json())
        return
    zone = zone_of(session)
    if sentence:
        output.say(sentence.format(name=found.name, id=found.id, account=found.account))
    else:
        output.details(ownership.facts(found, zone.written))
    output.say(ownership.verdict(found, lambda moment: f"{zone.written(moment)} ({zone.zone.key})"))
