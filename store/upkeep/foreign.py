"""Tables of the platform that lean on users: those that nobody declared, and rows that hang loose.

What nobody declared is neither counted nor handed over, so that somebody who leaves takes it along
(DESIGN 3.8).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.records import tables
from store.records.holdings import named
from store.values import Status

if TYPE_CHECKING:
    from store.database import Store

NAMED = 5
"""Rows that are named of those that hang loose."""
GONE = (Status.INACTIVE, Status.REMOVED)
"""Who owns nothing any more; whoever is blocked may come back."""


@dataclass(frozen=True, slots=True)
class Undeclared:
    """A column of a table by which its rows belong to users, and which nobody declared."""

    table: str
    column: str

    def as_json(self) -> dict[str, Any]:
        return {"table": self.table, "column": self.column}


@dataclass(frozen=True, slots=True)
class Loose:
    """Rows of a declared table that name somebody who can own nothing, and why not.

    `status` is `missing` for nobody at all. The first of the rows are named.
    """

    kind: str
    table: str
    status: str
    number: int
    refs: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "table": self.table,
            "status": self.status,
            "number": self.number,
            "refs": list(self.refs),
        }


@dataclass(frozen=True, slots=True)
class Leaning:
    """What was found."""

    undeclared: tuple[Undeclared, ...]
    loose: tuple[Loose, ...]

    @property
    def ok(self) -> bool:
        return not (self.undeclared or self.loose)


def leaning(store: "Store") -> Leaning:
    """What leans on users and is not as it should be.

    Raises:
        Invalid: a table of the platform is not as it was declared.
    """
    with store.read():
        declared = tables.load(store)
        known = {(table.table, table.owner) for table in declared}
        keys = _postgres_keys(store) if store.postgres else _sqlite_keys(store)
        undeclared = tuple(Undeclared(*one) for one in sorted(set(keys) - known))
        loose = tuple(one for table in declared for one in _loose(store, table))
    return Leaning(undeclared, loose)


def _sqlite_keys(store: "Store") -> list[tuple[str, str]]:
    """Tables and columns that refer to users."""
    return [
        (table, key.column)
        for table in store.database.get_tables()
        if not table.startswith(tables.OURS)
        for key in store.database.get_foreign_keys(table)
        if key.dest_table.lower() == "usher_user"
    ]


def _postgres_keys(store: "Store") -> list[tuple[str, str]]:
    """The same; from the catalogue, which also knows the tables of others, in any schema."""
    rows = store.sql(
        "SELECT CASE WHEN n.nspname = current_schema() THEN t.relname"
        " ELSE n.nspname || '.' || t.relname END, a.attname"
        " FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid"
        " JOIN pg_namespace n ON n.oid = t.relnamespace"
        " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)"
        " WHERE c.contype = 'f' AND c.confrelid = 'usher_user'::regclass"
        " AND t.relname NOT LIKE ?",
        f"{tables.OURS}%".replace("_", "\\_"),
    )
    return [(table, column) for table, column in rows]


def _loose(store: "Store", table: tables.Table) -> list[Loose]:
    owner, key = f"t.{named(table.owner)}", f"t.{named(table.key)}"
    source = f"{named(table.table)} t LEFT JOIN usher_user u ON u.id = {owner}"
    gone = f"{owner} IS NOT NULL AND (u.id IS NULL OR u.status IN (?, ?))"
    found = []
    for status, number in store.sql(
        f"SELECT u.status, count(*) FROM {source} WHERE {gone} GROUP BY u.status ORDER BY u.status",
        *GONE,
    ):
        same = "u.id IS NULL" if status is None else "u.status = ?"
        rows = store.sql(
            f"SELECT CAST({key} AS TEXT) FROM {source} WHERE {owner} IS NOT NULL AND {same}"
            f" ORDER BY {key} LIMIT {NAMED}",
            *([status] if status else []),
        )
        refs = tuple(ref for (ref,) in rows)
        found.append(Loose(table.kind, table.table, status or "missing", number, refs))
    return found
