"""The one rule of what somebody holds (DESIGN 3.6), and what an account begins with."""

import pytest

from store.access import catalogue, explaining, holding
from store.access.holding import Facts, decide
from store.database import Store
from store.errors import Refused
from store.models import Override, RolePermission, RoleRow
from store.session import Session
from store.values import Source
from tests.conftest import NOON
from tests.store.standing import MakeUser

EDIT = "clients.edit"


@pytest.mark.parametrize(
    ("facts", "admin_only", "allowed", "source"),
    [
        (Facts(owner=True, admin=True, overrides={EDIT: False}), True, True, Source.OWNER),
        (Facts(admin=True), True, True, Source.ADMIN),
        (Facts(admin=True, overrides={EDIT: True}), False, True, Source.ADMIN),
        (Facts(admin=True, overrides={EDIT: False}), False, False, Source.DENIED),
        (Facts(role=frozenset({EDIT})), False, True, Source.ROLE),
        (Facts(role=frozenset({EDIT})), True, False, Source.ADMIN_ONLY),
        (Facts(overrides={EDIT: True}), True, False, Source.ADMIN_ONLY),
        (Facts(overrides={EDIT: True}), False, True, Source.OVERRIDE),
        (Facts(role=frozenset({EDIT}), overrides={EDIT: False}), False, False, Source.OVERRIDE),
        (Facts(), False, False, Source.NONE),
    ],
)
def test_admin_only_stands_over_the_override_and_that_over_the_role(
    facts: Facts, admin_only: bool, allowed: bool, source: Source
) -> None:
    right = decide(facts, EDIT, admin_only=admin_only)
    assert (right.allowed, right.source) == (allowed, source)


def test_an_account_begins_with_the_modules_and_the_ready_made_roles(
    store: Store, owner: Session
) -> None:
    """The migration's frozen copy and what `init` writes are the same."""
    expected = {
        f"{module}.{action}": module in catalogue.ADMIN_ONLY
        for module, actions in catalogue.MODULES.items()
        for action in actions
    }
    assert list(holding.catalogue(store).items()) == list(expected.items())
    with store.read():
        found = {
            role.name: holding.permitted_by(store, role.id)
            for role in RoleRow.select().where(RoleRow.built_in)
        }
    assert found == {name: frozenset(held) for name, held in catalogue.READY_MADE.items()}
    assert set().union(*found.values()) <= set(expected)


def test_the_chain_of_reasons_says_who_did_what_and_when(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    maria = make_user(role="Salesperson")
    explained = explaining.explain(owner, maria.id, EDIT)
    assert explained.allowed
    with store.read():
        given_by = RolePermission.get(permission=EDIT).by_name
    assert [(one.source, one.by) for one in explained.because] == [
        (Source.ROLE, given_by),
        (Source.ROLE, "olga"),
    ]
    with store.write(owner):
        Override.create(user=maria.id, permission=EDIT, allowed=False, at=NOON, by_id=owner.user)
    explained = explaining.explain(owner, maria.id, EDIT)
    assert not explained.allowed
    assert (explained.because[0].source, explained.because[0].by, explained.because[0].at) == (
        Source.OVERRIDE,
        "olga",
        NOON,
    )
    assert explained.because[1].source is Source.ROLE


def test_a_permission_that_is_not_there_is_refused(owner: Session, make_user: MakeUser) -> None:
    with pytest.raises(Refused, match="access modules"):
        explaining.explain(owner, make_user().id, "clients.paint")


def test_what_was_denied_to_somebody_is_known_of_an_admin_alone(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """Of a standard user a deny is one override among others."""
    denied = {}
    for admin in (True, False):
        user = make_user(admin=admin)
        with store.write(owner):
            Override.create(user=user.id, permission=EDIT, allowed=False, at=NOON)
        rights = {right.permission: right for right in explaining.show(owner, user.id).permissions}
        denied[admin] = rights[EDIT].source
        assert not rights[EDIT].allowed
    assert denied == {True: Source.DENIED, False: Source.OVERRIDE}
