"""Rows of the list out of the database, in the order of the list or against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.values import Place

if TYPE_CHECKING:
    from store.database import Store
    from store.listing.narrowing import Narrowing

_ORDER = ("u.bottom", "u.last_key", "u.first_key", "u.id")
_KEY = ", ".join(_ORDER)
_PLACE = f"({_KEY})"

Found = tuple[Any, ...]
"""What was read of one person: the four parts of the place, then what was to be shown."""


@dataclass(frozen=True, slots=True)
class Cut:
    """From where to read and in which direction; without a start, from that direction's end."""

    start: Place | None = None
    inclusive: bool = False
    backwards: bool = False

    def from_(self, bottom: int, last_key: str) -> "Cut":
        """The same, but not before this (bottom, last_key) in the order of the list."""
        if self.start and (self.start.bottom, self.start.last_key) >= (bottom, last_key):
            return self
        return Cut(Place(bottom, last_key, "", 0), inclusive=True)

    def up_to(self, bottom: int, last_key: str) -> "Cut":
        """The same backwards: nothing at or after this (bottom, last_key)."""
        if self.start and (self.start.bottom, self.start.last_key) < (bottom, last_key):
            return self
        return Cut(Place(bottom, last_key, "", 0), backwards=True)

    @property
    def _sign(self) -> str:
        return ("<" if self.backwards else ">") + ("=" if self.inclusive else "")

    def test(self) -> tuple[str, list[Any]]:
        """The condition that a row lies in this direction."""
        if self.start is None:
            return "1 = 1", []
        start = self.start
        return (
            f"{_PLACE} {self._sign} (?, ?, ?, ?)",
            [start.bottom, start.last_key, start.first_key, start.id],
        )

    def order(self) -> str:
        """What to order by."""
        direction = " DESC" if self.backwards else ""
        return ", ".join(column + direction for column in _ORDER)


def find(store: "Store") -> str:
    """The engine's function for the position of a text in another."""
    return "strpos" if store.postgres else "instr"


def walk(
    store: "Store",
    narrowing: "Narrowing",
    cut: Cut,
    limit: int,
    *,
    shown: str,
    edge: tuple[int, str] | None = None,
    members: tuple[str, Sequence[Any]] | None = None,
) -> list[Found]:
    """Go through the list's own index, testing each row, until there are enough.

    `edge` is the (bottom, last_key) at which to stop: before it, or backwards just behind it.
    `members` is a SELECT of ids with its parameters: of all others the row is not even read.
    `shown` is what to read of each person, as SQL about a user `u` with the role `r`.
    """
    place, params = cut.test()
    if edge:
        place += f" AND (u.bottom, u.last_key) {'>=' if cut.backwards else '<'} (?, ?)"
        params += edge
    if members:
        # The plus keeps SQLite in the index that is in order.
        place += f" AND +u.id IN ({members[0]})"
        params += members[1]
    tests, test_params = narrowing.tests(find(store))
    source = "usher_user u" if store.postgres else "usher_user u INDEXED BY usher_user_order"
    return store.sql(
        f"SELECT {_KEY}, {shown} FROM {source} LEFT JOIN usher_role r ON r.id = u.role_id"
        f" WHERE {place} AND {tests} ORDER BY {cut.order()} LIMIT ?",
        *params,
        *test_params,
        limit,
    )


def glance(
    store: "Store", narrowing: "Narrowing", cut: Cut, limit: int, depth: int, shown: str
) -> list[Found]:
    """What a walk finds among the first so many rows."""
    place, place_params = cut.test()
    tests, test_params = narrowing.tests(find(store))
    return store.sql(
        f"SELECT {_KEY}, {shown} FROM (SELECT * FROM usher_user u WHERE {place}"
        f" ORDER BY {cut.order()} LIMIT ?) u LEFT JOIN usher_role r ON r.id = u.role_id"
        f" WHERE {tests} ORDER BY {cut.order()} LIMIT ?",
        *place_params,
        depth,
        *test_params,
        limit,
    )


def fetch(
    store: "Store",
    narrowing: "Narrowing",
    cut: Cut,
    limit: int,
    members: tuple[str, Sequence[Any]],
    *,
    shown: str,
) -> list[Found]:
    """Of the people whose ids a SELECT gives, those who pass and lie in the direction, sorted."""
    select, members_params = members
    place, place_params = cut.test()
    tests, test_params = narrowing.tests(find(store))
    # Materialised and crossed: no engine may walk the whole list to save itself the sorting.
    return store.sql(
        f"WITH j (id) AS MATERIALIZED ({select})"
        f" SELECT {_KEY}, {shown} FROM j CROSS JOIN usher_user u"
        " LEFT JOIN usher_role r ON r.id = u.role_id"
        f" WHERE u.id = j.id AND {place} AND {tests} ORDER BY {cut.order()} LIMIT ?",
        *members_params,
        *place_params,
        *test_params,
        limit,
    )


def place_of(found: Found) -> Place:
    return Place(*found[:4])


def counted(store: "Store", select: str, params: Sequence[Any], limit: int | None) -> int:
    """How many rows a SELECT gives, at most `limit`."""
    if limit is not None:
        select, params = f"{select} LIMIT ?", [*params, limit]
    ((number,),) = store.sql(f"SELECT count(*) FROM ({select}) found", *params)
    return int(number)
