"""`usher doctor` without a check name: run every check."""

import io
import json
import pwd
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout

import click

from store.errors import Refused
from store.wording import _
from tui.cli import output
from tui.cli.options import Noun
from tui.cli.request import Request

NOT_ASKED = frozenset({"sshd_missing", "sshd_silent"})
"""Why sshd cannot be checked here: it is not installed, or answers only root."""


def check_all(ctx: click.Context, noun: Noun, request: Request) -> None:
    """Run every check of `usher doctor`; exit code 3 if one finds something.

    Raises:
        Unavailable: The account cannot be opened.
    """
    # A missing or wrong key is one of the findings.
    request.any_key = True
    found = dict(_found(ctx, noun, request))
    wrong = [word for word, (code, _answer) in found.items() if code]
    if request.json:
        checks = {word: json.loads(answer) for word, (_code, answer) in found.items()}
        output.put_json({"ok": not wrong, "checks": checks})
    else:
        for word, (_code, answer) in found.items():
            output.say(f"{word}:")
            for line in answer.splitlines():
                output.say(f"  {line}")
    if wrong:
        ctx.exit(Refused.exit_code)


def _found(
    ctx: click.Context, noun: Noun, request: Request
) -> Iterator[tuple[str, tuple[int, str]]]:
    for word in noun.list_commands(ctx):
        command = noun.get_command(ctx, word)
        if command is None:
            continue
        printed = io.StringIO()
        with redirect_stdout(printed):
            code = _run(ctx, command, word, request.json)
        yield word, (code, printed.getvalue())


def _run(ctx: click.Context, command: click.Command, word: str, as_json: bool) -> int:
    words: Sequence[str] = ["--json"] if as_json else []
    if word == "ssh" and not _has_account_of_host(command):
        _skip(_("This host does not have the default OS user for sign-in over SSH."), as_json)
        return 0
    try:
        with command.make_context(word, list(words), parent=ctx) as inner:
            command.invoke(inner)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except Refused as refused:
        if refused.name not in NOT_ASKED:
            raise
        _skip(refused.message, as_json)
    return 0


def _skip(why: str, as_json: bool) -> None:
    if as_json:
        output.put_json({"ok": None, "message": why})
    else:
        output.say(_("Not checked. {why}").format(why=why))


def _has_account_of_host(command: click.Command) -> bool:
    """Return whether this host has the OS user that `doctor ssh` checks by default."""
    (user,) = (one.default for one in command.params if one.name == "user")
    try:
        pwd.getpwnam(str(user))
    except KeyError:
        return False
    return True
