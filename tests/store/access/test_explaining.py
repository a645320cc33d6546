"""Where a right comes from: the chain of reasons, who did what and when (DESIGN 5)."""

from datetime import timedelta

import pytest

from store import audit, users
from store.access import copying, explaining, overrides
from store.database import Store
from store.errors import NotFound, Refused
from store.session import Session, operator_session
from store.values import Source
from tests.conftest import NOON, FakeClock, session_of
from tests.store.access.test_overrides import DELETE, EDIT, PRICES, admin
from tests.store.standing import MakeUser, activate


def test_the_deciding_reason_comes_first_then_what_it_stands_over(
    owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    maria = make_user(role="Salesperson")
    chain = explaining.explain(owner, maria.id, EDIT)
    assert chain.allowed
    assert [(one.source, one.detail) for one in chain.because] == [
        (Source.ROLE, "The role Salesperson permits it."),
        (Source.ROLE, "Has the role Salesperson."),
    ]
    clock.forward(minutes=1)
    ada = admin(owner, make_user)
    overrides.deny(ada, maria.id, [EDIT])
    chain = explaining.explain(owner, maria.id, EDIT)
    assert not chain.allowed
    assert [(one.source, one.at, one.by) for one in chain.because] == [
        (Source.OVERRIDE, NOON + timedelta(minutes=1), ada.name),
        (Source.ROLE, NOON, operator_session(owner.store).name),
        (Source.ROLE, NOON, "olga"),
    ]
    assert chain.because[0].detail == "Denied to this user."
    none = explaining.explain(owner, maria.id, DELETE)
    assert [one.source for one in none.because] == [Source.NONE, Source.ROLE]
    assert none.because[0].detail == "The role Salesperson does not permit it."
    closed = explaining.explain(owner, maria.id, PRICES)
    assert closed.because[0].detail == "The module pricing is for admins only."


def test_admins_hold_by_standing_what_is_not_denied_and_the_owner_everything(
    owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    ada = make_user(admin=True, role="", teams=(), login="ada")
    assert [(one.source, one.by) for one in explaining.explain(owner, "ada", EDIT).because] == [
        (Source.ADMIN, "olga")
    ]
    clock.forward(minutes=1)
    overrides.deny(owner, ada.id, [EDIT])
    denied = explaining.explain(owner, "ada", EDIT)
    assert not denied.allowed
    assert [(one.source, one.at) for one in denied.because] == [
        (Source.DENIED, NOON + timedelta(minutes=1)),
        (Source.ADMIN, NOON),
    ]
    assert explaining.explain(owner, "olga", PRICES).as_json() == {
        "permission": PRICES,
        "allowed": True,
        "because": [
            {
                "source": "owner",
                "detail": "The owner holds every permission.",
                "at": "2026-03-02T12:00:00Z",
                "by": None,
            }
        ],
    }


def test_a_role_is_had_since_whichever_verb_gave_it(
    store: Store, owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    """An edit, an import or a copy, each with its day and whoever did it."""
    maria, rui = make_user(role="Support"), make_user(role="Manager")
    clock.forward(days=1)
    users.edit(operator_session(store), maria.id, {"role": "Read only"})
    users.edit(owner, maria.id, {"role": "Read only", "position": "Head"})
    has = explaining.explain(owner, maria.id, EDIT).because[-1]
    assert (has.at, has.by) == (NOON + timedelta(days=1), operator_session(store).name)
    clock.forward(days=1)
    owner.proof.at = clock()
    copying.copy(owner, maria.id, rui.id)
    has = explaining.explain(owner, maria.id, EDIT).because[-1]
    assert (has.at, has.by) == (NOON + timedelta(days=2), "olga")


def test_somebody_who_was_removed_is_named_by_their_id_alone(
    owner: Session, make_user: MakeUser
) -> None:
    maria, ada = make_user(), admin(owner, make_user)
    overrides.deny(ada, maria.id, [EDIT])
    users.remove(owner, ada.user or 0)
    assert explaining.explain(owner, maria.id, EDIT).because[0].by == audit.removed_name(
        ada.user or 0
    )


def test_the_difference_of_two_is_what_only_one_of_them_holds_each_with_its_source(
    owner: Session, make_user: MakeUser
) -> None:
    maria, rui = make_user(role="Salesperson"), make_user(role="Salesperson")
    assert explaining.difference(owner, maria.id, rui.id).rights == ()
    overrides.put(owner, rui.id, {EDIT: False, DELETE: True, PRICES: True})
    found = explaining.difference(owner, maria.id, rui.id)
    assert [one["permission"] for one in found.as_json()["permissions"]] == [EDIT, DELETE]
    assert found.as_json()["permissions"][0] == {
        "permission": EDIT, "allowed": [True, False], "sources": ["role", "override"],
    }  # fmt: skip
    assert {
        right.source for _mine, right in explaining.difference(owner, rui.id, "olga").rights
    } == {Source.OWNER}


def test_everybody_sees_their_own_rights_and_standard_users_no_others(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    maria = session_of(store, activate(owner, make_user()))
    assert explaining.explain(maria, maria.name, EDIT).allowed
    for ask in (explaining.show, explaining.grounds):
        assert ask(maria, maria.name).user.id == maria.user
        with pytest.raises(NotFound):
            ask(maria, "olga")
    with pytest.raises(NotFound):
        explaining.difference(maria, maria.name, "olga")
    with pytest.raises(Refused, match="access modules"):
        explaining.explain(maria, maria.name, "clients.paint")


def test_what_was_denied_to_somebody_is_known_of_an_admin_alone(
    owner: Session, make_user: MakeUser
) -> None:
    """Of a standard user a deny is one override among others."""
    denied = {}
    for standing in (True, False):
        user = make_user(admin=standing)
        overrides.deny(owner, user.id, [EDIT])
        rights = {right.permission: right for right in explaining.show(owner, user.id).permissions}
        denied[standing] = rights[EDIT].source
        assert not rights[EDIT].allowed
    assert denied == {True: Source.DENIED, False: Source.OVERRIDE}


def test_no_reason_is_looked_for_in_everybody(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """Under a millisecond at 100 000 people: each statement goes by an index."""
    maria = make_user()
    overrides.deny(owner, maria.id, [EDIT])
    asked: list[str] = []
    run = store.sql

    def remembered(statement: str, *params: object) -> list[tuple[object, ...]]:
        asked.append(statement)
        return run(statement, *params)

    if store.postgres:
        pytest.skip("a planner scans tables of a few rows; SQLite goes by its indexes alone")
    store.sql = remembered  # type: ignore[method-assign]
    explaining.explain(owner, maria.id, EDIT)
    with store.read():
        for statement in asked:
            plan = run(f"EXPLAIN QUERY PLAN {statement}", *[1] * statement.count("?"))
            scanned = [str(row[-1]) for row in plan if str(row[-1]).startswith("SCAN")]
            assert all("usher_setting" in one or "usher_account" in one for one in scanned), (
                statement,
                scanned,
            )
