"""Help: what a command does, its options, and an example that can be copied."""

from functools import cached_property
from typing import Any

import click

from store.wording import _, ngettext
from tui.cli import output


class Helped(click.Command):
    """A command with examples of its use, a line each; `\\` at its end carries a line on."""

    def __init__(self, *args: Any, example: str = "", **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.example = example

    @property
    def examples(self) -> list[str]:
        """Each of them as a shell takes it, with the line breaks that it has on the page."""
        return (
            self.example.replace("\\\n", "\0").replace("\n", "\1").replace("\0", "\\\n").split("\1")
        )

    @cached_property
    def _help_asked(self) -> click.Option:
        return click.Option(
            ["--help"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_tell,
            help=_("Show this help."),
        )

    def get_help_option(self, _ctx: click.Context) -> click.Option:
        return self._help_asked

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(ngettext("Example", "Examples", len(self.examples))):
            for line in self.example.splitlines():
                formatter.write(f"{' ' * formatter.current_indent}{line}\n")
        super().format_epilog(ctx, formatter)


def _tell(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        output.say(*ctx.get_help().splitlines())
        ctx.exit()
