"""The options that stand before the noun or after the verb, by one mechanism for all commands.

A verb names those that do something for it. They are put into its help, kept in the `Request`
wherever they stand, and refused where they would do nothing: a `--dry-run` that is silently
ignored is worse than none.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import click

from store.errors import NotAllowed
from store.wording import _
from tui.cli.helping import Helped
from tui.cli.places import Places
from tui.cli.request import Request

PLAIN = ("database", "json")
"""What a verb takes that nobody in particular does."""
READS = (*PLAIN, "as", "password_stdin")
"""What a verb takes that only looks."""
WRITES = (*READS, "dry_run", "reason")
"""What a verb takes that changes something."""

_DECLARED: dict[str, tuple[str, dict[str, Any]]] = {
    "database": (
        "--database",
        {
            "metavar": "URL",
            "help": _("The account: sqlite:///PATH or postgresql://… (or USHER_DATABASE)."),
        },
    ),
    "as": (
        "--as",
        {
            "metavar": "LOGIN",
            "help": _("Act as this person; the first line of stdin is their password."),
        },
    ),
    "password_stdin": (
        "--password-stdin",
        {"is_flag": True, "help": _("Passwords come by stdin, a line each.")},
    ),
    "json": ("--json", {"is_flag": True, "help": _("Print one JSON object.")}),
    "no_color": (
        "--no-color",
        {"is_flag": True, "help": _("Send no colours, neither in tables nor on the screens.")},
    ),
    "dry_run": (
        "--dry-run",
        {"is_flag": True, "help": _("Print what would be written, and write nothing.")},
    ),
    "reason": (
        "--reason",
        {"metavar": "TEXT", "help": _("Why; it stands in the history.")},
    ),
    "yes": ("--yes", {"is_flag": True, "help": _("Answer yes to whatever would be asked.")}),
}


class Verb(Helped):
    """One thing that can be done, with the options around it and an example of its use."""

    def __init__(self, *args: Any, takes: Sequence[str] = (), **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        # Scripts may always say that they cannot be asked, and people that they want no colours;
        # it is shown where something asks, or is coloured.
        self.takes = frozenset({*takes, "yes", "no_color"})
        self.common = frozenset(_DECLARED)
        self.params += [
            _option(name, hidden=name not in takes) for name in _DECLARED if name in self.takes
        ]

    def invoke(self, ctx: click.Context) -> Any:
        request = ctx.ensure_object(Request)
        words = ctx.command_path.removeprefix("usher ")
        if request.guest is not None:
            self._check_guest(request, words)
        for name in request.given:
            if name not in self.takes:
                raise click.UsageError(
                    _("{flag} does nothing for: {words}").format(
                        flag=_DECLARED[name][0], words=words
                    ),
                    ctx,
                )
        return super().invoke(ctx)

    def _check_guest(self, request: Request, words: str) -> None:
        """Over SSH one does what a person may do, to the account that is there.

        Raises:
            NotAllowed: this is the host's to do.
        """
        if "as" not in self.takes:
            raise NotAllowed(
                _("“usher {words}” is for whoever runs the host, not for SSH.").format(words=words)
            )
        if "database" in request.given:
            raise NotAllowed(_("Over SSH the account is the one of the server: no --database."))


class Noun(Helped, click.Group):
    """What the verbs are about; `later` says where those verbs are that are seldom asked for.

    `takes` lists the options of a noun that can run without a verb.
    """

    command_class = Verb

    def __init__(
        self,
        name: str,
        *,
        later: Mapping[str, str] = MappingProxyType({}),
        takes: Sequence[str] = (),
        **attributes: Any,
    ) -> None:
        attributes = {"subcommand_metavar": "VERB …", **attributes}
        super().__init__(name, commands=Places(later), **attributes)
        self.params += [_option(name) for name in _DECLARED if name in takes]

    def sections(self) -> Mapping[str, Sequence[str]]:
        """What stands below it, by the headings of its help."""
        return {_("Verbs"): list(self.commands)}

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """A line each, in their sections and in columns that stand below one another."""
        widest = max(map(len, self.commands))
        for heading, words in self.sections().items():
            with formatter.section(heading):
                found = [(word, self.get_command(ctx, word)) for word in words]
                formatter.write_dl(
                    [
                        (word.ljust(widest), one.get_short_help_str(formatter.width - widest - 6))
                        for word, one in found
                        if one
                    ]
                )

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """In the order in which they were declared, which is the one in which they are met."""
        return list(self.commands)


def around(command: click.Group) -> click.Group:
    """Let the program itself take all of these options, before the noun."""
    command.params += [_option(name) for name in _DECLARED]
    return command


def _option(name: str, *, hidden: bool = False) -> click.Option:
    flag, attributes = _DECLARED[name]
    return click.Option(
        [flag, name], expose_value=False, callback=_keep, hidden=hidden, **attributes
    )


def _keep(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    name = parameter.name or ""
    if ctx.get_parameter_source(name) is not click.core.ParameterSource.COMMANDLINE:
        return
    request = ctx.ensure_object(Request)
    request.given[name] = value
    if name == "no_color":
        ctx.color = False
    if ctx.parent is not None:
        request.after.add(name)


with_request = click.make_pass_decorator(Request, ensure=True)
"""Hands the request to a command as its first argument."""
