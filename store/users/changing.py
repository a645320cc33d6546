"""Writing changes to people who are there: one path for one person and for a thousand.

With the row go the identifiers, the teams and sub-accounts, the employee's card, the search index,
what a new address ends and sends, and the audit entry.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store import access, confirmed
from store.employees import cards
from store.listing import index
from store.users import readdressing
from store.users.writing import (
    Names,
    identifiers,
    order_keys,
    search_key,
    stored_identifiers,
    tokens,
)
from store.values import ALL, Draft, User

if TYPE_CHECKING:
    from store.database import Store, Unit

_USER = (
    "login", "email", "first_name", "last_name", "phone", "country", "language", "position",
    "role_id", "admin", "simulator_only", "all_sub_accounts", "last_key", "first_key", "search_key",
)  # fmt: skip
_IDENTIFYING = frozenset({"login", "email"})
_ON_CARD = access.CARD | {"first_name", "last_name", "email"}
_SEARCHED = _IDENTIFYING | {"first_name", "last_name", "phone", "role", "teams"}


@dataclass(frozen=True, slots=True)
class Change:
    """One person as stored, the checked draft they become, and the fields that differ.

    `verb` is what is done; only an edit gives notice to an address that is given up.
    """

    user: User
    new: Draft
    fields: Mapping[str, tuple[Any, Any]]
    command: str = ""
    verb: str = "edit"

    @property
    def old(self) -> Draft:
        return Draft.of(self.user)


def write(unit: "Unit", changes: Sequence[Change]) -> None:
    """Write changes inside the transaction of an action, which has checked them.

    A new email address takes effect at once. `readdressing` decides what it ends and sends. The
    same address in another spelling ends nothing.

    Raises:
        peewee.IntegrityError: an identifier is taken, by someone who was quicker.
    """
    put(unit, changes)
    for change in changes:
        fields = change.fields
        if readdressing.is_new(fields):
            new, tell = change.new, change.verb == "edit"
            effects = readdressing.readdress(unit, change.user, new.email, new.language, tell=tell)
            fields = {**fields, **effects}
        unit.record(change.verb, change.user.id, fields, change.command)


def put(unit: "Unit", changes: Sequence[Change]) -> None:
    """Write what they become, for a verb that adds the entry and whatever follows from it.

    Raises:
        peewee.IntegrityError: an identifier is taken, by someone who was quicker.
    """
    store = unit.session.store
    if not changes:
        return
    names = Names.of(store)
    store.sql_many(
        f"UPDATE usher_user SET {', '.join(f'{column} = ?' for column in _USER)},"
        " version = version + 1 WHERE id = ?",
        [_row(names, change) for change in changes],
    )
    confirmed.restore(
        store, [(one.user.id, one.new.email) for one in changes if readdressing.is_new(one.fields)]
    )
    _put_identifiers(store, _with(changes, _IDENTIFYING))
    _put_teams(store, names, _with(changes, frozenset({"teams"})))
    _put_sub_accounts(store, names, _with(changes, frozenset({"sub_accounts"})))
    cards.change(store, [(one.user.id, one.new) for one in _with(changes, _ON_CARD)])
    index.put(store, [_tokens(names, change) for change in _with(changes, _SEARCHED)])


def _with(changes: Sequence[Change], fields: frozenset[str]) -> list[Change]:
    """The changes that touch any of these fields."""
    return [change for change in changes if not fields.isdisjoint(change.fields)]


def _row(names: Names, change: Change) -> tuple[Any, ...]:
    new, number = change.new, change.user.id
    role_id, _team_ids = names.ids(new)
    key = search_key(new, number)
    return (
        new.login, new.email, new.first_name, new.last_name, new.phone, new.country,
        new.language, new.position, role_id, new.admin, new.simulator_only,
        new.sub_accounts == (ALL,), *order_keys(key), key, number,
    )  # fmt: skip


def _put_identifiers(store: "Store", changes: Sequence[Change]) -> None:
    """Free what is given up before anything is taken: one may take what another gives up."""
    gone: list[tuple[str, int]] = []
    come: list[tuple[str, int]] = []
    for change in changes:
        old, new = set(identifiers(change.old)), set(identifiers(change.new))
        given_up = set(stored_identifiers(change.old)).difference(stored_identifiers(change.new))
        gone += [(key, change.user.id) for key in given_up - new]
        come += [(key, change.user.id) for key in new - old]
    store.sql_many("DELETE FROM usher_identifier WHERE key = ? AND user_id = ?", gone)
    store.insert_rows("usher_identifier", ("key", "user_id"), come)


def _put_teams(store: "Store", names: Names, changes: Sequence[Change]) -> None:
    store.sql_many(
        "DELETE FROM usher_membership WHERE user_id = ?", [(change.user.id,) for change in changes]
    )
    store.insert_rows(
        "usher_membership",
        ("user_id", "team_id"),
        [(change.user.id, team) for change in changes for team in names.ids(change.new)[1]],
    )


def _put_sub_accounts(store: "Store", names: Names, changes: Sequence[Change]) -> None:
    store.sql_many(
        "DELETE FROM usher_sub_access WHERE user_id = ?", [(change.user.id,) for change in changes]
    )
    store.insert_rows(
        "usher_sub_access",
        ("user_id", "sub_account_id"),
        [(change.user.id, one) for change in changes for one in names.sub_account_ids(change.new)],
    )


def _tokens(names: Names, change: Change) -> index.Change:
    user = change.user
    return (
        user.id,
        tokens(names, change.old, user.id, user.status),
        tokens(names, change.new, user.id, user.status),
    )
