"""`usher ssh`: what sshd starts for whoever comes over a line, and all that they get.

Nobody at the other end acts as the operator, reaches a shell, or switches anything by a variable
that their client sends. With a key of the store they are that person, without one nobody yet.
"""

import os
import stat
import sys
from pathlib import Path

import click

from store import faults, settings
from store.checks.public_keys import blob_of, fingerprint_of
from store.database import Store
from store.errors import NotAllowed
from store.session import Guest, came_by_ssh, client_address
from store.users.read import by_fingerprint, load
from store.wording import _
from tui.cli import words
from tui.cli.options import Verb, with_request
from tui.cli.program import Usher
from tui.cli.request import Request, Screens

KEPT = frozenset(
    {
        "COLORTERM", "HOME", "LANG", "LANGUAGE", "LOGNAME", "NO_COLOR", "PATH", "SHELL",
        "SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY", "TERM", "TZ", "USER",
    }
)  # fmt: skip
"""Variables that stay. All others may have come from the client, and may mean something to
Python, to Textual, to PostgreSQL's library or to Usher itself."""

AUTH_BYTES = 65_536


@click.command(
    "ssh",
    cls=Verb,
    takes=("database",),
    short_help=_("Serve somebody who comes over SSH."),
    help=_(
        "What sshd starts as a forced command: it opens the screens, or runs the command that "
        "came over the line with the rights of whoever came; see docs/ssh.md."
    ),
    example="usher ssh --key SHA256:jXyc6p8mbpfPxjXHg2mSqbPCmjyhLpPQ8Vvf0fBZ7fI",
)
@click.option("--key", default="", metavar="FINGERPRINT", help=_("The key that sshd has verified."))
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help=_("The data folder; USHER_DATA does not count here."),
)
@click.pass_context
@with_request
def ssh(request: Request, ctx: click.Context, key: str, data: Path | None) -> int | Screens:
    if not sys.flags.isolated:
        # Python has obeyed its variables by now, to end as a prompt for one, so it begins anew.
        os.execv(sys.executable, [sys.executable, "-I", "-m", "tui", *sys.argv[1:]])  # noqa: S606
    line, proved = os.environ.get("SSH_ORIGINAL_COMMAND", ""), os.environ.get("SSH_USER_AUTH")
    address = client_address()
    clean_environment(data)
    if not address:
        raise click.UsageError(_("This is what sshd starts for whoever comes; see docs/ssh.md."))
    # Before anything is opened: from here on nothing is done as the operator.
    came_by_ssh(Guest(address))
    if key and proved is not None and key not in proved_keys(Path(proved)):
        raise NotAllowed(_("The key that was used is not the one that this line was made for."))
    store = request.store()
    guest = _guest(store, address, key)
    came_by_ssh(guest)
    with faults.on_file(store.folder.files):
        store.folder.files.mkdir(mode=0o700, exist_ok=True)
        os.chdir(store.folder.files)
    asked = words.split(line)
    if asked[:1] == ["usher"]:
        del asked[0]
    inner = Request(
        open_store=lambda *_url, **_how: store,
        terminal=request.terminal,
        guest=guest,
        key_is_enough=settings.load(store).ssh_key_is_enough,
    )
    program = ctx.find_root().command
    assert isinstance(program, Usher)  # noqa: S101  (what else could this be a command of)
    return program.main(asked, standalone_mode=False, obj=inner)


def clean_environment(data: Path | None) -> None:
    """Take out of the environment whatever the client may have put in."""
    for name in list(os.environ):
        if name not in KEPT and not name.startswith("LC_"):
            del os.environ[name]
    if data is not None:
        os.environ["USHER_DATA"] = str(data)


def proved_keys(path: Path) -> set[str]:
    """The fingerprints of the keys that sshd writes down with `ExposeAuthInfo`.

    What cannot be read proves nothing.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, encoding="ascii", errors="replace") as stream:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return set()
            lines = stream.read(AUTH_BYTES).splitlines()
    except (OSError, ValueError):
        return set()
    found = (line.split() for line in lines)
    blobs = (blob_of(one[2]) for one in found if len(one) == 3 and one[0] == "publickey")
    return {fingerprint_of(blob) for blob in blobs if blob}


def _guest(store: Store, address: str, key: str) -> Guest:
    """Whom the key belongs to; without a key nobody is known.

    Raises:
        NotAllowed: it is nobody's any more.
    """
    if not key:
        return Guest(address)
    number = by_fingerprint(store, key)
    if number is None:
        raise NotAllowed(_("This key is nobody's any more. Ask an administrator."))
    return Guest(address, key, number, load(store, [number])[0].login)
