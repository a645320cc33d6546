"""The options that narrow a list of people, wherever a command is about such a list."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from store.values import Filters, Status
from store.wording import _
from tui.cli import suggesting

_OPTIONS = (
    click.option(
        "--search",
        metavar="WORDS",
        default="",
        help=_("Parts of name, login, e-mail, phone or id."),
    ),
    click.option(
        "--status",
        "statuses",
        multiple=True,
        type=click.Choice([status.value for status in Status if status is not Status.REMOVED]),
        help=_("Only these; may be given several times."),
    ),
    click.option(
        "--role",
        metavar="NAME",
        default="",
        help=_("Only those of this role."),
        shell_complete=suggesting.roles,
    ),
    click.option(
        "--team",
        metavar="NAME",
        default="",
        help=_("Only those of this team."),
        shell_complete=suggesting.teams,
    ),
)


def narrowing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options; it takes them together as `filters`."""

    @wraps(command)
    def narrowed(
        *words: Any, search: str, statuses: tuple[str, ...], role: str, team: str, **others: Any
    ) -> Any:
        filters = Filters(search, tuple(map(Status, statuses)), role, team)
        return command(*words, filters=filters, **others)

    for option in reversed(_OPTIONS):
        option(narrowed)
    return narrowed
