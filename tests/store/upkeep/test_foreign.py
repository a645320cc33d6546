"""What leans on users and is not declared, or leans on nobody, is found (DESIGN 3.8)."""

import pytest

from store import settings
from store.database import Store
from store.errors import Invalid
from store.session import Session
from store.upkeep.foreign import Loose, Undeclared, leaning
from tests.store.records.platform import built, calls, deals
from tests.store.standing import MakeUser, made


def test_foreign_keys_that_nobody_declared_are_found(store: Store, owner: Session) -> None:
    built(store, owner)
    assert leaning(store).ok
    with store.write(owner):
        store.sql(
            "CREATE TABLE notes (id INTEGER PRIMARY KEY, deal INTEGER REFERENCES deals (deal_no),"
            ' "Writer" INTEGER REFERENCES usher_user (id), reader INTEGER REFERENCES usher_user)'
        )
    assert leaning(store).undeclared == (
        Undeclared("notes", "Writer"),
        Undeclared("notes", "reader"),
    )
    settings.change(owner, "records.tables", "")
    assert Undeclared("deals", "owner_id") in leaning(store).undeclared


def test_a_table_in_another_schema_is_found_as_well(store: Store, owner: Session) -> None:
    if not store.postgres:
        pytest.skip("SQLite has one schema")
    with store.write(owner):
        store.sql("CREATE SCHEMA billing")
        store.sql("CREATE TABLE billing.bills (payer INTEGER REFERENCES usher_user (id))")
    assert leaning(store).undeclared == (Undeclared("billing.bills", "payer"),)


def test_rows_of_nobody_and_of_who_has_left_are_found(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    built(store, owner)
    blocked, inactive = (made(owner, make_user, one).id for one in ("blocked", "inactive"))
    with store.write(owner):
        calls(store, 4711, *"abcdefg")
        calls(store, blocked, "x")
        deals(store, inactive, 3)
    assert leaning(store).loose == (
        Loose("deal", "deals", "inactive", 1, ("3",)),
        Loose("call", "Calls", "missing", 7, ("a", "b", "c", "d", "e")),
    )
    with store.write(owner):
        store.sql('DROP TABLE "Calls"')
    with pytest.raises(Invalid, match="Calls"):
        leaning(store)
