"""The audit trail: complete, append-only, chained (DESIGN 3.13, CHECKLIST M72)."""

from collections.abc import Callable

import peewee
import pytest

from store import audit, users
from store.database import Store
from store.errors import NotAllowed, UsherError
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
    "statement",
    [
        "UPDATE usher_audit SET actor = 'x'",
        "DELETE FROM usher_audit",
        "UPDATE usher_audit_values SET changes = '{}'",
        "DELETE FROM usher_audit_values",
        "DELETE FROM usher_audit_values WHERE seq = 1",
    ],
)
def test_the_database_itself_refuses_to_change_an_entry_or_its_values(
    store: Store, owner: Session, statement: str
) -> None:
    with store.read(), pytest.raises(peewee.PeeweeException):
        store.sql(statement)
