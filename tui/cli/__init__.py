"""The command `usher` without a screen: a noun a module, one way of answering for all.

`run` says what is wanted: an exit code when the work is done, or `Screens`. Never imports textual.
"""

import os
from collections.abc import Sequence

import click

from store.wording import _
from tui.cli import output
from tui.cli.options import around, with_request
from tui.cli.program import Usher
from tui.cli.request import Request, Screens, require_terminal

SECTIONS = {
    _("People"): {
        "users": "tui.cli.users:users_noun",
        "invitations": "tui.cli.invitations:invitations_noun",
        "teams": "tui.cli.groups:teams_noun",
        "sub-accounts": "tui.cli.groups:sub_accounts_noun",
        "roles": "tui.cli.roles:roles_noun",
        "access": "tui.cli.access:access_noun",
        "records": "tui.cli.records:records_noun",
        "employees": "tui.cli.employees:employees_noun",
        "import": "tui.cli.exchange:import_file",
        "export": "tui.cli.export:export_file",
    },
    _("Coming in"): {
        "sign-in": "tui.cli.sign_in:sign_in",
        "accept": "tui.cli.accepting:accept",
        "forgot": "tui.cli.forgotten:forgot",
        "reset": "tui.cli.forgotten:reset",
        "confirm-email": "tui.cli.confirming:confirm_email",
        "keys": "tui.cli.keys:keys_noun",
        "ssh": "tui.cli.ssh:ssh",
    },
    _("The account"): {
        "init": "tui.cli.account:init",
        "demo": "tui.cli.account:demo",
        "owner": "tui.cli.owner:owner_noun",
        "mail": "tui.cli.mail:mail_noun",
        "settings": "tui.cli.settings:settings_noun",
        "audit": "tui.cli.history:audit_noun",
        "undo": "tui.cli.undo:undo",
        "migrate": "tui.cli.account:migrate",
        "maintain": "tui.cli.maintain:maintain",
        "doctor": "tui.cli.doctor:doctor_noun",
    },
    _("This program"): {
        "completion": "tui.cli.completion:completion",
    },
}
"""The nouns as `usher --help` shows them, and where each is found."""


@click.group(
    "usher",
    cls=Usher,
    sections=SECTIONS,
    invoke_without_command=True,
    subcommand_metavar="NOUN [VERB] …",
    help=_(
        "Manage the people of a business platform. Without a noun it opens the screens; "
        "without --as it acts as the operator of this host. NOUN --help and NOUN VERB --help "
        "tell more."
    ),
    example=(
        "usher\n"
        "usher users list --search oksana\n"
        "usher --as olga users edit oksana --phone +380671234567"
    ),
    epilog=_(
        "Exit: 0 done, 2 usage, 3 refused by a rule, 4 not allowed, 5 not found, 6 conflict, "
        "7 database unavailable, 8 partly done."
    ),
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda ctx, _param, wanted: _print_version(ctx) if wanted else None,
    help=_("Print the version."),
)
@click.pass_context
@with_request
def usher(request: Request, ctx: click.Context) -> Screens | None:
    """Open the screens where no noun was given."""
    if ctx.invoked_subcommand is not None:
        return None
    allowed = {"no_color"} if request.guest else {"database", "no_color"}
    for name in sorted(set(request.given) - allowed):
        flag = f"--{name.replace('_', '-')}"
        raise click.UsageError(
            _("{flag} belongs to a command; see: usher --help").format(flag=flag)
        )
    require_terminal(os.environ)
    return Screens(request.store(create=request.guest is None), depth=request.depth)


around(usher)


def run(args: Sequence[str] | None = None, request: Request | None = None) -> int | Screens:
    """Do what the words say; the exit code, or the screens that are wanted."""
    return usher.main(args, standalone_mode=False, obj=request)


def _print_version(ctx: click.Context) -> None:
    if ctx.resilient_parsing:
        return
    from importlib import metadata  # noqa: PLC0415  (slow, and hardly ever asked for)

    try:
        output.say(f"usher {metadata.version('usher')}")
    except metadata.PackageNotFoundError:
        output.say(_("usher, from a checkout that is not installed"))
    ctx.exit()
