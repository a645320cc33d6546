"""Writing new people: one path for one person and for five hundred.

Everything that a person consists of is put in here, through the drivers' bulk statements:
the row, the identifiers, teams, the employee's card, the search index and the audit entry.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from store import checks
from store.employees import cards
from store.fields import utc_text
from store.listing import folding, index
from store.listing.places import sunk
from store.named import ids_by_key
from store.values import ALL, Draft, Status

if TYPE_CHECKING:
    from store.database import Store, Unit


_USER = (
    "id", "login", "email", "first_name", "last_name", "phone", "country", "language", "position",
    "role_id", "admin", "owner", "simulator_only", "all_sub_accounts", "status",
    "status_since", "confirmed_at", "password_hash", "password_set_at", "password_temporary",
    "activated_at", "created", "version", "bottom", "last_key", "first_key", "search_key",
    "idle_from",
)  # fmt: skip
_DRAFT_FIELDS = tuple(one.name for one in fields(Draft))
_values_of = attrgetter(*_DRAFT_FIELDS)


@dataclass(frozen=True, slots=True)
class Names:
    """Roles, teams and sub-accounts by folded name: read once for all the people of an act."""

    roles: Mapping[str, int]
    teams: Mapping[str, int]
    sub_accounts: Mapping[str, int]

    @classmethod
    def of(cls, store: "Store") -> "Names":
        return cls(
            ids_by_key(store, "usher_role"),
            ids_by_key(store, "usher_team"),
            ids_by_key(store, "usher_sub_account"),
        )

    def ids(self, draft: Draft) -> tuple[int | None, tuple[int, ...]]:
        """The ids of a checked draft's role and teams."""
        role_id = self.roles[folding.fold(draft.role)] if draft.role else None
        return role_id, tuple(dict.fromkeys(self.teams[folding.fold(team)] for team in draft.teams))

    def sub_account_ids(self, draft: Draft) -> tuple[int, ...]:
        """The ids of those granted one by one; who has all of them has no grant of one."""
        if draft.sub_accounts == (ALL,):
            return ()
        granted = (self.sub_accounts[folding.fold(one)] for one in draft.sub_accounts)
        return tuple(dict.fromkeys(granted))


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A checked draft with what the verb decided about it.

    `verb` is what the history calls it, and `further` what it tells besides the draft.
    """

    draft: Draft
    role_id: int | None = None
    team_ids: tuple[int, ...] = ()
    sub_account_ids: tuple[int, ...] = ()
    password_hash: str | None = None
    temporary: bool = False
    status: Status = Status.PENDING
    confirmed: bool = False
    owner: bool = False
    command: str = ""
    verb: str = "create"
    further: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


def insert(unit: "Unit", people: Sequence[NewPerson]) -> list[int]:
    """Write people inside the transaction of a verb; returns their ids in order.

    Raises:
        peewee.IntegrityError: an identifier is taken, by someone who was quicker.
    """
    store, now = unit.session.store, utc_text(unit.now)
    numbers = _reserve(store, len(people))
    numbered = list(zip(numbers, people, strict=True))
    keys = [search_key(person.draft, number) for number, person in numbered]
    store.insert_rows(
        "usher_user",
        _USER,
        [
            _row(number, person, key, now)
            for (number, person), key in zip(numbered, keys, strict=True)
        ],
    )
    store.insert_rows(
        "usher_identifier",
        ("key", "user_id"),
        # In the order of the index, a page of it is met once in a batch.
        sorted((key, number) for number, person in numbered for key in identifiers(person.draft)),
    )
    store.insert_rows(
        "usher_membership",
        ("user_id", "team_id"),
        [(number, team) for number, person in numbered for team in person.team_ids],
    )
    store.insert_rows(
        "usher_sub_access",
        ("user_id", "sub_account_id"),
        [(number, one) for number, person in numbered for one in person.sub_account_ids],
    )
    cards.put(store, [(number, person.draft) for number, person in numbered])
    index.put(
        store,
        [
            (number, None, index.grams(key, person.status, person.role_id, person.team_ids))
            for (number, person), key in zip(numbered, keys, strict=True)
        ],
    )
    for number, person in numbered:
        changes = {**_given(person.draft), **person.further}
        unit.record(person.verb, number, changes, person.command)
    return numbers


def identifiers(draft: Draft) -> tuple[str, ...]:
    """The canonical login and e-mail: one key where they are the same."""
    login = checks.login_key(draft.login)
    email = checks.login_key(draft.email) if draft.email else login
    return (login,) if email == login else (login, email)


def stored_identifiers(draft: Draft) -> tuple[str, ...]:
    """Return all keys under which a user's login and address can be stored."""
    keys = map(checks.identifier_keys, filter(None, (draft.login, draft.email)))
    return tuple(key for some in keys for key in some)


def search_key(draft: Draft, number: int) -> str:
    """What search looks into."""
    return index.search_key(
        draft.first_name, draft.last_name, draft.login, draft.email, draft.phone, number
    )


def tokens(names: Names, draft: Draft, number: int, status: Status) -> index.Entry | None:
    """What stands in the search index for a person who is already there."""
    role_id, team_ids = names.ids(draft)
    return index.grams(search_key(draft, number), status, role_id, team_ids)


def order_keys(key: str) -> tuple[str, str]:
    """The folded last and first name, by which the list is ordered, from a search key."""
    first, last, _rest = key.split(index.SEPARATOR, 2)
    return last, first


def _row(number: int, person: NewPerson, key: str, now: str) -> tuple[Any, ...]:
    draft = person.draft
    return (
        number, draft.login, draft.email, draft.first_name, draft.last_name, draft.phone,
        draft.country, draft.language, draft.position, person.role_id,
        draft.admin or person.owner, person.owner, draft.simulator_only,
        draft.sub_accounts == (ALL,), person.status, now,
        now if person.confirmed else None, person.password_hash,
        now if person.password_hash else None, person.temporary,
        now if person.status is Status.ACTIVE else None, now, 1, sunk(person.status),
        *order_keys(key), key, now,
    )  # fmt: skip


def _given(draft: Draft) -> dict[str, tuple[None, Any]]:
    # `asdict` copies deeply, which at an import's rate costs as much as hashing the entry.
    pairs = zip(_DRAFT_FIELDS, _values_of(draft), strict=True)
    return {name: (None, value) for name, value in pairs if value}


def _reserve(store: "Store", number: int) -> list[int]:
    """Ids that nobody has or had: history still names those whose rows are gone."""
    if store.postgres:
        rows = store.sql(
            "SELECT nextval(pg_get_serial_sequence('usher_user', 'id')) FROM generate_series(1, ?)",
            number,
        )
        return [row[0] for row in rows]
    ((newest,),) = store.sql(
        "SELECT max((SELECT coalesce(max(id), 0) FROM usher_user),"
        # What is no number, which only somebody else can have written, is above all numbers.
        " (SELECT coalesce(max(target), 0) FROM usher_audit WHERE target < ?))",
        2**62,
    )
    return list(range(newest + 1, newest + 1 + number))
