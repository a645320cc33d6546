"""The owner gives the account to an active admin, and it always has exactly one owner (S4)."""

from datetime import timedelta

import pytest

from store import audit, keys, users
from store.access import overrides
from store.database import Store
from store.errors import NotAllowed, NotFound, PasswordNeeded, Refused
from store.models import CodeRow, UserRow
from store.ownership import owner as ownership
from store.ownership.absence import declare_absent
from store.ownership.transferring import transfer
from store.session import Session, operator_session
from store.undo.acting import undo
from store.values import User
from tests.conftest import NOON, FakeClock, session_of
from tests.public_keys import ED25519
from tests.store.standing import MakeUser, activate
from tests.store.test_storing import letters


def owners(store: Store) -> list[str]:
    with store.read():
        return [str(row[0]) for row in store.sql("SELECT login FROM usher_user WHERE owner")]


def test_the_account_goes_to_an_active_admin_and_the_old_owner_stays_one(
    store: Store, owner: Session, boris: User, clock: FakeClock
) -> None:
    before = ownership.show(owner)
    assert (before.login, before.since, before.claimable) == ("olga", NOON, False)
    clock.forward(minutes=2)
    found = transfer(owner, "boris", "  Acme ")
    assert (found.id, found.login, found.since) == (boris.id, "boris", clock.time)
    assert owners(store) == ["boris"]
    olga = users.show(session_of(store, boris), "olga")
    assert (olga.admin, olga.owner, olga.status) == (True, False, "active")
    assert set(letters(store, "owner_changed")) == {"olga@acme.com.ua", "boris@acme.com.ua"}
    both = {"owner_id": [olga.id, boris.id]}
    (given,) = audit.history(owner, boris.id, 1)
    (lost,) = audit.history(owner, olga.id, 1)
    assert given.changes == {"owner": (False, True), **{k: tuple(v) for k, v in both.items()}}
    assert lost.changes["owner"] == (True, False) and lost.verb == "transfer_ownership"
    assert given.command == f"usher owner transfer {boris.id} --account Acme"
    assert audit.verify(store) is None


def test_the_old_owner_may_from_that_moment_what_an_admin_may_and_no_more(
    owner: Session, anna: Session, boris: User
) -> None:
    transfer(owner, boris.id, "Acme")
    with pytest.raises(NotAllowed, match="Only the owner"):
        transfer(owner, anna.user or 0, "Acme")
    with pytest.raises(NotAllowed, match="Only the owner"):
        users.block(owner, anna.user or 0)
    with pytest.raises(Refused, match="usher owner transfer WHO"):
        undo(owner)
    with pytest.raises(NotAllowed, match="Only the owner can do this to the owner"):
        users.edit(owner, boris.id, {"phone": "+380671234567"})


def test_what_was_denied_to_the_new_owner_is_lifted_for_good(owner: Session, boris: User) -> None:
    """Nothing can be denied to an owner, so that it would come back when they are none any more."""
    overrides.deny(owner, boris.id, ["users.remove"])
    transfer(owner, boris.id, "Acme")
    new = session_of(owner.store, boris)
    assert users.show(new, boris.id).denied == ()
    assert audit.history(new, boris.id, 1)[0].changes["users.remove"] == ("deny", "inherit")
    transfer(new, "olga", "Acme")
    assert users.show(owner, boris.id).denied == ()


@pytest.mark.parametrize(
    ("typed", "code"), [("", "account_name_wrong"), ("acme", "account_name_wrong"), ("Acme", "")]
)
def test_the_name_of_the_account_is_typed_as_it_stands(
    owner: Session, boris: User, typed: str, code: str
) -> None:
    if not code:
        transfer(owner, boris.id, typed)
        return
    with pytest.raises(Refused) as refused:
        transfer(owner, boris.id, typed)
    assert refused.value.name == code


def test_the_account_goes_to_nobody_who_could_not_come_in(
    store: Store, owner: Session, anna: Session, make_user: MakeUser
) -> None:
    standard, pending = activate(owner, make_user()), make_user(admin=True, role="", teams=())
    blocked = make_user(admin=True, role="", teams=())
    users.block(owner, blocked.id)
    for who, said in (
        (standard.id, "a standard user"), (pending.id, "pending"), (blocked.id, "blocked"),
        ("olga", "is the owner already"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=said):
            transfer(owner, who, "Acme")
    locked = {"attempts": 6, "locked_at": NOON}
    others = activate(owner, make_user("nine wet umbrellas", admin=True, role="", teams=()))
    shut = (
        locked, {"idle_from": NOON - timedelta(days=91)}, {"confirmed_at": None},
        {"password_hash": None},
    )  # fmt: skip
    for changes in shut:
        with store.write(owner):
            UserRow.update(**changes).where(UserRow.id == anna.user).execute()
        with pytest.raises(Refused, match="cannot sign in") as refused:
            transfer(owner, anna.user or 0, "Acme")
        assert refused.value.name == "cannot_sign_in"
        with store.write(owner):
            UserRow.update(attempts=0, locked_at=None, idle_from=NOON, confirmed_at=NOON).where(
                UserRow.id == anna.user
            ).execute()
    with pytest.raises(NotFound):
        transfer(owner, 4711, "Acme")
    assert owners(store) == ["olga"]
    assert transfer(owner, others.id, "Acme").id == others.id


def test_it_asks_for_the_password_again(owner: Session, boris: User, clock: FakeClock) -> None:
    clock.forward(minutes=6)
    with pytest.raises(PasswordNeeded):
        transfer(owner, boris.id, "Acme")


def test_the_host_rescues_an_account_with_a_reason(
    store: Store, owner: Session, boris: User
) -> None:
    host = operator_session(store)
    with pytest.raises(NotAllowed, match="needs a reason"):
        transfer(host, boris.id, "Acme")
    transfer(host.because("Olga has left"), boris.id, "Acme")
    assert owners(store) == ["boris"]
    assert audit.history(owner, boris.id, 1)[0].reason == "Olga has left"


def test_a_new_owner_is_neither_absent_nor_idle(
    store: Store, owner: Session, anna: Session, boris: User, clock: FakeClock
) -> None:
    """Whoever was given the account has not had a day to sign in as its owner."""
    declare_absent(anna.because("moved away"))
    clock.forward(days=89)
    found = transfer(operator_session(store).because("a change"), boris.id, "Acme")
    assert found.absence is None and not found.claimable
    clock.forward(days=2)
    assert not ownership.show(operator_session(store)).claimable
    with store.read():
        assert CodeRow.get(CodeRow.purpose == "absence").how == "revoked"


def test_a_rehearsal_changes_nobody(store: Store, owner: Session, boris: User) -> None:
    with store.rehearse(owner) as preview:
        transfer(owner, boris.id, "Acme")
    assert owners(store) == ["olga"]
    assert [entry.target for entry in preview.result.entries] == [boris.id, owner.user]
    assert len(preview.result.letters) == 2


def test_keys_and_sessions_of_both_stay(store: Store, owner: Session, boris: User) -> None:
    keys.add(owner, boris.id, ED25519.line)
    transfer(owner, boris.id, "Acme")
    assert len(keys.keys_of(session_of(store, boris), boris.id)) == 1
