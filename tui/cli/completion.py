"""`usher completion`: the script by which a shell completes the words of usher.

The script asks usher itself, by click's protocol, so that it never falls behind the commands.
"""

import os

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    get_completion_class,
    shell_complete,
    split_arg_string,
)

from store.wording import _
from tui.cli import output
from tui.cli.options import Verb
from tui.cli.program import COMPLETE, Usher
from tui.cli.request import Request
from tui.exits import FAILED

HOW = {
    "bash": (
        'eval "$(usher completion bash)"  # in ~/.bashrc, or at once for every later shell:',
        "usher completion bash > ~/.local/share/bash-completion/completions/usher",
    ),
    "zsh": (
        'eval "$(usher completion zsh)"   # in ~/.zshrc behind compinit, or in a folder of fpath:',
        "usher completion zsh > ~/.zfunc/_usher",
    ),
    "fish": ("usher completion fish > ~/.config/fish/completions/usher.fish",),
}
"""How each script is installed."""


class WholeWord(ShellComplete):
    """Shells replace the whole word: a value behind `--option=` is offered with that before it."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        found = super().get_completions(args, incomplete)
        option, equals, _value = incomplete.partition("=")
        if equals and option.startswith("-"):
            for item in found:
                item.value = f"{option}={item.value}"
        return found


@add_completion_class
class Bash(WholeWord, BashComplete):
    """Bash puts what it is given into the line as it is, so a name is escaped for it.

    Its own words end at `=`, `@` and `:` too, and it replaces no more than the last of them. So it
    gives the line and that word, and gets what follows the rest.
    """

    source_template = BashComplete.source_template.replace(
        '"${COMP_WORDS[*]}"', '"${COMP_LINE:0:COMP_POINT}"'
    ).replace("$COMP_CWORD", '"${COMP_WORDS[COMP_CWORD]}"')

    def get_completion_args(self) -> tuple[list[str], str]:
        line, replaced = os.environ["COMP_WORDS"], os.environ["COMP_CWORD"]
        words = split_arg_string(line)
        incomplete = words.pop() if words and not line[-1].isspace() else ""
        replaced = "".join(split_arg_string(replaced)) if replaced.strip("@=:") else ""
        self._kept = len(incomplete.removesuffix(replaced)) if incomplete != replaced else 0
        if incomplete[: self._kept].endswith("@"):
            # What follows one is a host to bash, and the sign is part of it.
            self._kept -= 1
        return words[1:], incomplete

    def format_completion(self, item: CompletionItem[str]) -> str:
        return f"{item.type},{_escaped(item.value[self._kept :])}"


@add_completion_class
class Zsh(WholeWord, ZshComplete):
    """As click has it."""


@add_completion_class
class Fish(WholeWord, FishComplete):
    """The names that fish is given may have a comma in them."""

    source_template = FishComplete.source_template.replace(
        'string split ","', 'string split --max 1 ","'
    )


@click.command(
    "completion",
    cls=Verb,
    short_help=_("Print a script that completes words for your shell."),
    help=_(
        "Print the script by which a shell completes nouns, verbs, options, and the values that "
        "are known: statuses, roles, teams, people, files. It says how it is installed."
    ),
    example='eval "$(usher completion bash)"',
)
@click.argument("shell", metavar="bash|zsh|fish", type=click.Choice(list(HOW)))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(_("click knows no such shell."))
    script = kind(ctx.find_root().command, {}, "usher", COMPLETE).source()
    comment = [_("# Completion of usher for {shell}.").format(shell=shell)]
    comment += [f"#   {line}" for line in HOW[shell]]
    # zsh looks for its mark in the first line alone.
    mark, lines = [], script.rstrip().splitlines()
    if lines[0].startswith("#compdef"):
        mark, lines = lines[:1], lines[1:]
    output.say(*mark, *comment, *lines)


def answer_shell(program: Usher, request: Request, instruction: str) -> int:
    """Answer a shell that completes; whatever goes wrong, it is not told into somebody's line."""
    try:
        return shell_complete(program, {"obj": request}, "usher", COMPLETE, instruction)
    except BrokenPipeError:
        raise
    except Exception:
        return FAILED


def _escaped(value: str) -> str:
    """The value as one word of a command line, that bash expands no further.

    Twice, for the `read` of click's script takes one backslash of each pair away.
    """
    return "".join(c if c.isalnum() or c in "-_./,:@+=%" else f"\\\\{c}" for c in value)
