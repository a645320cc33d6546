"""Modules are data: the platform's own are added, changed and removed by the owner."""

from collections.abc import Callable

import pytest

from store import audit
from store.access import catalogue, explaining, modules, roles
from store.database import Store
from store.errors import Invalid, NoSuch, NotAllowed, PasswordNeeded, Refused
from store.models import Override
from store.session import Session, operator_session
from store.values import Module, Source
from tests.conftest import NOON, FakeClock, session_of
from tests.store.standing import MakeUser, activate

Attempts = tuple[Callable[[], object], ...]

ACTIONS = ("view", "send", "approve")


def test_an_account_begins_with_the_modules_of_the_catalogue(owner: Session) -> None:
    assert {one.name: one.actions for one in modules.listed(owner)} == catalogue.MODULES
    assert {one.name for one in modules.listed(owner) if one.admin_only} == catalogue.ADMIN_ONLY
    assert all(one.built_in for one in modules.listed(owner))


def test_a_new_module_is_open_to_nobody_until_a_role_permits_it(
    owner: Session, make_user: MakeUser
) -> None:
    maria = make_user()
    module = modules.add(owner, "invoices", [*ACTIONS, "view"])
    assert module == Module("invoices", ACTIONS)
    assert modules.listed(owner)[-1] == module
    explained = explaining.explain(owner, maria.id, "invoices.send")
    assert (explained.allowed, explained.because[0].source) == (False, Source.NONE)
    roles.edit(owner, "Salesperson", permit=["invoices.send"])
    assert explaining.explain(owner, maria.id, "invoices.send").allowed
    (entry,) = (one for one in audit.history(owner, None, 9) if one.verb == "add_module")
    assert entry.command == (
        "usher access modules add invoices --action view --action send --action approve"
    )


def test_a_new_module_may_be_for_admins_only(owner: Session, make_user: MakeUser) -> None:
    maria, ada = make_user(), make_user(admin=True, role="", teams=())
    modules.add(owner, "ledger", ["view"], admin_only=True)
    roles.edit(owner, "Salesperson", permit=["ledger.view"])
    assert explaining.explain(owner, maria.id, "ledger.view").because[0].source is Source.ADMIN_ONLY
    assert explaining.explain(owner, ada.id, "ledger.view").allowed
    assert audit.history(owner, None, 2)[1].command.endswith("--action view --admin-only")


def test_what_is_removed_goes_from_roles_and_people_and_says_from_how_many(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    maria, lena = make_user(), make_user()
    modules.add(owner, "invoices", ACTIONS)
    roles.edit(owner, "Salesperson", permit=["invoices.*"])
    roles.edit(owner, "Support", permit=["invoices.view"])
    with store.write(owner):
        for user in (maria, lena):
            Override.create(user=user.id, permission="invoices.send", allowed=False, at=NOON)
    less = modules.edit(owner, "invoices", add=["print"], remove=["send"])
    assert less.module == Module("invoices", ("view", "approve", "print"))
    assert (less.roles, less.people) == (1, 2)
    assert modules.listed(owner)[-1] == less.module
    assert "invoices.send" not in roles.show(owner, "Salesperson").permissions
    assert audit.history(owner, None, 1)[0].changes == {
        "module": ("invoices", "invoices"),
        "actions": (list(ACTIONS), ["view", "approve", "print"]),
        "roles": (1, 0),
        "people": (2, 0),
    }
    gone = modules.remove(owner, "invoices")
    assert (gone.module.actions, gone.roles, gone.people) == ((), 2, 0)
    assert "invoices" not in [one.name for one in modules.listed(owner)]
    assert not [one for one in roles.show(owner, "Support").permissions if "invoices" in one]
    assert audit.history(owner, None, 1)[0].command == "usher access modules remove invoices"


def test_what_every_account_has_is_given_more_and_keeps_what_it_has(owner: Session) -> None:
    assert modules.edit(owner, "clients", add=["merge"]).module.actions[-1] == "merge"
    attempts: Attempts = (
        lambda: modules.edit(owner, "clients", remove=["view"]),
        lambda: modules.remove(owner, "clients"),
    )
    for attempt in attempts:
        with pytest.raises(Refused, match="The module “clients” and its actions"):
            attempt()
    assert modules.edit(owner, "clients", remove=["merge"]).module.actions[-1] == "delete"
    assert modules.edit(owner, "clients", add=["view"]).module.built_in


@pytest.mark.parametrize(
    ("name", "actions", "field", "code"),
    [
        ("Invoices", ["view"], "module", "name_invalid"),
        ("2nd", ["view"], "module", "name_invalid"),
        ("in.voices", ["view"], "module", "name_invalid"),
        ("x" * 41, ["view"], "module", "name_invalid"),
        ("clients", ["view"], "module", "name_taken"),
        ("invoices", [], "action", "required"),
        ("invoices", ["*"], "action", "name_invalid"),
    ],
)
def test_a_module_that_cannot_be_is_refused(
    owner: Session, name: str, actions: list[str], field: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        modules.add(owner, name, actions)
    assert [(one.field, one.code) for one in refused.value.problems] == [(field, code)]


def test_one_names_what_is_there(owner: Session) -> None:
    modules.add(owner, "invoices", ["view"])
    with pytest.raises(NoSuch, match="moon"):
        modules.remove(owner, "moon")
    with pytest.raises(Refused, match="no action “send”"):
        modules.edit(owner, "invoices", remove=["send"])
    with pytest.raises(Refused, match="usher access modules remove invoices"):
        modules.edit(owner, "invoices", remove=["view"])
    with pytest.raises(Invalid):
        modules.edit(owner, "invoices", add=["Send"])


def test_modules_are_the_owners_and_dangerous(
    store: Store, owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    ada = session_of(store, activate(owner, make_user(admin=True, role="", teams=())))
    standard = session_of(store, activate(owner, make_user()))
    assert modules.listed(ada)
    with pytest.raises(NotAllowed):
        modules.listed(standard)
    for session, refusal in ((ada, NotAllowed), (standard, NotAllowed), (owner, PasswordNeeded)):
        clock.forward(minutes=6)
        for attempt in (
            lambda actor: modules.add(actor, "invoices", ["view"]),
            lambda actor: modules.edit(actor, "clients", add=["merge"]),
            lambda actor: modules.remove(actor, "clients"),
        ):
            with pytest.raises(refusal):
                attempt(session)
    assert modules.add(operator_session(store), "invoices", ["view"])
