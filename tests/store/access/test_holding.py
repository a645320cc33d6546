"""The one rule of what somebody holds (DESIGN 3.6), and what an account begins with."""

import pytest

from store.access import catalogue, holding
from store.access.holding import Facts, decide
from store.database import Store
from store.models import RoleRow
from store.session import Session
from store.values import Source

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
