"""Finding employees: a page of them, and one whole."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from store import access
from store.employees.cards import key_of
from store.errors import NoSuch
from store.listing.folding import words
from store.numbers import id_number
from store.users import read
from store.values import Employee, Employees

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session

PAGE, MANY = 50, 1000
"""Employees at a time: for somebody who looks, and for a file."""
_FROM = "FROM usher_employee e LEFT JOIN usher_user u ON u.id = e.user_id"
_COLUMNS = (
    "e.id, e.user_id, coalesce(u.email, e.email_key), coalesce(u.first_name, e.first_name),"
    " coalesce(u.last_name, e.last_name), e.currency, e.number, e.address, e.notes"
)


def listed(
    session: "Session",
    *,
    search: str = "",
    unlinked: bool = False,
    after: int = 0,
    limit: int = PAGE,
) -> Employees:
    """A page of employees; every word of the search stands in the names, e-mail or number.

    `unlinked` leaves those who are no user's; `after` is where the page before ended.

    Raises:
        NotAllowed: the actor may not see employees.
    """
    store = session.store
    with store.read():
        access.require(session, "employees.view")
        clauses, values = _narrowed(store, search, unlinked)
        ((total,),) = store.sql(f"SELECT count(*) FROM usher_employee e WHERE {clauses}", *values)
        rows = _page(store, clauses, values, after, limit + 1)
    page = rows[:limit]
    return Employees(page, total, page[-1].id if len(rows) > limit else None)


def pages(store: "Store", search: str, unlinked: bool) -> Iterator[tuple[Employee, ...]]:
    """All whom a list shows, so many at a time; for verbs that have checked the right."""
    clauses, values = _narrowed(store, search, unlinked)
    after = 0
    with store.read():
        while page := _page(store, clauses, values, after, MANY):
            yield page
            after = page[-1].id


def show(session: "Session", which: int | str) -> Employee:
    """One employee: by the card's id, or by a login or an e-mail.

    Raises:
        NoSuch: there is none.
        NotAllowed: the actor may not see employees.
    """
    store = session.store
    with store.read():
        access.require(session, "employees.view")
        text = str(which).strip()
        if text.isascii() and text.isdigit():
            found = load(store, "e.id = ?", number) if (number := id_number(text)) else None
        else:
            found = known_as(store, text)
    if found is None:
        raise NoSuch("employee", which)
    return found


def load(store: "Store", condition: str, *values: Any) -> Employee | None:
    """The first card of whom this holds."""
    rows = store.sql(f"SELECT {_COLUMNS} {_FROM} WHERE {condition} ORDER BY e.id LIMIT 1", *values)
    return Employee(*rows[0]) if rows else None


def known_as(store: "Store", text: str) -> Employee | None:
    """Whose login or e-mail it is, else the first card that waits for this e-mail."""
    number = read.by_identifier(store, text)
    if number is not None:
        return load(store, "e.user_id = ?", number)
    key = key_of(text)
    return load(store, "e.user_id IS NULL AND e.email_key = ?", key) if key else None


def _page(
    store: "Store", clauses: str, values: list[str], after: int, limit: int
) -> tuple[Employee, ...]:
    rows = store.sql(
        f"SELECT {_COLUMNS} {_FROM} WHERE {clauses} AND e.id > ? ORDER BY e.id LIMIT ?",
        *values,
        after,
        limit,
    )
    return tuple(Employee(*row) for row in rows)


def _narrowed(store: "Store", search: str, unlinked: bool) -> tuple[str, list[str]]:
    within = "strpos(e.search_key, ?) > 0" if store.postgres else "instr(e.search_key, ?) > 0"
    clauses, values = ["e.user_id IS NULL"] if unlinked else ["1 = 1"], list[str]()
    for forms in words(search):
        clauses.append(f"({' OR '.join([within] * len(forms))})")
        values += forms
    return " AND ".join(clauses), values
