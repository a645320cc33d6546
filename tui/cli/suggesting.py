"""The values that a shell may complete: read from the account, which stays as it is.

Asked while somebody types, so whatever goes wrong gives nothing and says nothing.
"""

from collections.abc import Callable, Iterable
from contextlib import closing

import click

from store.database import Store
from store.values import ALL
from tui.cli.request import Request
from tui.safe import safe

MOST = 50
"""More than this nobody reads through."""

Suggest = Callable[[click.Context, click.Parameter, str], list[str]]


def _from_store(find: Callable[[Store, str], Iterable[str]]) -> Suggest:
    def suggest(ctx: click.Context, _param: click.Parameter, beginning: str) -> list[str]:
        try:
            with closing(ctx.ensure_object(Request).look()) as store:
                found = [value for value in find(store, beginning) if safe(value) == value]
        except Exception:
            return []
        folded = beginning.casefold()
        return [value for value in found if value.casefold().startswith(folded)][:MOST]

    return suggest


def _roles(store: Store, _beginning: str) -> Iterable[str]:
    from store.access import roles as every  # noqa: PLC0415  (only a shell asks this)
    from store.session import operator_session  # noqa: PLC0415

    return [role.name for role in every.names(operator_session(store))]


def _permissions(store: Store, _beginning: str) -> Iterable[str]:
    from store.access.holding import catalogue  # noqa: PLC0415  (only a shell asks this)

    return catalogue(store)


def _modules(store: Store, _beginning: str) -> Iterable[str]:
    from store.access import modules as every  # noqa: PLC0415  (only a shell asks this)
    from store.session import operator_session  # noqa: PLC0415

    return [module.name for module in every.listed(operator_session(store))]


def _teams(store: Store, _beginning: str) -> Iterable[str]:
    from store import teams as every  # noqa: PLC0415  (only a shell asks this)
    from store.session import operator_session  # noqa: PLC0415

    return [team.name for team in every.names(operator_session(store))]


def _sub_accounts(store: Store, _beginning: str) -> Iterable[str]:
    from store import sub_accounts as every  # noqa: PLC0415  (only a shell asks this)
    from store.session import operator_session  # noqa: PLC0415

    return [ALL, *(one.name for one in every.names(operator_session(store)))]


def _people(store: Store, beginning: str) -> Iterable[str]:
    from store.users.read import identifiers  # noqa: PLC0415  (only a shell asks this)

    return identifiers(store, beginning, MOST)


roles = _from_store(_roles)
permissions = _from_store(_permissions)
modules = _from_store(_modules)
teams = _from_store(_teams)
sub_accounts = _from_store(_sub_accounts)
people = _from_store(_people)
