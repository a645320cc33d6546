"""Copying access: role, overrides, teams, sub-accounts, never beyond what one holds (S0, F47)."""

import pytest

from store import audit, teams, users
from store.access import copying, explaining, overrides
from store.database import Store
from store.errors import Invalid, NotAllowed, PasswordNeeded, Refused
from store.models import SubAccess, SubAccountRow, UserRow
from store.session import Session
from store.values import Draft, LeftOut, User
from tests.store.access.test_overrides import DELETE, EDIT, PRICES, admin, held
from tests.store.standing import MakeUser, activate


@pytest.fixture
def rui(owner: Session, make_user: MakeUser) -> User:
    """A manager in two teams and one sub-account, with an allow and a deny of his own."""
    teams.create(owner, "South")
    user = make_user(role="Manager", teams=("North", "South"), login="rui")
    overrides.put(owner, user.id, {EDIT: False, PRICES: True})
    with owner.store.write(owner):
        branch = SubAccountRow.create(name="Branch", name_key="branch")
        SubAccess.create(user=user.id, sub_account=branch)
    return users.show(owner, user.id)


def test_access_is_copied_whole_in_one_entry(
    store: Store, owner: Session, make_user: MakeUser, rui: User
) -> None:
    maria = make_user(role="Read only")
    overrides.allow(owner, maria.id, ["offers.edit"])
    copied = copying.copy(owner, maria.id, "rui")
    assert copied.left_out == ()
    assert (copied.user.role, copied.user.teams) == (rui.role, rui.teams)
    assert held(owner, maria) == held(owner, rui)
    assert "clients.delete" in copied.altered.gained
    assert copied.altered.idle == (PRICES,)
    with store.read():
        assert [row.sub_account.name for row in SubAccess.select().order_by(SubAccess.user)] == [
            "Branch",
            "Branch",
        ]
    entry = audit.history(owner, maria.id, 1)[0]
    assert entry.verb == "copy_access"
    assert entry.command == f"usher access copy {maria.id} --from {rui.id}"
    assert entry.changes == {
        "role": ("Read only", "Manager"),
        "teams": (["North"], ["North", "South"]),
        "sub_accounts": ([], ["Branch"]),
        EDIT: ("inherit", "deny"),
        "offers.edit": ("allow", "inherit"),
        PRICES: ("inherit", "allow"),
    }
    by = explaining.explain(owner, maria.id, "clients.delete").because[-1]
    assert (by.detail, by.by) == ("Has the role Manager.", "olga")
    assert copying.copy(owner, maria.id, "rui").user.version == copied.user.version


def test_the_copy_is_found_by_its_new_role_and_teams(
    owner: Session, make_user: MakeUser, rui: User
) -> None:
    from store import listing
    from store.values import Filters

    maria = make_user()
    copying.copy(owner, maria.id, rui.id)
    found = listing.page(owner, Filters(role="Manager", team="South")).rows
    assert {row.id for row in found} == {maria.id, rui.id}


def test_whoever_has_all_sub_accounts_gives_all_of_them(
    store: Store, owner: Session, make_user: MakeUser, rui: User
) -> None:
    maria = make_user()
    with store.write(owner):
        UserRow.update(all_sub_accounts=True).where(UserRow.id == maria.id).execute()
    copying.copy(owner, rui.id, maria.id)
    with store.read():
        assert UserRow.get_by_id(rui.id).all_sub_accounts
        assert SubAccess.select().count() == 0
    copying.copy(owner, maria.id, make_user().id)
    with store.read():
        assert not UserRow.get_by_id(maria.id).all_sub_accounts


def test_what_the_actor_lacks_is_left_out_and_listed(
    owner: Session, make_user: MakeUser, rui: User
) -> None:
    """CHECKLIST F47; a role that carries any of it is not given at all."""
    maria = make_user(role="Support")
    overrides.deny(owner, maria.id, ["clients.view"])
    ada = admin(owner, make_user, DELETE, PRICES, "clients.view")
    before = held(owner, maria)
    copied = copying.copy(ada, maria.id, "rui")
    assert copied.left_out == (
        LeftOut("role", "Manager", (DELETE, "clients.view")),
        LeftOut("override", "clients.view", ("clients.view",)),
        LeftOut("override", PRICES, (PRICES,)),
    )
    assert (copied.user.role, copied.user.teams) == ("Support", ("North", "South"))
    assert held(owner, maria) == before - {EDIT}
    assert not copied.altered.gained


