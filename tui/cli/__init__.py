"""The command `usher` without a screen: a noun a module, one way of answering for all.

`run` says what is wanted: an exit code when the work is done, or `Screens`. Never imports textual.
"""

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from store.errors import UsherError, exit_code
from store.wording import _
from tui import incident
from tui.cli import output
from tui.cli.options import Noun, around, with_request
from tui.cli.request import Request, Screens, require_terminal
from tui.exits import FAILED, INTERRUPTED, NO_READER, USAGE

SECTIONS = {
    _("People"): {
        "users": "tui.cli.users:users_noun",
        "teams": "tui.cli.named:teams_noun",
        "roles": "tui.cli.named:roles_noun",
        "import": "tui.cli.exchange:import_file",
        "export": "tui.cli.export:export_file",
    },
    _("Coming in"): {
        "sign-in": "tui.cli.sign_in:sign_in",
    },
    _("The account"): {
        "init": "tui.cli.account:init",
        "demo": "tui.cli.account:demo",
        "audit": "tui.cli.history:audit_noun",
        "migrate": "tui.cli.account:migrate",
    },
}
"""The nouns as `usher --help` shows them, and where each is found."""


class Usher(Noun):
    """The program: every way in which a command can end becomes an exit code and a sentence."""

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, *, standalone_mode: bool = True, **extra: Any
    ) -> int | Screens:
        """Run one command; in `standalone_mode` exit with its code, unless screens are wanted."""
        extra["obj"] = request = extra.get("obj") or Request()
        answer = self._answer(list(sys.argv[1:] if args is None else args), request, extra)
        if standalone_mode and not isinstance(answer, Screens):
            sys.exit(answer)
        return answer

    def _answer(self, args: list[str], request: Request, extra: dict[str, Any]) -> int | Screens:
        try:
            _refuse_undecodable(args)
            extra["prog_name"] = "usher"
            answer = super().main(args, standalone_mode=False, **extra)
        except UsherError as error:
            output.refusal(error, as_json=request.json)
            return exit_code(error)
        except click.ClickException as error:
            _print_usage_error(error)
            return USAGE
        except (click.Abort, KeyboardInterrupt):
            return INTERRUPTED
        except Exception:
            return _unforeseen(request)
        return answer if isinstance(answer, Screens) else answer or 0

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The nouns in their sections, a line each."""
        room = formatter.width - 6 - max(map(len, self.commands))
        for heading, nouns in SECTIONS.items():
            with formatter.section(heading):
                found = [(word, self.get_command(ctx, word)) for word in nouns]
                formatter.write_dl(
                    [(word, one.get_short_help_str(room)) for word, one in found if one]
                )

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that went away, as `head` does, is no fault."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Python itself would complain at its end that the rest cannot be written.
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
            return NO_READER


@click.group(
    "usher",
    cls=Usher,
    later={word: place for nouns in SECTIONS.values() for word, place in nouns.items()},
    invoke_without_command=True,
    help=_(
        "Manage the people of a business platform. Without a noun it opens the screens; "
        "without --as it acts as the operator of this host."
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
    for name in sorted(set(request.given) - {"database"}):
        flag = f"--{name.replace('_', '-')}"
        raise click.UsageError(
            _("{flag} belongs to a command; see: usher --help").format(flag=flag)
        )
    require_terminal(os.environ)
    return Screens(request.store())


around(usher)


def run(args: Sequence[str] | None = None, request: Request | None = None) -> int | Screens:
    """Do what the words say; the exit code, or the screens that are wanted."""
    return usher.main(args, standalone_mode=False, obj=request)


def _refuse_undecodable(args: Sequence[str]) -> None:
    for word in args:
        try:
            word.encode()
        except UnicodeEncodeError as error:
            raise click.UsageError(
                _("This argument is not UTF-8: {word}").format(word=word)
            ) from error


def _print_usage_error(error: click.ClickException) -> None:
    context = getattr(error, "ctx", None)
    if context is not None:
        output.complain(context.get_usage())
    output.complain(_("Error: {what}").format(what=error.format_message()))


def _unforeseen(request: Request) -> int:
    number = incident.report()
    if request.json:
        message = incident.sentence(number)
        output.put_json({"error": {"code": "incident", "message": message, "id": number}})
    else:
        incident.tell(number)
    return FAILED


def _print_version(ctx: click.Context) -> None:
    from importlib import metadata  # noqa: PLC0415  (slow, and hardly ever asked for)

    try:
        output.say(f"usher {metadata.version('usher')}")
    except metadata.PackageNotFoundError:
        output.say(_("usher, from a checkout that is not installed"))
    ctx.exit()
