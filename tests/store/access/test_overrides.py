"""Overrides: what is allowed or denied to one person, over their role (S0, DESIGN 3.6)."""

import pytest

from store import access, audit, users
from store.access import catalogue, explaining, overrides
from store.database import Store
from store.errors import NotAllowed, NotFound, PasswordNeeded, Refused
from store.models import Override, RolePermission
from store.session import Session, operator_session
from store.values import Source, User
from tests.conftest import session_of
from tests.store.standing import MakeUser, activate

EDIT, DELETE, PRICES = "clients.edit", "clients.delete", "pricing.view"


def held(session: Session, user: User) -> set[str]:
    """What somebody holds."""
    found = explaining.show(session, user.id).permissions
    return {right.permission for right in found if right.allowed}


def admin(owner: Session, make_user: MakeUser, *denied: str) -> Session:
    """An admin at work, to whom the owner has denied these."""
    user = activate(owner, make_user(admin=True, role="", teams=()))
    if denied:
        overrides.deny(owner, user.id, denied)
    return session_of(owner.store, user)


def test_allow_deny_and_inherit_stand_over_the_role_and_come_with_an_entry_each(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    maria = make_user(role="Salesperson")
    altered = overrides.put(owner, maria.id, {EDIT: False, DELETE: True, "clients.view": None})
    assert (altered.gained, altered.lost, altered.idle) == ((DELETE,), (EDIT,), ())
    assert altered.user.version == maria.version + 1
    assert {DELETE} == {EDIT, DELETE} & held(owner, maria)
    allowed, denied = sorted(audit.history(owner, maria.id, 2), key=lambda entry: entry.verb)
    assert (allowed.verb, allowed.changes) == ("allow", {DELETE: ("inherit", "allow")})
    assert (denied.verb, denied.changes) == ("deny", {EDIT: ("inherit", "deny")})
    assert denied.command == f"usher access deny {maria.id} {EDIT}"
    back = overrides.inherit(owner, maria.id, [EDIT, DELETE])
    assert (back.gained, back.lost) == ((EDIT,), (DELETE,))
    newest = audit.history(owner, maria.id, 1)[0]
    assert newest.changes == {DELETE: ("allow", "inherit"), EDIT: ("deny", "inherit")}


def test_what_stands_already_writes_nothing(owner: Session, make_user: MakeUser) -> None:
    maria = make_user()
    first = overrides.deny(owner, maria.id, [EDIT])
    again = overrides.deny(owner, maria.id, [EDIT])
    assert again.user.version == first.user.version
    assert [entry.verb for entry in audit.history(owner, maria.id)] == ["deny", "create"]


def test_a_star_is_every_action_of_the_module_and_a_strange_word_is_refused(
    owner: Session, make_user: MakeUser
) -> None:
    maria = make_user(role="Read only")
    overrides.allow(owner, maria.id, ["clients.*", EDIT])
    assert {f"clients.{action}" for action in catalogue.MODULES["clients"]} <= held(owner, maria)
    for word in ("clients.paint", "nothing.*", "clients", "*", ""):
        with pytest.raises(Refused, match="access modules") as refused:
            overrides.allow(owner, maria.id, [word])
        assert refused.value.name == "permission_unknown"
    with pytest.raises(Refused):
        overrides.put(owner, maria.id, {"clients.paint": True})


def test_a_module_for_admins_is_stored_and_told_to_have_no_effect(
    owner: Session, make_user: MakeUser
) -> None:
    """S3: pricing, payment and users are closed to standard users whatever is ticked."""
    maria = make_user()
    altered = overrides.allow(owner, maria.id, [PRICES, DELETE])
    assert (altered.gained, altered.idle) == ((DELETE,), (PRICES,))
    explained = explaining.explain(owner, maria.id, PRICES)
    assert [one.source for one in explained.because[:2]] == [Source.ADMIN_ONLY, Source.OVERRIDE]


def test_only_the_owner_denies_to_an_admin_and_nobody_allows_or_touches_the_owner(
    owner: Session, make_user: MakeUser
) -> None:
    """S1, CHECKLIST F48."""
    ada, other = admin(owner, make_user), make_user(admin=True, role="", teams=())
    with pytest.raises(NotAllowed, match="Only the owner"):
        overrides.deny(ada, other.id, ["users.block"])
    assert overrides.deny(owner, other.id, ["users.block"]).lost == ("users.block",)
    assert "users.block" in users.show(owner, other.id).denied
    with pytest.raises(Refused, match="holds every permission that is not denied") as refused:
        overrides.allow(owner, other.id, ["users.keys"])
    assert refused.value.name == "admin_holds_all"
    with pytest.raises(NotAllowed, match="holds every permission"):
        overrides.deny(owner, "olga", [EDIT])
    with pytest.raises(NotAllowed, match="own permissions"):
        overrides.inherit(ada, ada.name, [EDIT])


def test_an_admin_who_is_denied_something_is_so_at_the_next_verb_in_the_same_session(
    owner: Session, make_user: MakeUser
) -> None:
    """ASVS 8.3.2: rights are read anew, so no session has to end."""
    maria = make_user()
    ada = admin(owner, make_user)
    users.block(ada, maria.id)
    overrides.deny(owner, ada.name, ["users.unblock"])
    with pytest.raises(NotAllowed, match=r"denied you users\.unblock"):
        users.unblock(ada, maria.id)


@pytest.mark.parametrize("way", ["allow", "inherit", "allow to no effect"])
def test_nobody_gives_what_they_lack(owner: Session, make_user: MakeUser, way: str) -> None:
    """CHECKLIST F47: neither by an allow nor by lifting a denial, nor for the day when a module
    is opened."""
    lacked = PRICES if way == "allow to no effect" else EDIT
    maria = make_user(role="Salesperson" if way == "inherit" else "Simulator")
    if way == "inherit":
        overrides.deny(owner, maria.id, [EDIT])
    ada = admin(owner, make_user, lacked)
    with pytest.raises(NotAllowed, match=lacked) as refused:
        overrides.put(ada, maria.id, {lacked: None if way == "inherit" else True, DELETE: True})
    assert (refused.value.name, refused.value.data["permissions"]) == ("beyond_your_own", [lacked])
    assert DELETE not in held(owner, maria)
    assert overrides.deny(ada, maria.id, [lacked]).lost == ()


def test_an_admin_denied_users_rights_changes_nobodys_rights(
    owner: Session, make_user: MakeUser
) -> None:
    maria = make_user()
    ada = admin(owner, make_user, "users.rights")
    with pytest.raises(NotAllowed, match=r"users\.rights"):
        overrides.deny(ada, maria.id, [EDIT])


def test_it_is_dangerous_and_hidden_from_those_who_see_nobody(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    maria = activate(owner, make_user())
    owner.proof.at = None
    with pytest.raises(PasswordNeeded):
        overrides.deny(owner, maria.id, [EDIT])
    with pytest.raises(NotFound):
        overrides.deny(session_of(store, maria), "olga", [EDIT])
    with pytest.raises(NotAllowed):
        overrides.deny(session_of(store, maria), maria.id, [EDIT])
    with store.rehearse(owner) as preview:
        overrides.deny(owner, maria.id, [EDIT])
    assert [entry.verb for entry in preview.result.entries] == ["deny"]
    assert EDIT in held(owner, maria)


def test_the_operator_needs_a_reason_for_an_admin_and_none_for_others(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    maria, ada = make_user(), make_user(admin=True, role="", teams=())
    operator = operator_session(store)
    overrides.deny(operator, maria.id, [EDIT])
    assert explaining.explain(owner, maria.id, EDIT).because[0].by == operator.name
    with pytest.raises(NotAllowed, match="--reason"):
        overrides.deny(operator, ada.id, [EDIT])
    overrides.deny(operator.because("asked for it"), ada.id, [EDIT])


def test_who_comes_in_by_the_simulator_alone_keeps_what_it_asks_for(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """S0: the missing ones are listed."""
    maria = make_user(role="Simulator", simulator_only=True)
    with pytest.raises(Refused, match=r"offers\.create, offers\.edit") as refused:
        overrides.deny(owner, maria.id, ["offers.edit", "offers.create", "offers.delete"])
    assert refused.value.name == "needed_by_simulator"
    overrides.deny(owner, maria.id, ["offers.delete"])
    with store.write(owner):
        RolePermission.delete().where(RolePermission.permission == "offers.view").execute()
    overrides.allow(owner, maria.id, ["offers.view"])
    with pytest.raises(Refused, match=r"offers\.view"):
        overrides.inherit(owner, maria.id, ["offers.view"])


def test_what_a_preview_foresees_is_what_comes_of_it(owner: Session, make_user: MakeUser) -> None:
    maria = make_user(role="Support")
    ada = admin(owner, make_user, "offers.delete")
    wanted = {EDIT: False, DELETE: True, PRICES: True, "offers.delete": True}
    actor = users.show(owner, ada.name)
    foreseen = overrides.foresee(access.Actor.of(actor), explaining.grounds(ada, maria.id), wanted)
    assert foreseen.beyond == ("offers.delete",)
    del wanted["offers.delete"]
    altered = overrides.put(ada, maria.id, wanted)
    assert altered.gained == (DELETE,)
    assert foreseen.gained == (DELETE, "offers.delete")
    assert (foreseen.lost, foreseen.idle) == (altered.lost, altered.idle)


def test_of_the_removed_no_override_is_left(owner: Session, make_user: MakeUser) -> None:
    maria = make_user()
    overrides.deny(owner, maria.id, [EDIT])
    users.remove(owner, maria.id)
    with owner.store.read():
        assert Override.select().count() == 0
