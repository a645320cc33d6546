"""A denial by the owner stays until the owner lifts it (DESIGN 3.6)."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from store import audit, users
from store.access import copying, holding, modules, overrides, roles
from store.database import Store
from store.errors import NotAllowed, UsherError
from store.exchange import importing
from store.exchange.options import Options
from store.ownership import transferring
from store.session import Session, operator_session
from store.undo import acting as undo
from store.users import many
from store.values import User
from tests.conftest import session_of
from tests.store.standing import activate

DENIED = ("users.remove", "clients.delete")
MakeUser = Callable[..., User]


@pytest.fixture
def adam(owner: Session, make_user: MakeUser) -> User:
    """A former admin to whom the owner has denied two permissions."""
    adam = make_user(login="adam", admin=True, role="Manager")
    activate(owner, adam)
    overrides.deny(owner, adam.id, DENIED)
    return users.edit(session_of(owner.store, adam), adam.id, {"admin": False})


@pytest.fixture
def beth(owner: Session, make_user: MakeUser) -> Session:
    """Another admin, without denials."""
    beth = make_user("nine wet umbrellas", login="beth", admin=True)
    activate(owner, beth)
    return session_of(owner.store, users.show(owner, beth.id))


def still_denied(store: Store, user: User) -> bool:
    found = holding.overrides_of(store, user.id)
    return all(found.get(permission) is False for permission in DENIED)


def by_file(beth: Session, adam: User, folder: Path) -> object:
    path = folder / "adam.csv"
    path.write_text("login,role,team\nadam,Manager,North\n", encoding="utf-8")
    return importing.import_people(beth, path, options=Options(update=True))


def by_undo(beth: Session, adam: User, _folder: Path) -> object:
    with beth.store.write(beth) as unit:
        unit.record("deny", adam.id, dict.fromkeys(DENIED, ("inherit", "deny")))
    return undo.undo(beth)


WAYS: dict[str, Callable[[Session, User, Path], object]] = {
    "allow": lambda beth, adam, _f: overrides.allow(beth, adam.id, ["clients.delete"]),
    "allow a module": lambda beth, adam, _f: overrides.allow(beth, adam.id, ["clients.*"]),
    "inherit": lambda beth, adam, _f: overrides.inherit(beth, adam.id, DENIED),
    "put": lambda beth, adam, _f: overrides.put(beth, adam.id, dict.fromkeys(DENIED)),
    "copy access": lambda beth, adam, _f: copying.copy(beth, adam.id, "carl"),
    "promote": lambda beth, adam, _f: users.edit(beth, adam.id, {"admin": True}),
    "another role": lambda beth, adam, _f: users.edit(beth, adam.id, {"role": "Support"}),
    "edit the role": lambda beth, _adam, _f: roles.edit(beth, "Manager", permit=["clients.*"]),
    "block and unblock": lambda beth, adam, _f: [
        many.act(beth, verb, [adam.id]) for verb in ("block", "unblock")
    ],
    "deactivate and restore": lambda beth, adam, _f: [
        many.act(beth, verb, [adam.id]) for verb in ("deactivate", "restore")
    ],
    "import": by_file,
    "undo": by_undo,
}


@pytest.mark.parametrize("way", WAYS)
def test_no_other_admin_lifts_it_in_any_way(
    store: Store, owner: Session, adam: User, beth: Session, make_user: MakeUser,
    tmp_path: Path, way: str,
) -> None:  # fmt: skip
    make_user(login="carl", role="Manager")
    assert still_denied(store, adam)
    try:
        WAYS[way](beth, adam, tmp_path)
    except UsherError as error:
        assert error.name == "denied_by_owner"
        assert "clients.delete" in error.message
    assert still_denied(store, adam)
    # As an admin again, the user still lacks the denied permissions.
    users.edit(beth, adam.id, {"admin": True})
    held = holding.held(holding.facts_of(store, adam.id), holding.catalogue(store))
    assert held.isdisjoint(DENIED)


def test_a_copy_lists_what_it_left_denied(
    owner: Session, adam: User, beth: Session, make_user: MakeUser
) -> None:
    make_user(login="carl", role="Support")
    left = copying.copy(beth, adam.id, "carl").left_out
    assert {(one.what, one.name) for one in left} == {("denial", name) for name in DENIED}


def test_the_owner_and_the_operator_lift_it(store: Store, owner: Session, adam: User) -> None:
    overrides.inherit(owner, adam.id, DENIED[:1])
    overrides.inherit(operator_session(store), adam.id, DENIED[1:])
    assert holding.overrides_of(store, adam.id) == {}


def test_the_new_owner_is_the_one_who_lifts_it(
    store: Store, owner: Session, adam: User, beth: Session, make_user: MakeUser
) -> None:
    old = users.show(owner, owner.user or 0)
    transferring.transfer(owner, "beth", "Acme")
    with pytest.raises(NotAllowed, match="Ask the owner to allow"):
        overrides.inherit(session_of(store, old), adam.id, DENIED)
    overrides.inherit(beth, adam.id, DENIED)
    assert holding.overrides_of(store, adam.id) == {}


def test_what_an_admin_denied_an_admin_lifts(
    store: Store, owner: Session, beth: Session, make_user: MakeUser
) -> None:
    dora = make_user(login="dora", role="Manager")
    overrides.deny(beth, dora.id, ["clients.delete"])
    overrides.inherit(beth, dora.id, ["clients.delete"])
    assert holding.overrides_of(store, dora.id) == {}


def test_a_denial_that_the_owner_states_once_more_is_the_owners(
    store: Store, owner: Session, beth: Session, make_user: MakeUser
) -> None:
    dora = make_user(login="dora", role="Manager")
    overrides.deny(beth, dora.id, ["clients.delete"])
    overrides.deny(owner, dora.id, ["clients.delete"])
    (entry,) = audit.history(owner, dora.id, 1)
    assert (entry.verb, entry.actor) == ("deny", "olga")
    with pytest.raises(NotAllowed, match="Ask the owner to allow"):
        overrides.inherit(beth, dora.id, ["clients.delete"])
    before = audit.count(owner, dora.id)
    overrides.deny(owner, dora.id, ["clients.delete"])
    assert audit.count(owner, dora.id) == before, "what is the owner's already is no change"


def test_a_module_that_goes_takes_the_denial_with_it(
    store: Store, owner: Session, beth: Session, make_user: MakeUser
) -> None:
    """Only the owner can remove a module."""
    modules.add(owner, "depots", ["view"])
    dora = make_user(login="dora")
    overrides.deny(owner, dora.id, ["depots.view"])
    with pytest.raises(NotAllowed):
        modules.remove(replace(beth), "depots")
    modules.remove(owner, "depots")
    assert holding.overrides_of(store, dora.id) == {}
