"""`usher users block` and its like: moving one person, or many, from where they stand.

Among them those who were invited, and have yet to come.
"""

import click

from store.users import acts, many, telling
from store.users.acts import Done
from store.wording import _
from tui.cli import ledger, output, suggesting
from tui.cli.options import WRITES, Verb, with_request
from tui.cli.request import Request
from tui.consequences import for_commands

SENTENCES = {
    "confirm": _("{name} (user {id}) is confirmed."),
    "block": _("{name} (user {id}) is blocked."),
    "unblock": _("{name} (user {id}) is not blocked any more, but {status}."),
    "unlock": _("{name} (user {id}) is not locked any more."),
    "deactivate": _("{name} (user {id}) is inactive."),
    "restore": _("{name} (user {id}) is back: {status}."),
    "remove": _("User {id} is removed. Login and address are free."),
    "send_confirmation": _("A letter by which {name} (user {id}) confirms the address is queued."),
    "release": _("{name} (user {id}) has no e-mail address any more: it is free."),
    "resend": _("{name} (user {id}) is invited again: the letter is queued."),
    "revoke": _("{name} (user {id}) is not invited any more. Login and address are free."),
}
"""What somebody is told who did it to one person."""

MANY = _("Of several it prints a line each, and ends with 8 where some were refused.")


def _verb(verb: str, short: str, more: str, example: str) -> Verb:
    """A command that does this verb to everybody named."""

    @click.command(
        verb.replace("_", "-"),
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
                lambda _session, done: tell(request, done),
                lambda done, _preview: _further(done),
            )
        else:
            ledger.do_all(
                request,
                ctx,
                lambda session, **how: many.act(session, verb, whom, **how),
            )

    return command


def tell(request: Request, done: Done) -> None:
    """What was done to one person."""
    if request.json:
        output.put_json(done.user.as_json())
        return
    user = done.user
    output.say(
        SENTENCES[done.verb].format(
            name=user.full_name or user.login, id=user.id, status=_(str(user.status))
        )
    )
    for line in _further(done):
        output.say(line)


def _further(done: Done) -> tuple[str, ...]:
    """Return what else the action did or would do, and what to do next."""
    more = telling.particulars(done)
    return tuple(f"  {line}" for line in (more, *for_commands(done)) if line)


confirm_users = _verb(
    "confirm",
    _("Confirm people, so that they may come in."),
    _("Let people come in whom no letter has confirmed."),
    "usher users confirm oksana",
)
send_confirmation = _verb(
    "send_confirmation",
    _("Send letters by which addresses are confirmed."),
    _(
        "Send people a letter whose code confirms their e-mail address. One that was confirmed "
        "before needs none; the code before it dies."
    ),
    "usher users send-confirmation oksana\nusher users send-confirmation 17 18 19",
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
restore_users = _verb(
    "restore",
    _("Bring inactive people back."),
    _("Bring inactive people back: active, or pending where they never came. Locks are lifted."),
    "usher users restore oksana",
)
release_users = _verb(
    "release",
    _("Free the e-mail address of somebody inactive."),
    _("Free the e-mail addresses of inactive people for others; the old ones stay in the history."),
    "usher users release oksana@acme.com.ua",
)
resend_invitations = _verb(
    "resend",
    _("Invite people again who have not come."),
    _("Send pending people an invitation that lasts anew; the code of the one before is dead."),
    "usher invitations resend lesia@acme.com.ua",
)
revoke_invitations = _verb(
    "revoke",
    _("Take invitations back."),
    _("Delete pending people, who never came. Login and address are free at once."),
    "usher invitations revoke lesia@acme.com.ua --dry-run",
)
