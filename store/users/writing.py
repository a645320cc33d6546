"""Writing new people: one path for one person and for five hundred.

Everything that a person consists of is put in here, through the drivers' bulk statements:
the row, the identifiers, teams, the employee's card, the search index and the audit entry.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from store import checks
from store.fields import utc_text
from store.listing import folding, index
from store.listing.places import sunk
from store.named import ids_by_key
from store.values import Draft, Status

if TYPE_CHECKING:
    from store.database import Store, Unit


DRAFT_FIELDS = tuple(field.name for field in fields(Draft))


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A checked draft with what the verb decided about it."""

    draft: Draft
    role_id: int | None = None
    team_ids: tuple[int, ...] = ()
    password_hash: str | None = None
    temporary: bool = False
    status: Status = Status.PENDING
    confirmed: bool = False
    owner: bool = False
    command: str = ""


def insert(unit: "Unit", people: Sequence[NewPerson]) -> list[int]:
    """Write people inside the transaction of a verb; returns their ids in order.

    Raises:
        peewee.IntegrityError: an identifier is taken, by someone who was quicker.
    """
    store = unit.session.store
    numbers = _reserve(store, len(people))
    numbered = list(zip(numbers, people, strict=True))
    store.insert_many("usher_user", [_row(unit, number, person) for number, person in numbered])
    store.insert_many(
        "usher_identifier",
        [
            {"key": key, "user_id": number}
            for number, person in numbered
            for key in identifiers(person.draft)
        ],
    )
    store.insert_many(
        "usher_membership",
        [
            {"user_id": number, "team_id": team}
            for number, person in numbered
            for team in person.team_ids
        ],
    )
    _put_cards(store, numbered)
    index.put(
        store,
        [
            (
                number,
                None,
                index.grams(
                    search_key(person.draft, number),
                    person.status,
                    person.role_id,
                    person.team_ids,
                ),
            )
            for number, person in numbered
        ],
    )
    for number, person in numbered:
        unit.record("create", number, _given(person.draft), person.command)
    return numbers


def identifiers(draft: Draft) -> tuple[str, ...]:
    """The canonical login and e-mail: one key where they are the same."""
    keys = dict.fromkeys([checks.login_key(draft.login)])
    if draft.email:
        keys[checks.email_key(draft.email)] = None
    return tuple(keys)


def search_key(draft: Draft, number: int) -> str:
    """What search looks into."""
    return index.search_key(
        draft.first_name, draft.last_name, draft.login, draft.email, draft.phone, number
    )


def named_ids(store: "Store", draft: Draft) -> tuple[int | None, tuple[int, ...]]:
    """The ids of a checked draft's role and teams."""
    roles, teams = ids_by_key(store, "usher_role"), ids_by_key(store, "usher_team")
    role_id = roles[folding.fold(draft.role)] if draft.role else None
    return role_id, tuple(dict.fromkeys(teams[folding.fold(team)] for team in draft.teams))


def tokens(store: "Store", draft: Draft, number: int, status: Status) -> index.Entry | None:
    """What stands in the search index for a person who is already there."""
    role_id, team_ids = named_ids(store, draft)
    return index.grams(search_key(draft, number), status, role_id, team_ids)


def order_keys(draft: Draft) -> tuple[str, str]:
    """The folded last and first name, by which the list is ordered."""
    return folding.fold(draft.last_name), folding.fold(draft.first_name)


def _row(unit: "Unit", number: int, person: NewPerson) -> dict[str, Any]:
    draft, now = person.draft, utc_text(unit.now)
    last_key, first_key = order_keys(draft)
    return {
        "id": number,
        "login": draft.login,
        "email": draft.email,
        "first_name": draft.first_name,
        "last_name": draft.last_name,
        "phone": draft.phone,
        "country": draft.country,
        "language": draft.language,
        "position": draft.position,
        "role_id": person.role_id,
        "admin": draft.admin or person.owner,
        "owner": person.owner,
        "simulator_only": draft.simulator_only,
        "status": person.status,
        "status_since": now,
        "confirmed_at": now if person.confirmed else None,
        "email_confirmed_at": None,
        "password_hash": person.password_hash,
        "password_set_at": now if person.password_hash else None,
        "password_temporary": person.temporary,
        "activated_at": now if person.status is Status.ACTIVE else None,
        "last_seen": None,
        "created": now,
        "version": 1,
        "bottom": sunk(person.status),
        "last_key": last_key,
        "first_key": first_key,
        "search_key": search_key(draft, number),
    }


def _given(draft: Draft) -> dict[str, tuple[None, Any]]:
    # `asdict` copies deeply, which at an import's rate costs as much as hashing the entry.
    pairs = ((field, getattr(draft, field)) for field in DRAFT_FIELDS)
    return {field: (None, value) for field, value in pairs if value}


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
        " (SELECT coalesce(max(target), 0) FROM usher_audit))"
    )
    return list(range(newest + 1, newest + 1 + number))


def _put_cards(store: "Store", numbered: Sequence[tuple[int, NewPerson]]) -> None:
    """Link a waiting employee by e-mail, the first by id, or make one (S4)."""
    keys = {
        checks.email_key(person.draft.email): number
        for number, person in numbered
        if person.draft.email
    }
    waiting = _waiting_cards(store, list(keys))
    store.sql_many(
        "UPDATE usher_employee SET user_id = ? WHERE id = ?",
        [(keys[key], card) for key, card in waiting.items()],
    )
    linked = {keys[key] for key in waiting}
    store.insert_many(
        "usher_employee",
        [
            {
                "user_id": number,
                "email_key": checks.email_key(draft.email) if draft.email else "",
                "first_name": draft.first_name,
                "last_name": draft.last_name,
                "currency": draft.currency,
                "number": draft.number,
                "address": draft.address,
                "notes": draft.notes,
            }
            for number, draft in ((number, person.draft) for number, person in numbered)
            if number not in linked
        ],
    )


def _waiting_cards(store: "Store", keys: Sequence[str]) -> dict[str, int]:
    if not keys:
        return {}
    marks = ", ".join("?" * len(keys))
    rows = store.sql(
        "SELECT email_key, min(id) FROM usher_employee"
        f" WHERE user_id IS NULL AND email_key IN ({marks}) GROUP BY email_key",
        *keys,
    )
    return dict(rows)
