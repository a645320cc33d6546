"""The program itself: every way in which a command can end becomes an exit code and a sentence."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click
from click.exceptions import Exit, NoArgsIsHelpError

from store.errors import UsherError, exit_code
from store.wording import _
from tui import incident
from tui.cli import output
from tui.cli.options import Noun
from tui.cli.request import Request, Screens
from tui.exits import FAILED, INTERRUPTED, NO_READER, USAGE
from tui.terminal_state import given_back

COMPLETE = "_USHER_COMPLETE"
"""The variable in which a shell asks how a line could go on."""


class Usher(Noun):
    """All nouns, in the sections in which help shows them: heading to word to place."""

    def __init__(
        self, name: str, *, sections: Mapping[str, Mapping[str, str]], **attributes: Any
    ) -> None:
        later = {word: place for nouns in sections.values() for word, place in nouns.items()}
        super().__init__(name, later=later, **attributes)
        self._sections = sections

    def sections(self) -> Mapping[str, Sequence[str]]:
        return {heading: list(nouns) for heading, nouns in self._sections.items()}

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, *, standalone_mode: bool = True, **extra: Any
    ) -> int | Screens:
        """Run one command; in `standalone_mode` exit with its code, unless screens are wanted."""
        request = extra.get("obj") or Request()
        try:
            answer = self._answer(list(sys.argv[1:] if args is None else args), request)
        except BrokenPipeError:
            # A reader that went away, as `head` does, is no fault; but Python itself would
            # complain at its end that the rest cannot be written.
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
            answer = NO_READER
        if standalone_mode and not isinstance(answer, Screens):
            sys.exit(answer)
        return answer

    def _answer(self, args: list[str], request: Request) -> int | Screens:
        try:
            with given_back(request.terminal):
                return self._run(args, request)
        except UsherError as error:
            output.refusal(error, as_json=request.json)
            return exit_code(error)
        except click.ClickException as error:
            _print_usage_error(error)
            return USAGE
        except (click.Abort, KeyboardInterrupt):
            if sys.stderr.isatty():
                # The terminal has put ^C there, and the shell's prompt should not follow it.
                output.complain("")
            return INTERRUPTED
        except BrokenPipeError:
            raise
        except Exception:
            return _unforeseen(request)

    def _run(self, args: list[str], request: Request) -> int | Screens:
        instruction = os.environ.get(COMPLETE)
        # A shell asks without words; with words it is a command, whatever a client over SSH sends.
        if instruction and not args:
            from tui.cli.completion import answer_shell  # noqa: PLC0415  (only a shell asks this)

            return answer_shell(self, request, instruction)
        _refuse_undecodable(args)
        try:
            with self.make_context("usher", args, obj=request) as ctx:
                answer = self.invoke(ctx)
        except Exit as ended:
            return ended.exit_code
        return answer if isinstance(answer, Screens) else answer or 0


def _refuse_undecodable(args: Sequence[str]) -> None:
    for word in args:
        try:
            word.encode()
        except UnicodeEncodeError as error:
            raise click.UsageError(
                _("This argument is not UTF-8: {word}").format(word=word)
            ) from error


def _print_usage_error(error: click.ClickException) -> None:
    if isinstance(error, NoArgsIsHelpError):
        output.complain(*error.format_message().splitlines())
        return
    context = getattr(error, "ctx", None)
    if context is not None:
        output.complain(*context.get_usage().splitlines())
    message = _("Error: {what}").format(what=error.format_message())
    if isinstance(error, click.MissingParameter):
        # Click lists the choices on separate lines, and none of them was typed by a user.
        output.complain(*message.expandtabs(2).splitlines())
    else:
        output.complain(message)


def _unforeseen(request: Request) -> int:
    number = incident.report()
    if request.json:
        message = incident.sentence(number)
        output.put_json({"error": {"code": "incident", "message": message, "id": number}})
    else:
        incident.tell(number)
    return FAILED
