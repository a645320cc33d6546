"""The man page, made from the very commands: `python -m tui.cli.man` prints it (`make man`).

One page for all of them, with our examples and headings; click-man writes a page a command and
knows neither.
"""

import sys
from collections.abc import Iterator, Sequence

import click

from store.wording import _
from tui.cli import usher
from tui.cli.helping import Helped
from tui.cli.options import Noun, Verb

ENVIRONMENT = (
    ("USHER_DATABASE", _("The account, as --database names it.")),
    ("USHER_DATA", _("The data folder; else usher below XDG_DATA_HOME.")),
    ("NO_COLOR", _("If it is not empty, nothing is coloured.")),
)
FILES = (
    ("usher.db", _("The account, where it is SQLite. All files stand in the data folder.")),
    (
        "server.key",
        _("The key that protects codes and the history. Required by all commands."),
    ),
    (
        "audit.head",
        _("The newest entry of the history. Each database has its own file."),
    ),
    ("usher.log", _("What went wrong inside Usher, without any text of people.")),
)


def page(program: click.Group = usher) -> str:
    """The whole page as roff in UTF-8, a line each; the same for the same commands."""
    return "\n".join(_page(program)) + "\n"


def _page(program: click.Group) -> Iterator[str]:
    ctx = click.Context(program, info_name="usher")
    about, _stop, more = (program.help or "").partition(". ")
    yield '.\\" ' + _("Made by: make man")
    yield '.TH USHER 1 "" "Usher"'
    yield from _section(_("NAME"), rf"usher \- {_text(about[0].lower() + about[1:])}")
    yield from _section(_("SYNOPSIS"), ".B usher", *_plain(" ".join(_pieces(program, ctx))))
    yield from _section(_("DESCRIPTION"), *_plain(more))
    yield from _section(_("OPTIONS"))
    yield _text(_("They stand before the noun, or after each verb for which they do something."))
    yield from _options(program, ctx)
    yield from _section(_("COMMANDS"))
    for word in program.list_commands(ctx):
        yield from _command(program.commands[word], ctx)
    yield from _section(_("EXIT STATUS"), *_plain((program.epilog or "").partition(": ")[2]))
    yield from _section(_("ENVIRONMENT"), *_terms(ENVIRONMENT))
    yield from _section(_("FILES"), *_terms(FILES))
    yield from _section(_("EXAMPLES"), *_examples(program))


def _command(command: click.Command, parent: click.Context) -> Iterator[str]:
    ctx = click.Context(command, info_name=command.name, parent=parent)
    if isinstance(command, Noun):
        for word in command.list_commands(ctx):
            yield from _command(command.commands[word], ctx)
        return
    yield f".SS {_text(ctx.command_path)} {_text(' '.join(_pieces(command, ctx)))}"
    yield from _plain(command.help or "")
    yield from _options(command, ctx)
    yield from _examples(command)


def _pieces(command: click.Command, ctx: click.Context) -> list[str]:
    return [piece for piece in command.collect_usage_pieces(ctx) if piece]


def _options(command: click.Command, ctx: click.Context) -> Iterator[str]:
    """Those of a verb that no other has; of the common ones only the names."""
    common = command.common if isinstance(command, Verb) else frozenset()
    shown = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
    yield from _terms(
        record
        for one in shown
        if one.name not in common and (record := one.get_help_record(ctx)) is not None
    )
    names = [rf"\fB{_text(one.opts[0])}\fR" for one in shown if one.name in common]
    if names:
        yield ".PP"
        yield _text(_("Also:")) + " " + ", ".join(names) + "."


def _examples(command: click.Command) -> Iterator[str]:
    if isinstance(command, Helped):
        yield from (".PP", ".EX", *map(_line, command.example.splitlines()), ".EE")


def _section(heading: str, *lines: str) -> Sequence[str]:
    return (f".SH {_text(heading)}", *lines)


def _terms(pairs: "Iterator[tuple[str, str]] | Sequence[tuple[str, str]]") -> Iterator[str]:
    for name, meaning in pairs:
        yield from (".TP", rf"\fB{_text(name)}\fR", *_plain(meaning))


def _plain(text: str) -> list[str]:
    return [_line(" ".join(text.split()))] if text else []


def _line(text: str) -> str:
    """A line of text, which is no request however it begins."""
    shown = _text(text)
    return rf"\&{shown}" if shown.startswith((".", "'")) else shown


def _text(text: str) -> str:
    return text.replace("\\", r"\e").replace("-", r"\-")


if __name__ == "__main__":
    sys.stdout.write(page())
