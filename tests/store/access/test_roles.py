"""Roles: made, copied, changed for all who have them, and deleted in favour of another."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from store import audit, listing, teams, users
from store.access import catalogue, holding, moving, past, roles
from store.database import Store
from store.errors import Invalid, NoSuch, NotAllowed, PasswordNeeded, Refused
from store.models import Override, RolePermission
from store.session import Session
from store.values import Filters
from tests.conftest import NOON, FakeClock, session_of
from tests.store.standing import MakeUser, activate, made

Attempts = tuple[Callable[[], object], ...]

EDIT, DELETE = "clients.edit", "clients.delete"


def admin_denied(store: Store, owner: Session, make_user: MakeUser, *denied: str) -> Session:
    admin = activate(owner, make_user(admin=True, role="", teams=()))
    with store.write(owner):
        for permission in denied:
            Override.create(user=admin.id, permission=permission, allowed=False, at=NOON)
    return session_of(store, admin)


def found(owner: Session, role: str) -> set[int]:
    """Who is found by the filter for a role, which asks the search index."""
    page = listing.page(owner, Filters(role=role), limit=50)
    assert listing.count(owner, Filters(role=role), cap=None).number == len(page.rows)
    return {row.id for row in page.rows}


def test_the_list_says_what_each_permits_and_how_many_have_it(
    owner: Session, make_user: MakeUser
) -> None:
    make_user()
    made(owner, make_user, "inactive")
    made(owner, make_user, "removed")
    roles.create(owner, "auditor", ["reports.*", "clients.view", "clients.view"])
    by_name = {role.name: role for role in roles.listed(owner)}
    assert list(by_name) == sorted([*catalogue.READY_MADE, "auditor"], key=str.casefold)
    assert by_name["Salesperson"].ready_made
    assert set(by_name["Salesperson"].permissions) == set(catalogue.READY_MADE["Salesperson"])
    # Whoever is removed has no role any more.
    assert by_name["Salesperson"].people == 2
    auditor = by_name["auditor"]
    assert (auditor.ready_made, auditor.people) == (False, 0)
    assert auditor.permissions[:2] == ("clients.view", "reports.view")
    assert len(auditor.permissions) == 5
    assert roles.show(owner, "AUDITOR") == roles.show(owner, auditor.id) == auditor


def test_a_role_is_changed_in_one_step_that_the_history_tells(owner: Session) -> None:
    changed = roles.edit(
        owner,
        "support",
        name=" Help  desk ",
        permit=["clients.*"],
        forbid=["tasks.*", "chats.edit"],
    )
    assert changed.name == "Help desk"
    assert DELETE in changed.permissions
    assert "chats.view" in changed.permissions
    assert not {"tasks.view", "chats.edit"} & set(changed.permissions)
    (entry,) = audit.history(owner, None, 1)
    assert entry.verb == "edit_role"
    assert entry.changes == {
        "id": (changed.id, changed.id),
        "name": ("Support", "Help desk"),
        DELETE: ("no", "yes"),
        **dict.fromkeys(("tasks.view", "tasks.create", "tasks.edit", "chats.edit"), ("yes", "no")),
    }
    assert entry.command == (
        "usher roles edit Support --name 'Help desk' --permit clients.delete --forbid tasks.view"
        " --forbid tasks.create --forbid tasks.edit --forbid chats.edit"
    )
    assert roles.edit(owner, "Help desk", permit=["clients.*"]) == changed
    assert audit.history(owner, None, 1) == [entry]


def test_it_says_of_each_permission_who_gave_it_and_when(
    store: Store, owner: Session, clock: FakeClock
) -> None:
    clock.forward(hours=1)
    role = roles.edit(owner, "Support", permit=[DELETE])
    with store.read():
        given = RolePermission.get(role=role.id, permission=DELETE)
    assert (given.at, given.by_id) == (NOON + timedelta(hours=1), owner.user)


def test_what_a_role_permits_holds_at_once_for_all_who_have_it(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    maria, lena = make_user(), make_user()
    roles.edit(owner, "Salesperson", permit=[DELETE], forbid=[EDIT])
    for user in (maria, lena):
        held = holding.held(holding.facts_of(store, user.id), holding.catalogue(store))
        assert DELETE in held
        assert EDIT not in held


def test_a_copy_permits_what_the_other_does_and_nobody_has_it(owner: Session) -> None:
    made_ = roles.copy(owner, "Salesperson", "Night shift")
    assert not made_.left_out
    original = roles.show(owner, "Salesperson")
    assert roles.show(owner, "Night shift") == replace(
        original, id=made_.role.id, name="Night shift", ready_made=False
    )
    (entry,) = audit.history(owner, None, 1)
    assert entry.command == "usher roles copy Salesperson 'Night shift'"
    assert entry.changes["copied_from"] == (None, "Salesperson")


def test_nobody_gives_by_a_role_what_they_lack(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """CHECKLIST F47: refused and listed; by a copy left out and listed."""
    make_user(role="Support")
    bounded = admin_denied(store, owner, make_user, DELETE, "payment.view")
    attempts: Attempts = (
        lambda: roles.create(bounded, "Mine", ["clients.*", "payment.view"]),
        lambda: roles.edit(bounded, "Support", permit=["clients.*", "payment.view"]),
        lambda: roles.delete(bounded, "Support", "Manager"),
    )
    for attempt in attempts:
        with pytest.raises(NotAllowed, match=DELETE) as refused:
            attempt()
        assert DELETE in refused.value.as_json()["permissions"]
    copied = roles.copy(bounded, "Manager", "Mine")
    assert copied.left_out == (DELETE,)
    assert DELETE not in copied.role.permissions
    assert audit.history(owner, None, 1)[0].changes["left_out"] == (None, [DELETE])
    assert DELETE in roles.edit(bounded, "Manager", permit=[DELETE], name="Chief").permissions
    assert EDIT not in roles.edit(bounded, "Support", forbid=[EDIT]).permissions


def test_a_role_that_people_have_goes_only_in_favour_of_another(
    owner: Session, make_user: MakeUser
) -> None:
    people = {make_user().id, made(owner, make_user, "blocked").id}
    with pytest.raises(Refused, match="2 users have the role “Salesperson”") as refused:
        roles.delete(owner, "Salesperson")
    assert (refused.value.name, refused.value.data["people"]) == ("role_in_use", 2)
    assert "usher roles delete Salesperson --to ROLE" in refused.value.message
    with pytest.raises(Refused, match="another role"):
        roles.delete(owner, "Salesperson", "salesperson")
    with pytest.raises(NoSuch, match="Astronaut"):
        roles.delete(owner, "Salesperson", "Astronaut")
    assert found(owner, "Salesperson") == people


def test_whoever_had_it_has_the_other_at_once_wherever_one_looks(
    owner: Session, make_user: MakeUser
) -> None:
    """Row, version, search index, history."""
    teams.create(owner, "South")
    moved = [make_user(), make_user(teams=("North", "South")), made(owner, make_user, "inactive")]
    other = make_user(role="Support")
    gone = roles.delete(owner, "Salesperson", "support")
    assert (gone.name, gone.people) == ("Salesperson", 3)
    assert found(owner, "Support") == {user.id for user in (*moved, other)}
    for user in moved:
        now = users.show(owner, user.id)
        assert (now.role, now.version, now.teams) == ("Support", user.version + 1, user.teams)
        (entry,) = audit.history(owner, user.id, 1)
        assert entry.changes == {"role": ("Salesperson", "Support")}
        assert entry.command == f"usher users edit {user.id} --role Support"
    (entry,) = audit.history(owner, None, 1)
    assert entry.verb == "delete_role"
    assert entry.command == "usher roles delete Salesperson --to Support"
    assert entry.changes["people"] == (3, 0)
    assert entry.changes[EDIT] == ("yes", "no")
    assert "Salesperson" not in [role.name for role in roles.names(owner)]
    assert not audit.verify(owner.store)


def test_more_people_than_one_transaction_takes_are_moved_in_several(
    owner: Session, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each with an entry of their own; the password was given for all of it."""
    for module in (moving, roles):
        monkeypatch.setattr(module, "BATCH", 2)
    people = {make_user().id for _number in range(5)}
    assert roles.delete(owner, "Salesperson", "Support").people == 5
    assert found(owner, "Support") == people
    for user in people:
        assert audit.history(owner, user, 1)[0].changes == {"role": ("Salesperson", "Support")}
    newest = audit.history(owner, None, 6)
    assert [entry.verb for entry in newest] == ["delete_role", *["edit"] * 5]
    assert newest[0].changes["people"] == (5, 0)


