"""What people own, counted and moved: records kept here and rows of the platform's own tables.

Both are counted by the same words and moved in the transaction of whoever hands them over, so that
nothing is ever owned by nobody.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.errors import NoSuch
from store.records import tables
from store.records.tables import Table

if TYPE_CHECKING:
    from store.database import Store, Unit
    from store.values import Heirs

STATELESS = ""
"""The state of a row whose table has none."""


def counted(store: "Store", numbers: Sequence[int]) -> dict[str, dict[str, int]]:
    """How much the people of these ids own together: kind to state to number, by kind.

    Raises:
        Invalid: a table of the platform is not as it was declared.
    """
    found: dict[str, dict[str, int]] = {}
    with store.read():
        rows = store.sql_among(
            "SELECT kind, state, count(*) FROM usher_record WHERE owner_id IN (*)"
            " GROUP BY kind, state ORDER BY kind, state",
            numbers,
        )
        rows += [
            (table.kind, STATELESS, number)
            for table in tables.load(store)
            for (number,) in store.sql_among(
                f"SELECT count(*) FROM {named(table.table)} WHERE {named(table.owner)} IN (*)",
                numbers,
            )
            if number
        ]
    for kind, state, number in rows:
        states = found.setdefault(kind, {})
        states[state] = states.get(state, 0) + number
    return dict(sorted(found.items()))


def number_of(store: "Store", owner: int, kinds: Collection[str] | None = None) -> dict[str, int]:
    """How much somebody owns of each kind, or of these kinds."""
    return {
        kind: sum(states.values())
        for kind, states in counted(store, [owner]).items()
        if kinds is None or kind in kinds
    }


def owning(store: "Store", numbers: Sequence[int]) -> frozenset[int]:
    """Who of these people owns anything.

    Raises:
        Invalid: a table of the platform is not as it was declared.
    """
    with store.read():
        sources = [("usher_record", "owner_id")]
        sources += [(named(one.table), named(one.owner)) for one in tables.load(store)]
        return frozenset(
            number
            for table, owner in sources
            for (number,) in store.sql_among(
                f"SELECT DISTINCT {owner} FROM {table} WHERE {owner} IN (*)", numbers
            )
        )


def move(unit: "Unit", owner: int, heirs: "Heirs", most: int | None = None) -> dict[str, int]:
    """Give what somebody owns to their heirs, whom the caller has chosen and locked.

    At most so many rows, in the transaction that is open; gives back how many of each kind went.
    Where fewer than `most` went, nothing is left that an heir would get.

    Raises:
        Invalid: a table of the platform is not as it was declared.
    """
    store, gone = unit.session.store, dict[str, int]()
    declared = tables.load(store)
    for kind in _kinds(store, owner, declared):
        heir = heirs.of(kind)
        if heir is None:
            continue
        for rows in _rows_of(kind, declared):
            left = None if most is None else most - sum(gone.values())
            if left is None or left > 0:
                number = _moved(store, rows, owner, heir, left)
                gone[kind] = gone.get(kind, 0) + number
    return {kind: number for kind, number in gone.items() if number}


def move_these(unit: "Unit", owner: int, heir: int, refs: Mapping[str, Sequence[str]]) -> int:
    """Give single rows of somebody to an heir, by kind and ref; gives back how many went.

    Raises:
        Invalid: a table of the platform is not as it was declared.
    """
    store, number = unit.session.store, 0
    declared = tables.load(store)
    for kind, wanted in refs.items():
        for rows in _rows_of(kind, declared):
            among, given = rows.among(wanted)
            number += len(
                store.sql(
                    f"UPDATE {rows.table} SET {rows.owner} = ? WHERE {rows.owner} = ?"
                    f" AND {rows.only} AND {among} RETURNING 1",
                    heir,
                    owner,
                    *rows.given,
                    *given,
                )
            )
    return number


def owners(store: "Store", refs: Mapping[str, Sequence[str]]) -> dict[int, dict[str, list[str]]]:
    """Who has these records, given by kind and ref: the id of each, with what they have of them.

    Raises:
        NoSuch: one of them is not there, or belongs to nobody.
        Invalid: a table of the platform is not as it was declared.
    """
    declared = tables.load(store)
    found: dict[int, dict[str, list[str]]] = {}
    for kind, wanted in refs.items():
        missing = dict.fromkeys(wanted)
        for rows in _rows_of(kind, declared):
            among, given = rows.among(wanted)
            for owner, ref in store.sql(
                f"SELECT {rows.owner}, CAST({rows.ref} AS TEXT) FROM {rows.table}"
                f" WHERE {rows.owner} IS NOT NULL AND {rows.only} AND {among}"
                f" ORDER BY {rows.owner}, {rows.ref}",
                *rows.given,
                *given,
            ):
                found.setdefault(owner, {}).setdefault(kind, []).append(ref)
                missing.pop(ref, None)
        if missing:
            raise NoSuch("record", f"{kind} {next(iter(missing))}")
    return found


def named(identifier: str) -> str:
    """An identifier in SQL, which `tables` has seen to be a plain one that the database knows."""
    return f'"{identifier}"'


def _kinds(store: "Store", owner: int, declared: Iterable[Table]) -> list[str]:
    """What they own anything of, found without counting it: a hand-over in batches asks often."""
    records = store.sql(
        "WITH RECURSIVE known (kind) AS ("
        "SELECT min(kind) FROM usher_record WHERE owner_id = ? UNION ALL"
        " SELECT (SELECT min(r.kind) FROM usher_record r"
        " WHERE r.owner_id = ? AND r.kind > known.kind) FROM known WHERE known.kind IS NOT NULL"
        ") SELECT kind FROM known WHERE kind IS NOT NULL",
        owner,
        owner,
    )
    return sorted({kind for (kind,) in records} | {table.kind for table in declared})


@dataclass(frozen=True, slots=True)
class _Rows:
    """Where the rows of one kind stand, in words of SQL."""

    table: str
    key: str
    owner: str
    ref: str
    only: str = "1 = 1"
    given: tuple[str, ...] = ()
    form: Callable[[str], int | str | None] = str
    """What a ref is compared as; None where it can be none of these."""

    def among(self, refs: Sequence[str]) -> tuple[str, Sequence[int | str]]:
        """The test that a row is one of these, and what it is given."""
        given = [one for ref in refs if (one := self.form(ref)) is not None]
        return f"{self.ref} IN ({', '.join('?' * len(given)) or 'NULL'})", given


def _rows_of(kind: str, declared: Iterable[Table]) -> Iterator[_Rows]:
    yield _Rows("usher_record", "id", "owner_id", "ref", "kind = ?", (kind,))
    for table in declared:
        if table.kind == kind:
            key = named(table.key)
            # A key may be of any type; text is what all of them can be written as.
            ref, form = (key, tables.number) if table.numbered else (f"CAST({key} AS TEXT)", str)
            yield _Rows(named(table.table), key, named(table.owner), ref, form=form)


def _moved(store: "Store", rows: _Rows, owner: int, heir: int, most: int | None) -> int:
    of_them = f"{rows.owner} = ? AND {rows.only}"
    given = (owner, *rows.given)
    if most is not None:
        of_them = f"{rows.key} IN (SELECT {rows.key} FROM {rows.table} WHERE {of_them} LIMIT ?)"
        given = (*given, most)
    return len(
        store.sql(f"UPDATE {rows.table} SET {rows.owner} = ? WHERE {of_them} RETURNING 1",
                  heir, *given)
    )  # fmt: skip
