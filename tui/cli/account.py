"""`usher init`, `usher demo`, `usher migrate`: the account itself."""

import os
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import click

from store import account, faults, signin
from store.audit import adoption
from store.database import Store
from store.errors import Unavailable
from store.presence import has_account
from store.session import operator_session, origin_of_process
from store.upkeep import examples
from store.upkeep import migrate as migrations
from store.values import Door, Draft
from store.wording import _, ngettext
from tui.cli import output
from tui.cli.options import PLAIN, Verb, with_request
from tui.cli.request import Request, Screens, require_terminal

DEMO_USERS = 2000
DEMO_USERS_MAX = 100_000


@click.command(
    "init",
    cls=Verb,
    takes=(*PLAIN, "password_stdin", "dry_run"),
    short_help=_("Begin an account with its owner."),
    help=_("Begin an account with its owner, whose password comes by stdin or by a prompt."),
    example=(
        "usher init --account Acme --first Olga --last Bakum --email olga@acme.com.ua \\\n"
        "    --login olga --password-stdin < password.txt"
    ),
)
@click.option("--account", "name", required=True, metavar="NAME", help=_("Name of the account."))
@click.option("--first", "first_name", required=True, metavar="TEXT", help=_("Owner's first name."))
@click.option("--last", "last_name", required=True, metavar="TEXT", help=_("Owner's last name."))
@click.option("--email", required=True, metavar="TEXT", help=_("Owner's e-mail address."))
@click.option("--login", required=True, metavar="TEXT", help=_("Owner's login."))
@click.option(
    "--replace",
    is_flag=True,
    help=_("Create a new account in place of one that is lost."),
)
@with_request
def init(request: Request, /, name: str, replace: bool, **fields: Any) -> None:
    store, owner = request.store(create=True, replace=replace), Draft(**fields)
    password = request.passwords.next(_("Password of the owner"), twice=True)
    if request.dry_run:
        _preview(request, store, name, owner, password)
        return
    user = account.init(store, name, owner, password)
    if request.json:
        output.put_json(user.as_json())
    else:
        output.say(_("The account is ready, and {name} owns it.").format(name=user.full_name))
        output.say(_("Sign in with: usher"))


def _temporary_folder(prefix: str) -> tempfile.TemporaryDirectory[str]:
    """Create a folder that is deleted with its context.

    Raises:
        Unavailable: The folder cannot be created.
    """
    with faults.on_file(Path(os.environ.get("TMPDIR", "/tmp"))):  # noqa: S108  (to name it only)
        return tempfile.TemporaryDirectory(prefix=prefix)


def _preview(request: Request, store: Store, name: str, owner: Draft, password: str) -> None:
    """Print what `init` would write, using an account in a temporary folder."""
    account.require_none(store)
    with _temporary_folder("usher-init-") as folder:
        other = request.open_store(f"sqlite:///{folder}/usher.db", create=True)
        migrations.create(other)
        with closing(other):
            with other.rehearse(operator_session(other)) as preview:
                account.init(other, name, owner, password)
            output.rehearsal(preview.result, as_json=request.json)


@click.command(
    "demo",
    cls=Verb,
    takes=("no_color",),
    short_help=_("Look around in a throw-away account."),
    help=_("Open the screens on a throw-away account with example people, signed in as owner."),
    example="usher demo --users 500",
)
@click.option(
    "--users",
    type=click.IntRange(1, DEMO_USERS_MAX),
    metavar="N",
    default=DEMO_USERS,
    show_default=True,
    help=_("How many people."),
)
@with_request
def demo(request: Request, users: int) -> Screens:
    require_terminal(os.environ)
    with ExitStack() as leave:
        folder = leave.enter_context(_temporary_folder("usher-demo-"))
        store = request.open_store(f"sqlite:///{folder}/usher.db", create=True)
        leave.callback(store.close)
        examples.fill(store, users)
        came_in = signin.sign_in(
            store, examples.OWNER.login, examples.PASSWORD, Door.USHER, origin_of_process()
        )
        output.say(
            _("A throw-away account. Everybody's password is: {it}").format(it=examples.PASSWORD)
        )
        return Screens(store, came_in.session, request.depth, leave.pop_all())


@click.command(
    "migrate",
    cls=Verb,
    takes=(*PLAIN, "dry_run"),
    short_help=_("Bring the database up to date."),
    help=_("Bring the database to this program's version; a SQLite database is copied before."),
    example="usher migrate --dry-run",
)
@click.pass_context
@with_request
def migrate(request: Request, ctx: click.Context) -> None:
    store = request.store(migrating=True)
    # Find out before the database is created, because the address may be mistyped.
    account_is_there = has_account(store)
    scripts = migrations.pending(store) if request.dry_run else migrations.migrate(store)
    problem = "" if request.dry_run else adoption.key_problem(store)
    if request.json:
        word = "pending" if request.dry_run else "applied"
        found: dict[str, Any] = {
            "dry_run": request.dry_run,
            word: scripts,
            "has_account": account_is_there,
        }
        if problem:
            found["error"] = {"code": "server_key", "message": problem}
        output.put_json(found)
    else:
        _say_what_ran(request, scripts)
        if problem:
            output.complain(problem)
        if not account_is_there:
            output.say(
                _("There is no account at {where}. Create one: usher init").format(
                    where=store.where
                )
            )
    if problem:
        ctx.exit(Unavailable.exit_code)


def _say_what_ran(request: Request, scripts: list[str]) -> None:
    count = len(scripts)
    if not scripts:
        output.say(_("The database is of this program's version; nothing to do."))
    elif request.dry_run:
        output.say(
            ngettext("{n} script is pending:", "{n} scripts are pending:", count).format(n=count)
        )
    else:
        output.say(ngettext("{n} script was run:", "{n} scripts were run:", count).format(n=count))
    for script in scripts:
        output.say(f"  {script}")
