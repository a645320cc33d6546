"""An account with two admins beside its owner Olga: Anna, who acts, and Boris."""

import pytest

from store.models import UserRow
from store.session import Session
from store.values import User
from tests.conftest import session_of
from tests.store.standing import MakeUser, activate

GIVEN = "seven quiet herons at dawn"


def admin_named(owner: Session, make_user: MakeUser, name: str) -> User:
    """An active admin with a password of their own."""
    fields = {"admin": True, "role": "", "teams": (), "email": f"{name}@acme.com.ua"}
    made = make_user(password=GIVEN, login=name, first_name=name.title(), **fields)
    with owner.store.write(owner):
        UserRow.update(password_temporary=False).where(UserRow.id == made.id).execute()
    return activate(owner, made)


@pytest.fixture
def anna(owner: Session, make_user: MakeUser) -> Session:
    return session_of(owner.store, admin_named(owner, make_user, "anna"))


@pytest.fixture
def boris(owner: Session, make_user: MakeUser) -> User:
    return admin_named(owner, make_user, "boris")
