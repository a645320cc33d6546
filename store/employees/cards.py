"""The cards as rows: the first that waits for an address is linked, else one is made (S4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store import checks
from store.listing.folding import fold
from store.models import EmployeeRow
from store.values import Draft, Employee

if TYPE_CHECKING:
    from store.database import Store

_COLUMNS = (
    "user_id", "email_key", "first_name", "last_name", "currency", "number", "address", "notes",
    "search_key",
)  # fmt: skip

Person = tuple[int, Draft]
"""Somebody's id, and what they are called."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A card without a user, and what it holds."""

    id: int
    email_key: str
    currency: str
    number: str
    address: str
    notes: str

    @classmethod
    def of(cls, one: Employee) -> "Waiting":
        return cls(one.id, key_of(one.email), one.currency, one.number, one.address, one.notes)


def put(store: "Store", people: Sequence[Person]) -> None:
    """Give each of these new people a card: one that waits for their address, or a new one.

    Of several that wait for it the first by id is taken (S4).
    """
    expected = {key_of(draft.email): (number, draft) for number, draft in people if draft.email}
    found = waiting(store, list(expected))
    link(store, [(card, expected[card.email_key]) for card in found])
    linked = {expected[card.email_key][0] for card in found}
    rows = [(number, *_row(draft)) for number, draft in people if number not in linked]
    store.insert_rows("usher_employee", _COLUMNS, rows)


def waiting(store: "Store", keys: Sequence[str]) -> list[Waiting]:
    """The first card that waits for each of these addresses, as they are compared."""
    numbers = store.sql_among(
        "SELECT min(id) FROM usher_employee WHERE user_id IS NULL AND email_key IN (*)"
        " GROUP BY email_key",
        keys,
    )
    rows = store.sql_among(
        "SELECT id, email_key, currency, number, address, notes FROM usher_employee"
        " WHERE id IN (*)",
        [number for (number,) in numbers],
    )
    return [Waiting(*row) for row in rows]


def link(store: "Store", pairs: Sequence[tuple[Waiting, Person]]) -> None:
    """Make these cards these people's: called as they are, and filled where they are empty."""
    store.sql_many(
        "UPDATE usher_employee SET user_id = ?, email_key = ?, first_name = ?, last_name = ?,"
        " currency = ?, number = ?, address = ?, notes = ?, search_key = ? WHERE id = ?",
        [
            (
                user, *_called(draft), card.currency or draft.currency,
                card.number or draft.number, card.address or draft.address,
                card.notes or draft.notes, search_key(draft, card.number or draft.number), card.id,
            )
            for card, (user, draft) in pairs
        ],
    )  # fmt: skip


def change(store: "Store", people: Sequence[Person]) -> None:
    """Bring the cards of these people to what is told of them now."""
    columns = ", ".join(f"{column} = ?" for column in _COLUMNS[1:])
    store.sql_many(
        f"UPDATE usher_employee SET {columns} WHERE user_id = ?",
        [(*_row(draft), number) for number, draft in people],
    )


def make(draft: Draft, user: int | None = None) -> int:
    """Make a card, which waits unless it is a user's; its id."""
    fields = dict(zip(_COLUMNS[1:], _row(draft), strict=True))
    number: int = EmployeeRow.create(user=user, **fields).id
    return number


def change_waiting(number: int, draft: Draft) -> None:
    """Bring a card without a user to what is told of it now."""
    fields = dict(zip(_COLUMNS[1:], _row(draft), strict=True))
    EmployeeRow.update(**fields).where(EmployeeRow.id == number).execute()


def key_of(email: str) -> str:
    """An address as cards have it; none where there is none."""
    return checks.email_key(email) if email else ""


def search_key(draft: Draft, number: str) -> str:
    """What the search for employees looks into."""
    return fold(f"{draft.first_name} {draft.last_name} {key_of(draft.email)} {number}")


def _row(draft: Draft) -> tuple[str, ...]:
    """What a card holds of somebody, in the order of the columns behind the user."""
    return (
        *_called(draft), draft.currency, draft.number, draft.address, draft.notes,
        search_key(draft, draft.number),
    )  # fmt: skip


def _called(draft: Draft) -> tuple[str, str, str]:
    return key_of(draft.email), draft.first_name, draft.last_name
