"""Run the commands that a screen shows (`ctrl+o`)."""

import re
import shlex

import click
from click.testing import CliRunner, Result

from store.database import Store
from tests.tui.one_screen import Seat
from tui.cli import usher as root
from tui.cli.options import Verb
from tui.cli.request import Request
from tui.screens.room import Room

NEW = "seven quiet herons"
FILLED = {
    "ADDRESS": "new@acme.ua", "ACCOUNT": "Acme", "CODE": "abc", "EMPLOYEE": "1", "FILE": "x.csv",
    "ID": "1", "KEY": "lockout.attempts", "KIND": "client", "LOGIN": "olga", "NAME": "Newer",
    "NEW": "newer", "P": "clients.view", "PERMISSION": "clients.view", "PICTURE": "x.png",
    "R": "Support", "REF": "c1", "ROLE": "Support", "S": "active", "STATE": "open", "T": "North",
    "TEXT": "text", "VALUE": "3", "WHO": "olga", "WORDS": "ana",
}  # fmt: skip
"""Values for the placeholders in capitals, which the user replaces."""
PLACE = re.compile(r"[A-Z]+")
INCIDENT, USAGE, UNAVAILABLE = 1, 2, 7


def shown_on(seat: Seat) -> list[str]:
    """Return the command lines of the topmost screen that shows any, below dialogs."""
    rooms = [screen for screen in seat.app.screen_stack if isinstance(screen, Room)]
    return list(rooms[-1].command_lines()) if rooms else []


def check(store: Store, lines: list[str]) -> None:
    """Check that each line is a command that runs, as a dry run if it changes something.

    A rule of the store may refuse it, because placeholders are only examples.
    """
    for line in lines:
        usher, *words = [FILLED.get(word, word) if PLACE.fullmatch(word) else word
                         for word in shlex.split(line)]  # fmt: skip
        assert usher == "usher", line
        takes = _verb(words).takes
        plain = list(words)
        words += ["--dry-run"] if "dry_run" in takes else []
        words += ["--reason", "r"] if "reason" in takes and "--reason" not in words else []
        done = _run(store, words)
        if "does nothing without" in done.output:
            # For a command that only shows data unless a flag changes it.
            done = _run(store, plain)
        assert done.exit_code not in {INCIDENT, USAGE, UNAVAILABLE}, (line, done.output)


def _run(store: Store, words: list[str]) -> Result:
    request = Request(open_store=lambda _url=None, **_how: store)
    return CliRunner().invoke(root, words, input=f"{NEW}\n{NEW}\n", obj=request)


def _verb(words: list[str]) -> Verb:
    """Return the command for these words, ignoring options before the noun."""
    found: click.Command = root
    rest = words[2:] if words[0] == "--as" else words
    for word in rest:
        if not isinstance(found, click.Group):
            break
        found = found.commands[word]
    assert isinstance(found, Verb), words
    return found
