"""Removing somebody: all that is personal goes, the id and what they did stay (S2, S3)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from store import audit, codes, keys, listing, signin, users
from store.database import Store
from store.errors import NotFound, SignInRefused
from store.models import TABLES, Override, SubAccess, SubAccountRow, UserRow
from store.session import Session
from store.values import Door, Filters, Origin, Status, User
from tests.conftest import NOON, session_of
from tests.public_keys import ED25519

MakeUser = Callable[..., User]

CANARY = "Kanarek"
"""In each field that is about them; nowhere else."""
GIVEN = "seven quiet herons at dawn"
OWN = "a lantern over the harbour"
ADDRESS = "198.51.100.77"


def everything(store: Store) -> str:
    """Every text of every table, and of the search index."""
    tables = [table._meta.table_name for table in TABLES]
    if store.postgres:
        tables.append("usher_grams")
    with store.read():
        return "\n".join(
            str(row) for table in tables for row in store.sql(f"SELECT * FROM {table}")
        )


@pytest.fixture
def known(store: Store, owner: Session, make_user: MakeUser) -> User:
    """Somebody with everything that one can have, who has been here and has done things."""
    user = make_user(
        GIVEN,
        first_name=f"{CANARY}a",
        last_name=f"{CANARY}b",
        login=f"{CANARY}.c",
        email=f"{CANARY}.d@acme.com.ua",
        phone="+380671234599",
        country="UA",
        language="uk",
        position=f"{CANARY}e",
        currency="EUR",
        number=f"{CANARY}f",
        address=f"{CANARY}g",
        notes=f"{CANARY}h",
        admin=True,
        role="",
        teams=("North",),
    )
    origin = Origin("root", ADDRESS)
    came = signin.sign_in(store, user.login, GIVEN, Door.USHER, origin)
    signin.change_password(came.session, GIVEN, OWN)
    with pytest.raises(SignInRefused):
        signin.sign_in(store, user.email, "wrong", Door.USHER, origin)
    keys.add(owner, user.id, f"{ED25519.line} {CANARY}@notebook")
    with store.write(owner) as unit:
        codes.mint(unit, user.id, codes.Purpose.RESET, timedelta(hours=1))
    users.edit(owner, user.id, {"email": f"{CANARY}.i@acme.com.ua", "notes": f"{CANARY}j"})
    theirs = session_of(store, users.show(owner, user.id))
    users.edit(theirs, make_user(login="rui").id, {"position": "Manager"})
    assert CANARY.lower() in everything(store).lower()
    return users.show(owner, user.id)


def test_nothing_personal_is_left_anywhere_and_the_chain_still_verifies(
    store: Store, owner: Session, known: User
) -> None:
    """DESIGN 3.1, 3.13."""
    users.remove(owner, known.id)
    left = everything(store).lower()
    assert CANARY.lower() not in left
    assert "380671234599" not in left
    assert audit.verify(store) is None


def test_the_tombstone_keeps_the_id_and_nobody_finds_it(
    store: Store, owner: Session, known: User
) -> None:
    tombstone = users.remove(owner.because("asked for it"), known.id)
    assert (tombstone.id, tombstone.status, tombstone.login) == (
        known.id,
        Status.REMOVED,
        f"#{known.id}",
    )
    assert {tombstone.first_name, tombstone.last_name, tombstone.email, tombstone.phone} == {""}
    with store.read():
        row = UserRow.get_by_id(known.id)
    assert (row.status, row.password_hash, row.admin) == ("removed", None, False)
    for who in (known.id, known.login, known.email, f"#{known.id}"):
        with pytest.raises(NotFound):
            users.show(owner, who)
        with pytest.raises(SignInRefused):
            signin.sign_in(store, str(who), OWN, Door.USHER, Origin("root"))
    assert known.id not in [row.id for row in listing.page(owner).rows]
    assert not listing.page(owner, Filters(search=CANARY)).rows
    assert listing.count(owner).number == 2


def test_no_right_of_theirs_is_left(store: Store, owner: Session, known: User) -> None:
    with store.write(owner):
        Override.create(user=known.id, permission="clients.edit", allowed=True, at=NOON)
        branch = SubAccountRow.create(name="Porto", name_key="porto")
        SubAccess.create(user=known.id, sub_account=branch.id)
        UserRow.update(all_sub_accounts=True).where(UserRow.id == known.id).execute()
    users.remove(owner, known.id)
    with store.read():
        assert not Override.select().exists()
        assert not SubAccess.select().exists()
        assert not UserRow.get_by_id(known.id).all_sub_accounts


def test_the_history_names_a_removed_user_by_their_id(
    store: Store, owner: Session, known: User
) -> None:
    users.remove(owner.because("asked for it"), known.id)
    theirs = audit.history(owner, known.id)
    assert theirs[0].verb == "remove"
    assert theirs[0].reason == "asked for it"
    assert theirs[0].changes["status"] == ("active", "removed")
    assert theirs[0].changes["keys"] == (1, 0)
    assert {entry.verb for entry in theirs} > {"create", "edit", "sign_in", "add_key"}
    assert all(entry.changes == {} and entry.command == "" for entry in theirs[1:])
    rui = audit.history(owner, users.show(owner, "rui").id)
    assert rui[0].actor == f"removed user #{known.id}"
    assert rui[0].changes == {"position": ("", "Manager")}


def test_the_same_login_and_address_are_free_at_once(
    owner: Session, make_user: MakeUser, known: User
) -> None:
    """S3: one can still invite the users that have been removed."""
    users.remove(owner, known.id)
    again = make_user(login=known.login, email=known.email)
    assert again.id > known.id
    assert users.show(owner, known.email).id == again.id


def test_an_id_is_never_given_twice(owner: Session, make_user: MakeUser) -> None:
    user = make_user()
    users.remove(owner, user.id)
    assert make_user().id > user.id


def test_a_rehearsed_removal_erases_nothing(store: Store, owner: Session, known: User) -> None:
    before = everything(store)
    with store.rehearse(owner) as preview:
        users.remove(owner, known.id)
    assert everything(store) == before
    (entry,) = preview.result.entries
    assert entry.changes["sessions"] == (1, 0)
