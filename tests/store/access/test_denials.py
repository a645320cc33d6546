"""Denials are audited, and no more of them than a reader can bear (CHECKLIST F50)."""

from contextlib import suppress

import pytest

from store import audit, locking, teams, users
from store.access import denials, roles
from store.database import Store
from store.errors import NotAllowed, NotFound, PasswordNeeded, Refused
from store.session import Session, operator_session
from store.users import many
from store.values import AuditEntry
from tests.conftest import FakeClock, session_of
from tests.store.standing import MakeUser, activate


@pytest.fixture
def admin(store: Store, owner: Session, make_user: MakeUser) -> Session:
    return session_of(store, activate(owner, make_user(admin=True, role="", teams=())))


@pytest.fixture
def standard(store: Store, owner: Session, make_user: MakeUser) -> Session:
    return session_of(store, activate(owner, make_user()))


def denied(owner: Session) -> list[AuditEntry]:
    return [one for one in audit.history(owner, limit=200) if one.verb == "denied"]


def test_a_denial_leaves_one_entry_though_the_act_is_undone(
    store: Store, owner: Session, admin: Session
) -> None:
    with pytest.raises(NotAllowed):
        users.block(admin.because("he left"), owner.user or 0)
    (entry,) = denied(owner)
    assert (entry.actor, entry.target, entry.reason) == (admin.name, owner.user, "he left")
    assert entry.changes == {"permission": (None, "users.block")}
    assert entry.origin == str(admin.origin)
    assert audit.verify(store) is None


def test_a_field_that_is_not_theirs_to_edit_is_a_denial_too(
    owner: Session, standard: Session
) -> None:
    with pytest.raises(NotAllowed):
        users.edit(standard, standard.user or 0, {"role": "Manager"})
    (entry,) = denied(owner)
    assert (entry.target, entry.changes) == (standard.user, {"permission": (None, "users.rights")})


def test_where_no_transaction_is_open_it_is_written_at_once(
    store: Store, owner: Session, standard: Session
) -> None:
    with pytest.raises(NotAllowed), store.read():
        audit.history(standard)
    assert denied(owner)[0].changes == {"permission": (None, "history.view")}


def test_who_asks_for_others_leaves_an_entry_whether_they_are_there_or_not(
    owner: Session, standard: Session
) -> None:
    """CHECKLIST F49: not even the work that it takes tells one from the other."""
    for who in (owner.user, 4711, "nobody@acme.com.ua"):
        with pytest.raises(NotFound):
            users.show(standard, who or 0)
    assert [entry.target for entry in reversed(denied(owner))] == [owner.user, 4711, None]


def test_a_refusal_amid_an_act_that_goes_on_is_written_with_it(
    owner: Session, admin: Session, make_user: MakeUser
) -> None:
    maria = make_user()
    outcomes = many.act(admin, "block", [owner.user or 0, maria.id])
    assert (outcomes.done, outcomes.failed) == (1, 1)
    assert [entry.target for entry in denied(owner)] == [owner.user]


def test_neither_a_rehearsal_nor_a_missing_password_nor_a_rule_is_a_denial(
    store: Store, owner: Session, admin: Session, clock: FakeClock, make_user: MakeUser
) -> None:
    maria = make_user()
    with suppress(NotAllowed), store.rehearse(admin):
        users.block(admin, owner.user or 0)
    many.foresee(admin, "block", [owner.user or 0])
    clock.forward(minutes=6)
    with pytest.raises(PasswordNeeded):
        users.remove(admin, maria.id)
    with pytest.raises(Refused, match="pending"):
        users.restore(admin, maria.id)
    assert denied(owner) == []


def test_after_twenty_an_hour_no_more_is_written_and_the_last_says_so(
    owner: Session, standard: Session, admin: Session, clock: FakeClock
) -> None:
    for _attempt in range(denials.MOST + 5):
        with pytest.raises(NotAllowed):
            teams.create(standard, "South")
    found = denied(owner)
    assert len(found) == denials.MOST
    assert [entry.seq for entry in found if "written" in entry.changes] == [found[0].seq]
    with pytest.raises(NotAllowed):
        users.block(admin, owner.user or 0)
    assert denied(owner)[0].actor == admin.name, "each actor is counted for themselves"
    clock.forward(hours=1, seconds=1)
    with pytest.raises(NotAllowed):
        roles.create(standard, "Seller")
    assert denied(owner)[0].changes == {"permission": (None, "roles.create")}


def test_the_operator_who_gives_no_reason_is_one_who_was_denied(
    store: Store, owner: Session
) -> None:
    with pytest.raises(NotAllowed):
        users.edit(operator_session(store), owner.user or 0, {"phone": "+380671234567"})
    assert denied(owner)[0].actor.startswith("host:")


def test_a_database_that_is_busy_makes_no_other_error_of_it(
    store: Store, owner: Session, standard: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    if store.postgres:
        pytest.skip("writers queue at the head of the chain there")
    monkeypatch.setattr(denials, "PATIENCE", 0.01)
    with locking.locked(store.folder.path / "usher.db.lock", 1.0), pytest.raises(NotAllowed):
        audit.history(standard)
    assert denied(owner) == []