def test_of_an_admin_only_what_there_is_is_copied_and_of_the_owner_nothing(
    owner: Session, make_user: MakeUser
) -> None:
    teams.create(owner, "South")
    ada = make_user(admin=True, role="", teams=("South",), login="ada")
    overrides.deny(owner, ada.id, [DELETE])
    maria = make_user(role="Manager")
    copied = copying.copy(owner, maria.id, "ada")
    assert (copied.user.role, copied.user.teams) == ("Manager", ("South",))
    assert not copied.user.admin
    assert copied.altered.lost == (DELETE,)
    with pytest.raises(Refused, match=r"override to copy.*--admin") as refused:
        copying.copy(owner, maria.id, "olga")
    assert refused.value.name == "nothing_to_copy"


def test_an_admin_is_allowed_nothing_by_a_copy(
    owner: Session, make_user: MakeUser, rui: User
) -> None:
    ada = make_user(admin=True, role="", teams=(), login="ada")
    copied = copying.copy(owner, ada.id, "rui")
    assert copied.left_out == (LeftOut("override", PRICES),)
    assert users.show(owner, ada.id).denied == (EDIT,)


def test_who_may_and_who_may_not(owner: Session, make_user: MakeUser, rui: User) -> None:
    ada = admin(owner, make_user)
    with pytest.raises(NotAllowed, match="holds every permission"):
        copying.copy(owner, "olga", "rui")
    with pytest.raises(NotAllowed, match="own permissions"):
        copying.copy(ada, ada.name, "rui")
    with pytest.raises(Refused, match="both the source and the target"):
        copying.copy(ada, "rui", rui.id)
    ada.proof.at = None
    with pytest.raises(PasswordNeeded):
        copying.copy(ada, make_user().id, "rui")


def test_a_copy_leaves_who_comes_in_by_the_simulator_alone_what_it_asks_for(
    owner: Session, make_user: MakeUser, rui: User
) -> None:
    simon = make_user(role="Simulator", simulator_only=True)
    overrides.deny(owner, rui.id, ["offers.edit"])
    with pytest.raises(Refused, match=r"offers\.edit"):
        copying.copy(owner, simon.id, "rui")
    with pytest.raises(Refused, match=r"offers\.edit"):
        users.create(
            owner, Draft("Rui", "Dois", "dois", simulator_only=True), copy_access_from="rui"
        )


def test_a_rehearsed_copy_tells_the_same_and_changes_nothing(
    store: Store, owner: Session, make_user: MakeUser, rui: User
) -> None:
    maria = make_user()
    with store.rehearse(owner):
        foreseen = copying.copy(owner, maria.id, "rui")
    assert users.show(owner, maria.id) == maria
    assert copying.copy(owner, maria.id, "rui").as_json() == foreseen.as_json()


def test_a_new_user_gets_from_somebody_what_the_form_leaves_empty(
    owner: Session, make_user: MakeUser, rui: User
) -> None:
    """S0, DESIGN 3.5."""
    draft = Draft("Lena", "Silva", "lena", teams=("North",))
    lena = users.create(owner, draft, password="nine wet umbrellas", copy_access_from="rui")
    assert (lena.role, lena.teams) == ("Manager", ("North",))
    assert held(owner, lena) == held(owner, rui)
    copied, created = audit.history(owner, lena.id, 2)
    assert (created.verb, copied.verb) == ("create", "copy_access")
    assert f"--copy-access-from {rui.id}" in created.command
    assert created.changes["sub_accounts"] == (None, ["Branch"])
    assert copied.changes == {EDIT: ("inherit", "deny"), PRICES: ("inherit", "allow")}


def test_a_role_that_is_left_out_of_a_new_user_is_to_be_chosen_by_hand(
    owner: Session, make_user: MakeUser, rui: User
) -> None:
    ada = admin(owner, make_user, DELETE, PRICES)
    draft = Draft("Lena", "Silva", "lena")
    with pytest.raises(Invalid, match=r"Manager.*clients\.delete"):
        users.create(ada, draft, password="nine wet umbrellas", copy_access_from="rui")
    draft = Draft("Lena", "Silva", "lena", role="Support")
    lena = users.create(ada, draft, password="nine wet umbrellas", copy_access_from="rui")
    assert (lena.role, lena.teams) == ("Support", ("North", "South"))
    assert PRICES not in explaining.grounds(owner, lena.id).facts.overrides
    left = copying.for_new(ada, draft, "rui").left_out
    assert left == (LeftOut("override", PRICES, (PRICES,)),)


def test_copying_access_to_a_new_user_takes_the_right_to_change_rights(
    owner: Session, make_user: MakeUser, rui: User
) -> None:
    ada = admin(owner, make_user, "users.rights")
    with pytest.raises(NotAllowed, match=r"users\.rights"):
        users.create(ada, Draft("Lena", "Silva", "lena"), password="nine wet umbrellas",
                     copy_access_from="rui")  # fmt: skip
    assert activate(owner, rui).role == "Manager"
