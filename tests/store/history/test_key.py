"""Without the key of the account, nothing is written (issue of faults, 3)."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from store import audit, codes, users
from store.audit import sealing
from store.database import Store
from store.errors import Refused, Unavailable
from store.opening import open_store
from store.session import Session, operator_session
from store.values import User
from tests.conftest import CheapHasher
from tests.store.history.tampering import forge

Make = Callable[..., User]


def missing(key: Path) -> None:
    key.unlink()


def another(key: Path) -> None:
    key.write_bytes(os.urandom(32))


LOSSES = {"missing": missing, "another": another}


@pytest.fixture(params=LOSSES)
def lost(request: pytest.FixtureRequest, store: Store, make_user: Make) -> bytes:
    """An account with a history whose key is lost. Returns the key."""
    for _number in range(3):
        make_user()
    path = store.folder.key_path
    key = path.read_bytes()
    LOSSES[request.param](path)
    return key


def opened(url: str, *, any_key: bool = False) -> Store:
    return open_store(url, hasher=CheapHasher(), any_key=any_key)


def test_what_puts_a_missing_key_right_opens_the_account(url: str, lost: bytes) -> None:
    opened(url, any_key=True).close()


def test_an_account_is_not_opened_without_its_key(store: Store, url: str, lost: bytes) -> None:
    there_before = store.folder.key_path.exists()
    with pytest.raises(Unavailable) as refused:
        opened(url)
    assert (refused.value.name, refused.value.exit_code) == ("server_key", 7)
    for words in (str(store.folder.key_path), "Copy server.key", "usher audit rekey"):
        assert words in refused.value.message
    assert store.folder.key_path.exists() == there_before
    store.folder.key_path.write_bytes(lost)
    store.folder.key_path.chmod(0o600)
    opened(url).close()


def test_an_open_program_writes_nothing_and_derives_no_code_without_the_key(
    store: Store, owner: Session, lost: bytes, make_user: Make
) -> None:
    """The key can be lost while the screens are open."""
    before = audit.count(owner)
    with pytest.raises(Unavailable) as refused:
        make_user()
    assert refused.value.name == "server_key"
    with pytest.raises(Unavailable):
        audit.server_key(store)
    assert audit.count(owner) == before


def test_a_key_that_is_put_back_is_all_that_is_needed(
    store: Store, lost: bytes, make_user: Make
) -> None:
    store.folder.key_path.write_bytes(lost)
    make_user()
    assert audit.verify(store) is None


def rekeyed(store: Store, reason: str = "the disk of the old host is gone") -> int:
    return sealing.rekey(operator_session(store).because(reason))


def test_after_a_real_loss_the_history_goes_on_with_another_key(
    store: Store, url: str, owner: Session, lost: bytes, make_user: Make
) -> None:
    count = audit.count(owner)
    rekeyed(store)
    make_user()
    verdict = audit.examine(store)
    assert verdict.damage is None
    assert (verdict.key_changes, verdict.unproven) == ((count + 1,), count)
    (entry,) = [one for one in audit.history(owner) if one.verb == "rekey"]
    assert entry.reason == "the disk of the old host is gone"


def test_what_is_changed_after_the_change_of_the_key_shows(
    store: Store, url: str, lost: bytes
) -> None:
    """A digest seals the earlier entries, because their MACs cannot be checked."""
    rekeyed(store)
    forge(store, "UPDATE usher_audit SET actor = 'x' WHERE seq = 2")
    damage = audit.verify(store)
    assert damage is not None
    assert damage.what == "changed before"


def test_a_key_that_is_found_again_proves_the_entries_of_its_time(
    store: Store, url: str, lost: bytes, make_user: Make
) -> None:
    rekeyed(store)
    found = store.folder.path / "server.key.2026"
    found.write_bytes(lost)
    found.chmod(0o600)
    verdict = audit.examine(store)
    assert (verdict.damage, verdict.unproven, len(verdict.key_changes)) == (None, 0, 1)
    forge(store, "UPDATE usher_audit SET actor = 'x' WHERE seq = 2")
    assert audit.verify(store) == audit.Damage(2, "changed")


def test_a_key_may_be_lost_more_than_once(
    store: Store, url: str, lost: bytes, make_user: Make
) -> None:
    for _time in range(3):
        rekeyed(store)
        make_user()
        store.folder.key_path.unlink()
    rekeyed(store)
    verdict = audit.examine(store)
    assert (verdict.damage, len(verdict.key_changes)) == (None, 4)
    forge(store, "UPDATE usher_audit SET actor = 'x' WHERE seq = 3")
    assert audit.verify(store) is not None


def test_a_new_key_ends_the_codes_that_were_derived_from_the_former_one(
    store: Store, url: str, owner: Session, make_user: Make
) -> None:
    user = make_user()
    with store.read():
        ((number,),) = store.sql("SELECT id FROM usher_code WHERE user_id = ?", user.id)
    code = codes.text_of(store, number)
    assert code
    store.folder.key_path.unlink()
    assert rekeyed(store) == 1
    assert codes.text_of(store, number) is None
    assert codes.whose(store, code, codes.Purpose.INVITATION) is None
    (entry,) = [one for one in audit.history(owner) if one.verb == "rekey"]
    assert entry.changes["codes"] == (1, 0)


def test_a_key_that_fits_is_not_replaced(store: Store, url: str, make_user: Make) -> None:
    user = make_user()
    key = store.folder.key_path.read_bytes()
    with pytest.raises(Refused) as refused:
        rekeyed(store)
    assert refused.value.name == "key_right"
    assert store.folder.key_path.read_bytes() == key
    assert users.read.load(store, [user.id])


def test_a_new_key_wants_a_reason_and_replaces_no_file(store: Store, url: str, lost: bytes) -> None:
    """Another account may use the key in the folder."""
    path = store.folder.key_path
    present = path.read_bytes() if path.exists() else None
    with pytest.raises(Refused) as refused:
        rekeyed(store, reason="  ")
    assert refused.value.name == "reason_needed"
    assert path.exists() == (present is not None)
    rekeyed(store)
    assert present is None or path.read_bytes() == present


def test_a_preview_of_a_new_key_creates_none(store: Store, url: str, owner: Session) -> None:
    store.folder.key_path.unlink()
    session = operator_session(store).because("lost")
    with store.rehearse(session) as preview:
        sealing.rekey(session)
    assert [entry.verb for entry in preview.result.entries] == ["rekey"]
    assert not store.folder.key_path.exists()


def test_no_change_of_the_key_can_be_forged(store: Store, owner: Session, make_user: Make) -> None:
    """Otherwise, all earlier entries would count as written with a lost key."""
    for _number in range(4):
        make_user()
    forge(store, "UPDATE usher_audit SET verb = 'rekey' WHERE seq = 6")
    forge(store, "UPDATE usher_audit_values SET changes = replace(changes, '[{', ?) WHERE seq = 6",
          '[{"server_key": ["x", "y"], ')  # fmt: skip
    forge(store, "UPDATE usher_audit SET actor = 'eve' WHERE seq = 3")
    assert audit.verify(store) is not None
