"""An admin cannot use another user's sign-in to get denied permissions (DESIGN 3.6)."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from store import users
from store.access import holding
from store.errors import NotAllowed
from store.exchange import importing
from store.exchange.options import Options
from store.invitations.addresses import addresses
from store.invitations.checking import Ledger, Offer, check
from store.invitations.sending import send
from store.models import KeyRow, Override, UserRow
from store.session import Session
from store.undo import acting as undo
from store.values import Draft
from tests.rights.calls import CALLS, answer, ready
from tests.rights.table import VERBS, Verb
from tests.rights.world import World

HELD = "clients.delete"
"""A permission that a manager has and the acting admin was denied."""
TARGETS = ("standard", "inactive", "blocked", "pending")
Call = Callable[[World, Session, int], object]


def import_address(world: World, session: Session, target: int) -> object:
    """Change a user's address with an import."""
    path = world.folder / "address.csv"
    login = users.show(world.owner, target).login
    path.write_text(f"login,email\n{login},other@acme.com.ua\n", encoding="utf-8")
    summary = importing.import_people(session, path, Options(update=True))
    for failure in summary.failed:
        raise NotAllowed(failure.message)
    return summary


def undo_address(world: World, session: Session, target: int) -> object:
    """Undo a change of address that the actor made before the denial."""
    world.clock.forward(minutes=1)
    with session.store.write(session) as unit:
        email = UserRow.get_by_id(target).email
        unit.record("edit", target, {"email": ("old@acme.com.ua", email)})
    return undo.undo(session)


OTHERS: Mapping[str, Call] = {
    "edit the address": lambda w, s, n: users.edit(s, n, {"email": "other@acme.com.ua"}),
    "import the address": import_address,
    "undo a change of the address": undo_address,
}
"""Ways to set sign-in data that are not in the table."""
ON_ONE = [verb for verb in VERBS if verb.on_somebody] + [
    Verb(path, "OWN_DATA", path) for path in OTHERS
]
ONLY_END = {
    "users.release.release",
    "users.remove.remove",
    "keys.remove",
    "invitations.revoke.revoke",
}
"""Actions that only remove sign-in data."""


def sign_in_data(user_id: int) -> object:
    row = UserRow.get_or_none(UserRow.id == user_id)
    keys = [key.fingerprint for key in KeyRow.select().where(KeyRow.user == user_id)]
    return row and (row.login, row.email, row.password_hash, keys)


def tried(world: World, verb: Verb, target: int, *denied: str) -> tuple[str, bool]:
    """Return the answer to an admin with these denials, and whether sign-in data changed."""
    call = CALLS.get(verb.path) or OTHERS[verb.path]
    with world.undone():
        # The permission for the action itself is tested by the matrix, so grant it here.
        ready(replace(verb, right=""), world, target)
        manager = UserRow.get(UserRow.login == "actorlike").role
        UserRow.update(role=manager).where(UserRow.id == target).execute()
        world.deny("denied this", *denied)
        facts = holding.facts_of(world.store, target)
        assert HELD in holding.held(facts, holding.catalogue(world.store))
        session, before = world.session("denied this"), sign_in_data(target)
        found = answer(lambda: call(world, session, target))
        return found, sign_in_data(target) != before


@pytest.mark.parametrize("target", TARGETS)
def test_no_action_sets_sign_in_data_of_who_holds_what_the_actor_was_denied(
    world: World, target: str
) -> None:
    """All actions that set sign-in data are refused to an admin who was denied a permission."""
    sets, user_id = set(), world.targets[target]
    for verb in ON_ONE:
        if verb.path in ONLY_END:
            continue
        _found, would_change = tried(world, verb, user_id)
        found, changed = tried(world, verb, user_id, HELD)
        assert not changed, verb.path
        if would_change:
            sets.add(verb.path)
            assert found == "no", verb.path
    passwords = {"users.set_password.set_password", "users.rename.rename"}
    assert sets == {"keys.add", *passwords, *OTHERS}


MODULES = Offer(modules=("clients",))
PLAIN_OFFERS = (
    Offer(),
    Offer(role="Manager"),
    Offer(teams=("North",)),
    Offer(role="Manager", teams=("North",)),
)
GIVERS = (check, send)


@pytest.mark.parametrize("give", GIVERS)
def test_who_may_not_change_rights_gives_no_overrides_by_an_invitation(
    world: World, give: Callable[..., Ledger]
) -> None:
    """A module in an invitation is an override; the role and teams of a new user are none."""
    asked = addresses("ana@acme.com.ua")
    with world.undone():
        session = world.session("denied this")
        assert give(session, asked, MODULES).invited == 1
    with world.undone():
        world.deny("denied this", "users.rights")
        session = world.session("denied this")
        assert answer(lambda: give(session, asked, MODULES)) == "no"
        assert answer(lambda: give(session, asked, Offer(admin=True))) == "no"
        assert not Override.select().where(Override.allowed).exists()
    for offer in PLAIN_OFFERS:
        with world.undone():
            world.deny("denied this", "users.rights")
            assert give(world.session("denied this"), asked, offer).invited == 1


def test_who_may_not_change_rights_gives_none_by_a_creation(world: World) -> None:
    draft = Draft(
        first_name="Ana", last_name="Bell", email="ana@acme.com.ua", role="Manager",
        teams=("North",),
    )  # fmt: skip
    with world.undone():
        world.deny("denied this", "users.rights")
        session = world.session("denied this")
        source = world.targets["standard"]
        assert answer(lambda: users.create(session, draft, copy_access_from=source)) == "no"
        assert answer(lambda: users.create(session, replace(draft, admin=True))) == "no"
        assert users.create(session, draft).role == "Manager"


@pytest.mark.parametrize("permission", ["clients.view", HELD, "pricing.view", "users.remove"])
def test_it_is_refused_only_where_it_is_held(world: World, permission: str) -> None:
    """A standard user has no permissions of modules for admins only."""
    (password,) = (one for one in VERBS if one.path == "users.set_password.set_password")
    found = tried(world, password, world.targets["standard"], permission)
    assert found == (("no", False) if permission.startswith("clients.") else ("yes", True))
