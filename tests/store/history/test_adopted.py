"""Migration 0010 adopts the history of an older database."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from store import audit, users
from store.audit import anchor, erasing
from store.audit.head_row import Head, head
from store.database import Store
from store.errors import Unavailable
from store.opening import open_store
from store.session import Session, operator_session
from store.upkeep import migrate
from store.values import User
from tests.conftest import CheapHasher
from tests.store.history.tampering import cut_tail, forge

Make = Callable[..., User]
SCRIPT = "0010_history_guards"


def make_older(store: Store) -> None:
    """Undo migration 0010, and write the anchor in the old format."""
    newest = anchor.find(store, head_of(store).account)
    with store.database.connection_context(), store.database.atomic():
        if store.postgres:
            store.sql("DROP FUNCTION usher_audit_values_refuse CASCADE")
            store.sql("DROP TRIGGER usher_audit_no_truncate ON usher_audit")
            store.sql("DROP TRIGGER usher_audit_values_no_truncate ON usher_audit_values")
        else:
            store.sql("DROP TRIGGER IF EXISTS usher_audit_values_no_update")
            store.sql("DROP TRIGGER IF EXISTS usher_audit_values_no_delete")
        for column in ("account", "key_check", "broken", "seal"):
            store.sql(f"ALTER TABLE usher_audit_head DROP COLUMN {column}")
        for table in ("anchor", "erasing"):
            store.sql(f"DROP TABLE usher_audit_{table}")
        store.sql("DELETE FROM usher_migration WHERE name = ?", SCRIPT)
    for path in store.folder.path.glob("*.head"):
        path.unlink()
    if newest is not None:
        text = f"{store.fingerprint} {newest.seq} {newest.mac}\n"
        (store.folder.path / "audit.head").write_text(text)


def head_of(store: Store) -> Head:
    with store.read():
        return head(store)


def migrated(url: str) -> Store:
    store = open_store(url, hasher=CheapHasher(), migrating=True)
    assert SCRIPT in migrate.migrate(store)
    return store


@pytest.fixture
def older(store: Store, url: str, owner: Session, make_user: Make) -> str:
    """The address of an older account in which a user was removed."""
    for _number in range(3):
        make_user()
    users.remove(owner, make_user("handed over in person").id)
    make_older(store)
    store.close()
    return url


def test_a_database_of_before_is_taken_over_with_its_key_and_its_anchor(older: str) -> None:
    store = migrated(older)
    assert head_of(store).key_check
    assert audit.examine(store).damage is None
    users.edit(operator_session(store).because("a test"), 1, {"position": "Head"})
    verdict = audit.examine(store)
    assert (verdict.damage, verdict.anchor) == (None, "agrees")
    store.close()


def test_a_tail_that_was_cut_before_the_migration_shows(store: Store, older: str) -> None:
    with store.database.connection_context():
        store.sql("ALTER TABLE usher_audit_head ADD COLUMN spare TEXT")
    cut_tail(store)
    store.close()
    there = migrated(older)
    damage = audit.verify(there)
    there.close()
    assert damage is not None
    assert damage.what == "cut off"


def test_values_that_were_missing_before_are_named_by_an_entry(store: Store, older: str) -> None:
    """Their cause is unknown. Values deleted from now on are detected."""
    forge(store, "DELETE FROM usher_audit_values WHERE seq IN (2, 3, 5)")
    store.close()
    there = migrated(older)
    session = operator_session(there)
    (entry,) = (one for one in audit.history(session) if one.verb == erasing.ADOPT)
    assert entry.changes[erasing.MISSING] == (None, "2-3 5")
    assert audit.verify(there) is None
    forge(there, "DELETE FROM usher_audit_values WHERE seq = 4")
    assert audit.verify(there) == audit.Damage(4, "values missing")
    there.close()


def test_a_migration_without_the_key_is_done_and_the_key_is_wanted_afterwards(
    store: Store, older: str
) -> None:
    key = store.folder.key_path
    kept = key.read_bytes()
    key.unlink()
    migrated(older).close()
    assert not key.exists()
    with pytest.raises(Unavailable) as refused:
        open_store(older, hasher=CheapHasher())
    assert refused.value.name == "server_key"
    key.write_bytes(kept)
    key.chmod(0o600)
    with pytest.raises(Unavailable) as refused:
        open_store(older, hasher=CheapHasher())
    assert refused.value.name == "migration_needed"
    there = open_store(older, hasher=CheapHasher(), migrating=True)
    assert migrate.migrate(there) == []
    users.edit(operator_session(there).because("a test"), 1, {"position": "Head"})
    assert head_of(there).key_check
    assert audit.verify(there) is None
    there.close()


def test_the_copy_of_a_migration_can_be_put_back_and_migrated_again(
    store: Store, older: str
) -> None:
    if store.postgres:
        pytest.skip("PostgreSQL has its own copies")
    forge(store, "DELETE FROM usher_audit_values WHERE seq = 3")
    store.close()
    first = migrated(older)
    account = head_of(first).account
    first.close()
    (copy,) = Path(store.folder.path).glob("*.backup")
    for path in store.folder.path.glob("usher.db-*"):
        path.unlink()
    shutil.copy(copy, store.folder.path / "usher.db")
    copy.unlink()
    again = migrated(older)
    assert head_of(again).account == account
    assert audit.verify(again) is None
    users.edit(operator_session(again).because("a test"), 1, {"position": "Head"})
    assert audit.verify(again) is None
    again.close()
