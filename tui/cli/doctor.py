"""`usher doctor`: whether the machine around Usher is as it should be."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import click

from store.errors import Refused
from store.upkeep import clock, sshd
from store.upkeep.sshd import Check
from store.wording import _, ngettext
from tui.cli import output
from tui.cli.options import PLAIN, Noun, with_request
from tui.cli.output import Column
from tui.cli.request import Request
from tui.signs import SIGNS

PLACES = "/usr/sbin:/sbin:/usr/local/sbin:/usr/local/bin"
"""Where sshd is where PATH does not say so."""
PATIENCE = 20.0


@click.group(
    "doctor",
    cls=Noun,
    invoke_without_command=True,
    takes=PLAIN,
    help=_(
        "Check the host and the account: ssh, clock, files, settings, logins, tables, key, history."
    ),
    example="usher doctor\nusher doctor ssh\nusher doctor clock",
    later={
        "files": "tui.cli.doctor_files:check_files",
        "ssh": "tui.cli.doctor:ssh",
        "clock": "tui.cli.doctor:check_clock",
        "settings": "tui.cli.doctor_settings:check_settings",
        "logins": "tui.cli.doctor_logins:check_logins",
        "key": "tui.cli.doctor_history:check_key",
        "history": "tui.cli.doctor_history:check_history",
        "tables": "tui.cli.doctor_tables:check_tables",
    },
)
@click.pass_context
@with_request
def doctor_noun(request: Request, ctx: click.Context) -> None:
    """Run every check if none was named."""
    if ctx.invoked_subcommand is None:
        from tui.cli.doctor_all import check_all  # noqa: PLC0415  (one check needs none of it)

        check_all(ctx, doctor_noun, request)


@doctor_noun.command(
    "ssh",
    takes=("json",),
    short_help=_("Check sshd's configuration."),
    help=_(
        "Check whether sshd gives those who come as an account Usher and nothing else: each "
        "line of docs/ssh.md. Asking sshd takes root; exit code 3 if something is to be mended."
    ),
    example=(
        "usher doctor ssh --user people\nusher doctor ssh --config - --json < printed-by-sshd-T.txt"
    ),
)
@click.option(
    "--user",
    metavar="NAME",
    default="people",
    show_default=True,
    help=_("The account of this host as which people come."),
)
@click.option(
    "--config",
    type=click.File("r", encoding="utf-8", errors="replace"),
    metavar="FILE",
    help=_("What “sshd -T” has printed, - for stdin; else sshd is asked."),
)
@click.pass_context
@with_request
def ssh(request: Request, ctx: click.Context, user: str, config: TextIO | None) -> None:
    found = sshd.checks(config.read() if config else _asked(user), user)
    wrong = [check for check in found if not check.ok]
    if request.json:
        items = [check.as_json() for check in found]
        output.put_json({"ok": not wrong, "user": user, "items": items})
    else:
        _print(found, wrong)
    if wrong:
        ctx.exit(Refused.exit_code)


@doctor_noun.command(
    "clock",
    takes=(*PLAIN, "reason"),
    short_help=_("Check the clock against the history."),
    help=_(
        "Check whether an entry of the history is more than a day ahead of this host's clock. If "
        "so, exit code 3: a clock is or was wrong, here or on another host. Use --accept if this "
        "clock is right. Times that are ahead of it are then set to now."
    ),
    example="usher doctor clock\nusher doctor clock --accept --reason 'NTP was off'",
)
@click.option("--accept", is_flag=True, help=_("Go by the clock from now on."))
@click.pass_context
@with_request
def check_clock(request: Request, ctx: click.Context, accept: bool) -> None:
    store = request.store()
    if accept:
        with request.session() as session:
            clock.accept(session)
    behind = clock.behind(store)
    wrong = behind > clock.TOLERATED
    if request.json:
        output.put_json({"ok": not wrong, "behind_seconds": int(behind.total_seconds())})
    elif wrong:
        output.say(clock.sentence(behind))
    else:
        output.say(_("The clock agrees with the history."))
    if wrong:
        ctx.exit(Refused.exit_code)


def _print(found: Sequence[Check], wrong: Sequence[Check]) -> None:
    columns = [
        Column("", whole=True),
        Column(_("setting"), whole=True),
        Column(_("is")),
        Column(_("should be")),
    ]
    good, bad = f"{SIGNS.done} {_('good')}", f"{SIGNS.error} {_('mend')}"
    output.table(
        columns,
        ([good if one.ok else bad, one.setting, one.value, one.wanted] for one in found),
    )
    if not wrong:
        output.say(_("Whoever comes gets Usher, and nothing else."))
        return
    count = len(wrong)
    output.say(ngettext("{n} line is to be mended:", "{n} lines are to be mended:", count)
               .format(n=count))  # fmt: skip
    for one in wrong:
        output.say(f"  {one.setting} {one.wanted}", f"      {one.why}")


def _asked(user: str) -> str:
    """What sshd says of its configuration for this account.

    Raises:
        Refused: there is no sshd, or it does not say.
    """
    program = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:{PLACES}")
    if program is None:
        raise Refused(
            _("There is no sshd on this machine. Install OpenSSH's server, or run this there."),
            code="sshd_missing",
        )
    words = [
        str(Path(program).absolute()),
        "-T",
        "-C",
        f"user={user},host=localhost,addr=127.0.0.1",
    ]
    try:
        answer = subprocess.run(  # noqa: S603  (sshd's own name for the account, and no shell)
            words, capture_output=True, text=True, errors="replace", timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Refused(
            _("{program} could not be run.").format(program=program), code="sshd_silent"
        ) from error
    if answer.returncode:
        why = (answer.stderr.strip().splitlines() or [""])[-1]
        hint = _("It answers root alone: sudo {program} doctor ssh") if os.geteuid() else ""
        sentence = _("sshd does not say how it is configured ({why}).").format(why=why)
        raise Refused(f"{sentence} {hint.format(program=sys.argv[0])}".rstrip(), code="sshd_silent")
    return answer.stdout
