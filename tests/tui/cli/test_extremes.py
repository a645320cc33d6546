"""Any value typed as a number, an id or a day is accepted or refused with a sentence."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from store import settings
from store.session import Session
from store.values import User
from tests.tui.cli.conftest import Usher
from tui.cli import usher as root
from tui.exits import FAILED

EXTREMES = (
    "0", "00000000000000000000001", str(2**31), str(2**63), "9" * 5000, "٣", "9999-12-31",
    "0001-01-01T00:00", "9999-12-31T23:59:59-23:59", "W10",
)  # fmt: skip
FILES = (click.Path, click.File)
NEVER = {"ssh", "web", "demo", "init", "migrate", "deliver", "backup", "restore", "completion"}
"""Commands that do not act on the existing account, or do not end."""


def leaves(
    group: click.Group, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from leaves(command, (*words, name))
        elif name not in NEVER:
            yield (*words, name), command


def given(command: click.Command) -> list[click.Parameter]:
    """Parameters that take free text, which is not a file or a choice."""
    return [
        one
        for one in command.params
        if one.expose_value
        and not isinstance(one.type, (*FILES, click.Choice))
        and not (isinstance(one, click.Option) and (one.is_flag or one.count))
    ]


def words_of(command: click.Command, chosen: click.Parameter, value: str) -> list[str]:
    """Return the command with `value` in one place and valid values in the others."""
    found: list[str] = []
    for one in command.params:
        if isinstance(one, click.Option):
            if one is chosen:
                found += [f"{one.opts[-1]}={value}"]
            elif one.required:
                found += [f"{one.opts[-1]}=1"]
    found.append("--")
    for one in command.params:
        if isinstance(one, click.Argument):
            found += [value if one is chosen else "1"] if one is chosen or one.required else []
    return found


COMMANDS = {" ".join(words): command for words, command in leaves(root) if given(command)}


@pytest.mark.parametrize("words", COMMANDS)
def test_an_extreme_is_taken_or_refused_in_words(
    usher: Usher,
    owner: Session,
    make_user: Callable[..., User],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)  # Some commands write the file that is named.
    make_user(login="maria")
    # In that time zone, midnight of the first year is before the first moment in UTC.
    settings.change(owner, "display.time_zone", "Pacific/Kiritimati")
    command = COMMANDS[words]
    reason = ("--reason", "a test") if "reason" in getattr(command, "takes", ()) else ()
    for place in given(command):
        for value in EXTREMES:
            line = (*reason, *words.split(), *words_of(command, place, value))
            told = usher(*line, stdin="x\n")
            assert told.code != FAILED, (line, told.err[-300:])
            assert told.err or told.out or not told.code, line