def test_what_was_held_before_a_role_was_changed_and_deleted_is_found_again(
    owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    maria, before = make_user(), roles.show(owner, "Salesperson")
    clock.forward(minutes=1)
    roles.edit(owner, "Salesperson", name="Sales", permit=[DELETE], forbid=[EDIT])
    clock.forward(minutes=1)
    changed = roles.show(owner, "Sales")
    clock.forward(minutes=1)
    roles.delete(owner, "Sales", "Support")
    for minutes, role in (
        (0, before),
        (1, changed),
        (2, changed),
        (3, roles.show(owner, "Support")),
    ):
        (then,) = past.at(owner, NOON + timedelta(minutes=minutes), [maria.id])
        assert then.role == role.name
        assert {right.permission for right in then.permissions or ()} == set(role.permissions)


def test_a_role_that_nobody_has_goes_without_a_word(owner: Session) -> None:
    assert roles.delete(owner, "Read only").people == 0
    assert audit.history(owner, None, 1)[0].command == "usher roles delete 'Read only'"


def test_nothing_is_taken_that_the_simulator_asks_for(owner: Session, make_user: MakeUser) -> None:
    """S0: of those who come in by it alone, and told with what is missing."""
    make_user(role="Simulator", simulator_only=True)
    make_user(role="Simulator")
    attempts: Attempts = (
        lambda: roles.edit(owner, "Simulator", forbid=["offers.*"]),
        lambda: roles.delete(owner, "Simulator", "Support"),
    )
    for attempt in attempts:
        with pytest.raises(Refused, match=r"1 user .* has the role “Simulator”") as refused:
            attempt()
        assert refused.value.name == "role_lacks"
        assert {"offers.create", "offers.edit"} <= set(refused.value.data["missing"])
    assert roles.delete(owner, "Simulator", "Salesperson").people == 2


def test_what_changes_the_rights_of_others_asks_for_the_password_again(
    owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    """DESIGN 3.6; a role that nobody has, or another name for one, changes nobody's rights."""
    make_user()
    clock.forward(minutes=6)
    attempts: Attempts = (
        lambda: roles.edit(owner, "Salesperson", permit=[DELETE]),
        lambda: roles.delete(owner, "Salesperson", "Support"),
    )
    for attempt in attempts:
        with pytest.raises(PasswordNeeded):
            attempt()
    roles.edit(owner, "Salesperson", name="Sales")
    roles.edit(owner, "Support", permit=[DELETE])
    roles.delete(owner, "Support")


@pytest.mark.parametrize("name", ["", " ", "17", "a|b", "MANAGER", "x" * 101])
def test_a_name_that_cannot_be_is_refused(owner: Session, name: str) -> None:
    attempts: Attempts = (
        lambda: roles.create(owner, name),
        lambda: roles.copy(owner, "Support", name),
        lambda: roles.edit(owner, "Support", name=name),
    )
    for attempt in attempts:
        with pytest.raises(Invalid):
            attempt()


def test_there_is_no_such_permission(owner: Session) -> None:
    for permission in ("clients.paint", "moon.*", "clients", ""):
        with pytest.raises(Refused, match="usher access modules list"):
            roles.edit(owner, "Support", permit=[permission])


def test_roles_are_for_admins(store: Store, owner: Session, make_user: MakeUser) -> None:
    """Whoever is signed in may know their names, which stand in forms."""
    standard = session_of(store, activate(owner, make_user()))
    attempts: Attempts = (
        lambda: roles.listed(standard),
        lambda: roles.show(standard, "Support"),
        lambda: roles.create(standard, "Mine"),
        lambda: roles.copy(standard, "Manager", "Mine"),
        lambda: roles.edit(standard, "Salesperson", permit=[DELETE]),
        lambda: roles.delete(standard, "Support"),
    )
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
    assert "Manager" in [role.name for role in roles.names(standard)]
