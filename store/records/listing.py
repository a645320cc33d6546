"""Records listed and counted: those kept here, and the rows of the platform's own tables.

By place and never by number, as people are. The kinds follow one another; of one kind first what
is kept here, then what stands in the platform's table.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from store import access, audit, named
from store.models import SubAccountRow
from store.records import holdings, tables
from store.records.holdings import STATELESS
from store.records.tables import Table
from store.users import read
from store.values import Counts, Record, RecordFilters, RecordPage, RecordPlace

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session

PAGE = 50
TITLE_MAX = 200
"""Characters that are read of what a platform takes for a title."""


def listed(
    session: "Session",
    filters: RecordFilters = RecordFilters(),  # noqa: B008  (frozen)
    *,
    after: RecordPlace | None = None,
    limit: int = PAGE,
) -> RecordPage:
    """Records in the order of their places, from the first one or from behind a place.

    Raises:
        NotAllowed: the actor may not see what others own.
        NotFound: nobody by the owner's name, or nobody whom the actor may see.
        NoSuch: there is no such sub-account.
        Invalid: a table of the platform is not as it was declared.
    """
    store = session.store
    with store.read():
        wanted = _wanted(session, filters)
        found = _nearest(store, wanted, after, limit + 1)
    further = len(found) > limit
    del found[limit:]
    return RecordPage(
        records=tuple(record for _place, record in found),
        next=found[-1][0] if further else None,
    )


def count(session: "Session", filters: RecordFilters = RecordFilters()) -> int:  # noqa: B008  (frozen)
    """How many records there are; raises as `listed` does."""
    store = session.store
    with store.read():
        wanted = _wanted(session, filters)
        of_records = wanted.of_records()
        number = _number(store, "usher_record r", of_records)
        for table in wanted.tables:
            number += _number(store, f"{holdings.named(table.table)} t", wanted.of_table(table))
    return number


def counts(session: "Session", who: int | str) -> Counts:
    """How much somebody owns, by kind and state.

    Raises:
        NotFound: nobody, or nobody whom the actor may see.
        NotAllowed: the actor may not see what others own.
        Invalid: a table of the platform is not as it was declared.
    """
    store = session.store
    with store.read():
        return holdings.counted(store, [_owner(session, who)])


@dataclass(slots=True)
class _Tests:
    """Tests in words of SQL, which all have to hold, and what they are about."""

    said: list[str] = field(default_factory=list)
    given: list[Any] = field(default_factory=list)

    def add(self, test: str, *given: Any) -> None:
        self.said.append(test)
        self.given += given

    def __str__(self) -> str:
        return f"WHERE {' AND '.join(self.said)}" if self.said else ""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The filters with the ids of what they name, and the tables in which anything may be."""

    owner: int | None
    kind: str
    state: str
    sub_account: int | None
    tables: tuple[Table, ...]

    def of_records(self) -> _Tests:
        """The tests on a record `r`."""
        tests = _Tests()
        if self.owner is not None:
            tests.add("r.owner_id = ?", self.owner)
        if self.kind:
            tests.add("r.kind = ?", self.kind)
        if self.state:
            tests.add("r.state = ?", self.state)
        if self.sub_account is not None:
            tests.add("r.sub_account_id = ?", self.sub_account)
        return tests

    def of_table(self, table: Table) -> _Tests:
        """The tests on a row `t` of a table; what belongs to nobody is no record."""
        tests, owner = _Tests(), f"t.{holdings.named(table.owner)}"
        if self.owner is None:
            tests.add(f"{owner} IS NOT NULL")
        else:
            tests.add(f"{owner} = ?", self.owner)
        if self.sub_account is not None:
            tests.add(f"t.{holdings.named(table.sub_account)} = ?", self.sub_account)
        return tests


def _wanted(session: "Session", filters: RecordFilters) -> _Wanted:
    store = session.store
    owner = sub_account = None
    if filters.owner is None:
        access.require(session, "records.view")
    else:
        owner = _owner(session, filters.owner)
    if filters.sub_account:
        sub_account = named.find(store, SubAccountRow, "sub_account", filters.sub_account).id
    able: Iterable[Table] = () if filters.state else tables.load(store)
    possible = (
        table
        for table in able
        if filters.kind in {"", table.kind} and (table.sub_account or sub_account is None)
    )
    in_order = tuple(sorted(possible, key=lambda table: table.kind))
    return _Wanted(owner, filters.kind, filters.state, sub_account, in_order)


