"""Writing changes to people who are there: one path for one person and for a thousand.

With the row go the identifiers, the teams and sub-accounts, the employee's card, the search index,
the letter to an address that was given up, and the audit entry.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store import access, codes
from store.employees import cards
from store.listing import index
from store.mail import outbox
from store.users.writing import Names, identifiers, order_keys, search_key, tokens
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
    """Write changes inside the transaction of a verb, which has checked them.

    A changed e-mail holds at once, unconfirmed, with a notice to the old address (DESIGN 3.5).

    Raises:
        peewee.IntegrityError: an identifier is taken, by someone who was quicker.
    """
    put(unit, changes)
    for change in changes:
        user = change.user
        if change.verb == "edit" and user.email and "email" in change.fields:
            outbox.queue(unit, "email_changed", user.id, user.email, change.new.language)
        if "email" in change.fields:
            # What was mailed to the old address opens nothing any more (CHECKLIST D34).
            codes.revoke(unit, user.id)
        unit.record(change.verb, user.id, change.fields, change.command)


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
        " version = version + 1,"
        " email_confirmed_at = CASE WHEN email = ? THEN email_confirmed_at END WHERE id = ?",
        [_row(names, change) for change in changes],
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
        new.sub_accounts == (ALL,), *order_keys(key), key, new.email, number,
    )  # fmt: skip


def _put_identifiers(store: "Store", changes: Sequence[Change]) -> None:
    """Free what is given up before anything is taken: one may take what another gives up."""
    gone: list[tuple[str]] = []
    come: list[tuple[str, int]] = []
    for change in changes:
        old, new = set(identifiers(change.old)), set(identifiers(change.new))
        gone += [(key,) for key in old - new]
        come += [(key, change.user.id) for key in new - old]
    store.sql_many("DELETE FROM usher_identifier WHERE key = ?", gone)
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
