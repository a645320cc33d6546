"""The options that narrow a list of people, wherever a command is about such a list."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

import click

from store.values import Filters, Locked, Status, View
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
    click.option(
        "--locked",
        "lock",
        is_flag=False,
        flag_value=Locked.ANY.value,
        default="",
        type=click.Choice(["", *(lock.value for lock in Locked)]),
        metavar="[any|passwords|idle]",
        help=_("Only pending and active people who are locked: by any lock, or by this one."),
    ),
    click.option(
        "--view",
        default="",
        type=click.Choice(["", *(view.value for view in View)]),
        metavar="locked|soon",
        help=_(
            "Only the locked, or those who soon are locked out: idle for nearly as long as the "
            "limit, a password or an invitation that is about to end."
        ),
    ),
)


def narrowing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options; it takes them together as `filters`."""

    @wraps(command)
    def narrowed(
        *words: Any,
        search: str,
        statuses: tuple[str, ...],
        role: str,
        team: str,
        lock: str,
        view: str,
        **others: Any,
    ) -> Any:
        if lock and view == View.SOON:
            raise click.UsageError(_("Nobody is locked and soon will be: --locked or --view soon."))
        filters = Filters(search, tuple(map(Status, statuses)), role, team)
        if view:
            filters = filters.seen_as(view)
        if lock:
            filters = replace(filters, lock=lock)
        return command(*words, filters=filters, **others)

    for option in reversed(_OPTIONS):
        option(narrowed)
    return narrowed
