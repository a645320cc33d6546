"""The audit trail: complete, append-only, chained (DESIGN 3.13, CHECKLIST M72)."""

from collections.abc import Callable

import peewee
import pytest

from store import audit, users
from store.database import Store
from store.errors import NotAllowed, UsherError
from store.models import AuditRow, AuditValues
from store.session import Session
from store.values import User
from tests.conftest import NOON, FakeClock, session_of

Make = Callable[..., User]


def test_every_verb_leaves_its_entry_with_old_and_new_values(
    owner: Session, make_user: Make
) -> None:
    user = make_user(position="Back office")
    users.edit(owner.because("promoted"), user.id, {"position": "Team lead"})
    edited, created = audit.history(owner, user.id)
    assert (edited.verb, edited.actor, edited.reason) == ("edit", "olga", "promoted")
    assert edited.changes == {"position": ("Back office", "Team lead")}
    assert edited.command == f"usher users edit {user.id} --position 'Team lead'"
    assert edited.origin == "root 203.0.113.9"
    assert created.verb == "create"
    assert created.changes["login"] == (None, user.login)


def test_an_act_that_was_refused_leaves_no_entry(owner: Session, make_user: Make) -> None:
    user = make_user()
    before = audit.history(owner)
    with pytest.raises(UsherError):
        users.edit(owner, user.id, {"email": "nonsense"})
    assert audit.history(owner) == before


def test_no_password_ever_stands_in_an_entry(owner: Session, make_user: Make) -> None:
    """CHECKLIST A12."""
    make_user("S3cretPW99 handed over")
    assert "S3cretPW99" not in str(audit.history(owner))


def test_time_never_runs_backwards(owner: Session, clock: FakeClock, make_user: Make) -> None:
    """DESIGN 3.3: now is never earlier than the newest entry."""
    clock.forward(hours=-5)
    user = make_user()
    (entry,) = audit.history(owner, user.id)
    assert entry.at == user.created == NOON


def test_standard_users_read_their_own_history_alone(store: Store, make_user: Make) -> None:
    user = make_user("handed over in person")
    session = session_of(store, user)
    assert audit.history(session, user.id)
    with pytest.raises(NotAllowed):
        audit.history(session)


def test_a_chain_that_nobody_touched_holds(store: Store, make_user: Make) -> None:
    make_user()
    assert audit.verify(store) is None


@pytest.mark.parametrize(
    "statement", ["UPDATE usher_audit SET actor = 'x'", "DELETE FROM usher_audit"]
)
def test_the_database_itself_refuses_to_change_an_entry(
    store: Store, owner: Session, statement: str
) -> None:
    with store.read(), pytest.raises(peewee.PeeweeException):
        store.sql(statement)


def forge(store: Store, statement: str, *params: object) -> None:
    """Do what someone with the database in their hands could do."""
    with store.database.connection_context():
        if store.postgres:
            store.sql("ALTER TABLE usher_audit DISABLE TRIGGER ALL")
        else:
            store.sql("DROP TRIGGER IF EXISTS usher_audit_no_UPDATE")
            store.sql("DROP TRIGGER IF EXISTS usher_audit_no_DELETE")
        store.sql(statement, *params)


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE usher_audit SET actor = 'x' WHERE seq = 5", "changed"),
        ("UPDATE usher_audit SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 5", "changed"),
        ("DELETE FROM usher_audit WHERE seq = 5", "missing"),
        ("UPDATE usher_audit_values SET changes = '{}' WHERE seq = 5", "values changed"),
        ("UPDATE usher_audit SET seq = seq + 100 WHERE seq >= 5", "missing"),
    ],
)
def test_verify_names_the_first_entry_that_was_tampered_with(
    store: Store, make_user: Make, statement: str, what: str
) -> None:
    for _number in range(5):
        make_user()
    forge(store, statement)
    assert audit.verify(store) == audit.Damage(5, what)


def test_a_tail_that_was_cut_off_shows_by_the_anchor(store: Store, make_user: Make) -> None:
    for _number in range(3):
        make_user()
    with store.read():
        last = AuditRow.select(peewee.fn.max(AuditRow.seq)).scalar()
        mac = AuditRow.get_by_id(last - 1).mac
    forge(store, "DELETE FROM usher_audit WHERE seq = ?", last)
    forge(store, "UPDATE usher_audit_head SET seq = ?, mac = ?", last - 1, mac)
    assert audit.verify(store) == audit.Damage(last, "cut off")


def test_values_may_be_erased_and_the_chain_still_verifies(
    store: Store, owner: Session, make_user: Make
) -> None:
    """DESIGN 3.13: erasing a person."""
    make_user()
    with store.write(owner):
        AuditValues.delete().execute()
    assert audit.verify(store) is None
