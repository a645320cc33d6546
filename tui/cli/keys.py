"""`usher keys`: the public keys of people, and what sshd asks about them."""

import os
import shlex
import sys
from pathlib import Path

import click

from store import keys
from store.checks.public_keys import LINE_MAX, blob_of, fingerprint_of
from store.errors import Refused
from store.session import Session, guest_of_process
from store.values import Key
from store.wording import _
from tui.cli import output, suggesting
from tui.cli.options import READS, WRITES, Noun, with_request
from tui.cli.output import Column
from tui.cli.request import Request, zone_of

STDIN = "-"
MISSING = _("Whose? Give an id, a login or an e-mail address.")

keys_noun = Noun(
    "keys",
    help=_("Public keys: list, add, remove, authorized."),
    example="usher keys add oksana id_ed25519.pub\nusher keys list oksana",
)


@keys_noun.command(
    "list",
    takes=READS,
    short_help=_("List the keys of one person."),
    help=_("List the public keys of one person; without WHO those of whoever acts."),
    example="usher keys list oksana",
)
@click.argument("who", metavar="[WHO]", required=False, shell_complete=suggesting.people)
@with_request
def list_keys(request: Request, who: str | None) -> None:
    with request.session() as session:
        found = keys.keys_of(session, _whose(session, who))
        if request.json:
            output.listing([key.as_json() for key in found], len(found))
        elif found:
            _print(found, zone_of(session))
        else:
            output.say(_("There are none yet. Add one with: usher keys add WHO FILE"))


@keys_noun.command(
    "add",
    takes=WRITES,
    short_help=_("Let a person in by a key."),
    help=_(
        "Give a person a public key: the line of a file that ends in .pub. Without FILE, or "
        "with -, it comes by stdin, behind the password; without WHO it is for whoever acts."
    ),
    example=(
        "usher keys add oksana id_ed25519.pub --reason 'new notebook'\n"
        "usher --as oksana keys add - < id_ed25519.pub"
    ),
)
@click.argument("who", metavar="[WHO]", required=False, shell_complete=suggesting.people)
@click.argument(
    "file",
    metavar="[FILE]",
    required=False,
    type=click.Path(path_type=Path, allow_dash=True),
)
@with_request
def add_key(request: Request, who: str | None, file: Path | None) -> None:
    if who == STDIN:
        who = None

    def tell(_session: Session, key: Key) -> None:
        if request.json:
            output.put_json(key.as_json())
        else:
            output.say(_("Added {it} for user {id}.").format(it=key.fingerprint, id=key.user))

    # The password comes before the key on stdin, so the line is read when somebody is signed in.
    request.act(lambda session: keys.add(session, _whose(session, who), _line(file)), tell)


@keys_noun.command(
    "remove",
    takes=WRITES,
    short_help=_("Let nobody in by a key any more."),
    help=_("Take a key away from whose it is; its fingerprint stands in: usher keys list"),
    example="usher keys remove SHA256:jXyc6p8mbpfPxjXHg2mSqbPCmjyhLpPQ8Vvf0fBZ7fI",
)
@click.argument("fingerprint", metavar="FINGERPRINT")
@with_request
def remove_key(request: Request, fingerprint: str) -> None:
    def tell(_session: Session, key: Key) -> None:
        if request.json:
            output.put_json(key.as_json())
        else:
            output.say(_("Removed {it} of user {id}.").format(it=key.fingerprint, id=key.user))

    request.act(lambda session: keys.remove(session, fingerprint), tell)


@keys_noun.command(
    "authorized",
    takes=("database",),
    short_help=_("Answer sshd's AuthorizedKeysCommand."),
    help=_(
        "Print the line with which sshd lets a key in, if it is somebody's who may come; nothing "
        "for all others. KEY is the fingerprint (%f), or the type and the key (%t %k)."
    ),
    example=(
        "usher keys authorized SHA256:jXyc6p8mbpfPxjXHg2mSqbPCmjyhLpPQ8Vvf0fBZ7fI\n"
        "usher keys authorized ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA=="
    ),
)
@click.argument("asked", metavar="KEY", nargs=-1, required=True)
@with_request
def authorized(request: Request, asked: tuple[str, ...]) -> None:
    fingerprint = _fingerprint(asked)
    if fingerprint is None:
        return
    store = request.look()
    key = keys.authorized(store, fingerprint)
    if key is not None and (len(asked) == 1 or asked[0] == key.kind):
        command = _quoted(_forced_command(request, fingerprint))
        output.say(f"restrict,pty,command={command} {key.kind} {key.encoded}")


def _print(found: tuple[Key, ...], zone: output.Zone) -> None:
    columns = [
        Column(_("type"), whole=True),
        Column(_("fingerprint"), whole=True),
        Column(_("comment")),
        Column(zone.named(_("added")), whole=True, spare=True),
        Column(zone.named(_("last used")), whole=True, spare=True),
    ]
    rows = (
        [
            key.kind,
            key.fingerprint,
            key.comment,
            zone.written(key.added),
            zone.written(key.last_used),
        ]
        for key in found
    )
    output.table(columns, rows)


def _whose(session: Session, who: str | None) -> int | str:
    if who is not None:
        return who
    if session.user is None:
        raise click.UsageError(MISSING)
    return session.user


def _line(file: Path | None) -> str:
    """What stands in the file, or comes by stdin.

    Raises:
        Refused: the file cannot be read, or is not the visitor's to name.
    """
    if file is None or str(file) == STDIN:
        if sys.stdin.isatty():
            output.complain(_("Paste the public key, and press enter:"))
            raw = sys.stdin.buffer.readline(LINE_MAX + 1)
        else:
            raw = sys.stdin.buffer.read(LINE_MAX + 1)
        return raw.decode("utf-8", "replace")
    if guest_of_process() is not None:
        raise Refused(_("Over SSH the key comes by stdin: give - for the file."))
    try:
        with file.open("rb") as stream:
            return stream.read(LINE_MAX + 1).decode("utf-8", "replace")
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or str(error)).lower()
        sentence = _("{path} cannot be read ({why}).").format(path=file, why=why)
        raise Refused(sentence, code="file_unreadable") from error


def _fingerprint(asked: tuple[str, ...]) -> str | None:
    """The fingerprint of what sshd asks about; None where that is no key."""
    if len(asked) == 1:
        return asked[0]
    blob = blob_of(asked[1]) if len(asked) == 2 else None
    return None if blob is None else fingerprint_of(blob)


def _forced_command(request: Request, fingerprint: str) -> str:
    """What sshd is to start: this program on this account, deaf to Python's variables."""
    words = [sys.executable, "-I", "-m", "tui"]
    database = request.given.get("database") or os.environ.get("USHER_DATABASE")
    if database:
        words += ["--database", database]
    words += ["ssh", "--key", fingerprint]
    folder = os.environ.get("USHER_DATA")
    if folder:
        words += ["--data", str(Path(folder).absolute())]
    # The account's shell starts it, and need not wait beside it.
    return f"exec {shlex.join(words)}"


def _quoted(command: str) -> str:
    """The command as sshd reads it between double quotes, in which it knows \\" alone.

    Raises:
        UsageError: it could be read in another way.
    """
    if not command.isprintable() or "\\" in command:
        raise click.UsageError(_("The address of the account holds signs that sshd cannot take."))
    escaped = command.replace('"', '\\"')
    return f'"{escaped}"'