def _owner(session: "Session", who: int | str) -> int:
    """The id of somebody, if the actor may see what they own."""
    user = read.show(session, who)
    access.require(session, "records.view", read.subject_of(user))
    return user.id


_Found = list[tuple[RecordPlace, Record]]


def _nearest(store: "Store", wanted: _Wanted, after: RecordPlace | None, limit: int) -> _Found:
    """So many records behind a place, from stretch to stretch: up to a table's kind, then it."""
    found: _Found = []
    over = ""
    for table in (*wanted.tables, None):
        if table and after and after.kind > table.kind:
            over = table.kind
            continue
        upto = table.kind if table else ""
        found += _records(store, wanted, after, (over, upto), limit - len(found))
        if table and len(found) < limit:
            found += _rows(store, wanted, table, after, limit - len(found))
        if len(found) >= limit:
            break
        over = upto
    return found


def _records(
    store: "Store",
    wanted: _Wanted,
    after: RecordPlace | None,
    kinds: tuple[str, str],
    limit: int,
) -> _Found:
    """What is kept here of the kinds over the one and up to the other."""
    tests = wanted.of_records()
    over, upto = kinds
    if over:
        tests.add("r.kind > ?", over)
    if upto:
        tests.add("r.kind <= ?", upto)
    if after and after.platform:
        tests.add("r.kind > ?", after.kind)
    elif after:
        tests.add("(r.kind, r.state, r.ref) > (?, ?, ?)", after.kind, after.state, after.ref)
    rows = store.sql(
        "SELECT r.kind, r.state, r.ref, r.title, r.owner_id, u.login, u.status, s.name"
        " FROM usher_record r LEFT JOIN usher_user u ON u.id = r.owner_id"
        " LEFT JOIN usher_sub_account s ON s.id = r.sub_account_id"
        f" {tests} ORDER BY r.kind, r.state, r.ref LIMIT ?",
        *tests.given,
        limit,
    )
    return [
        (
            RecordPlace(kind, platform=False, state=state, ref=ref),
            Record(kind, ref, title, state, audit.called("", owner, login, status), sub or ""),
        )
        for kind, state, ref, title, owner, login, status, sub in rows
    ]


def _rows(
    store: "Store", wanted: _Wanted, table: Table, after: RecordPlace | None, limit: int
) -> _Found:
    """What stands in a table of the platform."""
    tests, key = wanted.of_table(table), f"t.{holdings.named(table.key)}"
    order = key if table.numbered else f"CAST({key} AS TEXT)"
    if after and after.platform and after.kind == table.kind:
        tests.add(f"{order} > ?", tables.number(after.ref) if table.numbered else after.ref)
    owner = f"t.{holdings.named(table.owner)}"
    unit = f"t.{holdings.named(table.sub_account)}" if table.sub_account else "NULL"
    rows = store.sql(
        f"SELECT CAST({key} AS TEXT), t.{holdings.named(table.title)}, {owner}, u.login, u.status,"
        f" s.name FROM {holdings.named(table.table)} t LEFT JOIN usher_user u ON u.id = {owner}"
        f" LEFT JOIN usher_sub_account s ON s.id = {unit} {tests} ORDER BY {order} LIMIT ?",
        *tests.given,
        limit,
    )
    return [
        (
            RecordPlace(table.kind, platform=True, state=STATELESS, ref=ref),
            Record(
                table.kind,
                ref,
                "" if title is None else str(title)[:TITLE_MAX],
                STATELESS,
                audit.called("", number, login, status),
                sub or "",
            ),
        )
        for ref, title, number, login, status, sub in rows
    ]


def _number(store: "Store", source: str, tests: _Tests) -> int:
    ((number,),) = store.sql(f"SELECT count(*) FROM {source} {tests}", *tests.given)
    return int(number)
