"""People who own something, and what has to hold of it whatever is done."""

from store import audit
from store.database import Store
from store.models import RecordRow
from store.session import Session
from tests.store.standing import MakeUser, activate


def active(owner: Session, make_user: MakeUser, number: int) -> list[int]:
    """So many active people."""
    return [activate(owner, make_user()).id for _ in range(number)]


def records(
    store: Store,
    owner: int,
    number: int,
    kind: str = "client",
    start: int = 0,
    sub_account: int | None = None,
) -> None:
    """So many records of one person."""
    rows = [
        {
            "kind": kind, "ref": f"{one}", "title": "", "state": "", "owner_id": owner,
            "sub_account_id": sub_account,
        }
        for one in range(start, start + number)
    ]  # fmt: skip
    with store.read():
        store.insert_many(RecordRow._meta.table_name, rows)


def owned(store: Store) -> dict[int, int]:
    """How many records each person owns."""
    with store.read():
        rows = store.sql("SELECT owner_id, count(*) FROM usher_record GROUP BY owner_id")
    return dict(rows)


def sound(store: Store, total: int) -> None:
    """The invariants: no record is lost or owned by somebody who is gone, and the chain holds."""
    with store.read():
        orphans = store.sql(
            "SELECT count(*) FROM usher_record r LEFT JOIN usher_user u ON u.id = r.owner_id"
            " WHERE u.id IS NULL OR u.status IN ('removed', 'inactive')"
        )
    assert sum(owned(store).values()) == total
    assert orphans == [(0,)]
    assert audit.verify(store) is None


def sub_accounts_of_records(store: Store) -> set[int | None]:
    """In which the records are, by id."""
    with store.read():
        return {one for (one,) in store.sql("SELECT sub_account_id FROM usher_record")}
