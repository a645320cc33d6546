"""`usher completion`: the script by which a shell completes the words of usher.

The script asks usher itself, by click's protocol, so that it never falls behind the commands.
"""

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    add_completion_class,
    get_completion_class,
    shell_complete,
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


@add_completion_class
class Bash(BashComplete):
    """Bash puts what it is given into the line as it is, so a name is escaped for it."""

    def format_completion(self, item: CompletionItem[str]) -> str:
        return f"{item.type},{_escaped(item.value)}"


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
    output.say("\n".join([*mark, *comment, *lines]))


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
