"""No way up: nobody gives what they lack, by whatever road (DESIGN 3.6, CHECKLIST F47, F48, F52).

Anna is an admin to whom the owner has denied `reports.delete` and `users.export`.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from store import users
from store.access import Actor, actor_of, copying, explaining, modules, overrides, roles
from store.access.holding import overrides_of
from store.database import Store
from store.errors import Invalid, NotAllowed, Refused, UsherError
from store.exchange.importing import import_people
from store.exchange.options import Options
from store.invitations.addresses import addresses
from store.invitations.checking import Offer
from store.invitations.sending import send
from store.models import UserRow
from store.session import Session, operator_session
from store.users import many
from store.values import Draft, Status, User
from tests.conftest import session_of
from tests.store.standing import MakeUser, activate

LACKED = "reports.delete"
ALSO_LACKED = "users.export"
FORBIDDEN = {LACKED, ALSO_LACKED}


@pytest.fixture
def anna(owner: Session, make_user: MakeUser) -> Session:
    user = activate(owner, make_user(login="anna", admin=True, role="", teams=()))
    overrides.deny(owner, user.id, sorted(FORBIDDEN))
    return session_of(owner.store, user)


@pytest.fixture
def maria(owner: Session, make_user: MakeUser) -> User:
    return activate(owner, make_user(role="Support"))


def held(owner: Session, who: int | str) -> set[str]:
    return {right.permission for right in explaining.show(owner, who).permissions if right.allowed}


def test_what_stands_at_the_beginning(owner: Session, anna: Session, maria: User) -> None:
    """Else the tests below would prove nothing."""
    assert LACKED in held(owner, owner.user or 0)
    assert not FORBIDDEN & (held(owner, "anna") | held(owner, maria.id))
    assert roles.show(owner, "Manager").permissions.count(LACKED) == 1


def _role(anna: Session, maria: User, _path: Path) -> object:
    return users.edit(anna, maria.id, {"role": "Manager"})


def _own_role(anna: Session, maria: User, _path: Path) -> object:
    return roles.create(anna, "Mine", [LACKED])


def _edited_role(anna: Session, maria: User, _path: Path) -> object:
    return roles.edit(anna, "Support", permit=[LACKED])


def _copied_role(anna: Session, maria: User, _path: Path) -> object:
    copied = roles.copy(anna, "Manager", "Mine")
    assert LACKED in copied.left_out
    return users.edit(anna, maria.id, {"role": "Mine"})


def _successor(anna: Session, maria: User, _path: Path) -> object:
    return roles.delete(anna, "Support", "Manager")


def _override(anna: Session, maria: User, _path: Path) -> object:
    return overrides.allow(anna, maria.id, [LACKED])


def _override_without_effect(anna: Session, maria: User, _path: Path) -> object:
    return overrides.allow(anna, maria.id, [ALSO_LACKED])


def _copy(anna: Session, maria: User, _path: Path) -> object:
    return copying.copy(anna, maria.id, "chief")


def _new_user(anna: Session, maria: User, _path: Path) -> object:
    return users.create(anna, _draft(role="Manager"))


def _new_admin(anna: Session, maria: User, _path: Path) -> object:
    return users.create(anna, _draft(admin=True, role="", teams=()))


def _new_user_by_copy(anna: Session, maria: User, _path: Path) -> object:
    return users.create(anna, _draft(role=""), copy_access_from="chief")


def _promotion(anna: Session, maria: User, _path: Path) -> object:
    return users.edit(anna, maria.id, {"admin": True, "role": "", "teams": ()})


def _import(anna: Session, maria: User, path: Path) -> object:
    path.write_text(
        "first_name,last_name,email,role,team\nIva,Nova,iva@acme.com.ua,Manager,North\n", "utf-8"
    )
    return import_people(anna, path)


def _import_of_who_is_there(anna: Session, maria: User, path: Path) -> object:
    path.write_text(f"login,role\n{maria.login},Manager\n", "utf-8")
    return import_people(anna, path, Options(update=True))


def _invitation(anna: Session, maria: User, _path: Path) -> object:
    return send(anna, addresses("iva@acme.com.ua"), Offer(role="Manager"))


def _invitation_of_an_admin(anna: Session, maria: User, _path: Path) -> object:
    return send(anna, addresses("iva@acme.com.ua"), Offer(admin=True))


def _ticked_module(anna: Session, maria: User, _path: Path) -> object:
    return send(anna, addresses("iva@acme.com.ua"), Offer(modules=("reports",)))


def _ticked_admin_module(anna: Session, maria: User, _path: Path) -> object:
    return send(anna, addresses("iva@acme.com.ua"), Offer(modules=("users",)))


def _own_rights(anna: Session, maria: User, _path: Path) -> object:
    return overrides.inherit(anna, anna.user or 0, [LACKED])


def _own_admin_and_back(anna: Session, maria: User, _path: Path) -> object:
    return users.edit(anna, anna.user or 0, {"role": "Manager"})


def _new_module(anna: Session, maria: User, _path: Path) -> object:
    return modules.edit(anna, "reports", remove=["delete"])


ROADS: list[Callable[[Session, User, Path], object]] = [
    _role, _own_role, _edited_role, _copied_role, _successor, _override, _override_without_effect,
    _copy, _new_user, _new_admin, _new_user_by_copy, _promotion, _import, _import_of_who_is_there,
    _own_rights, _own_admin_and_back, _new_module, _invitation, _invitation_of_an_admin,
    _ticked_module, _ticked_admin_module,
]  # fmt: skip
"""Every road on which somebody may come to hold more. Undo comes later."""


def _draft(**fields: object) -> Draft:
    given = {
        "first_name": "Iva", "last_name": "Nova", "login": "iva", "email": "iva@acme.com.ua",
        "role": "Support", "teams": ("North",),
    }  # fmt: skip
    return Draft(**(given | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__.strip("_"))
def test_nobody_comes_to_hold_what_who_gives_it_lacks(
    owner: Session,
    anna: Session,
    maria: User,
    make_user: MakeUser,
    tmp_path: Path,
    road: Callable[[Session, User, Path], object],
) -> None:
    chief = activate(owner, make_user(login="chief", role="Manager"))
    overrides.allow(owner, chief.id, [LACKED])
    before = held(owner, owner.user or 0)
    with suppress(UsherError):
        road(anna, maria, tmp_path / "people.csv")
    for login in ("anna", maria.login, "iva", "iva@acme.com.ua"):
        with suppress(UsherError):
            assert not FORBIDDEN & held(owner, login), login
            allowed = overrides_of(owner.store, users.show(owner, login).id)
            assert not any(allowed.get(one) for one in FORBIDDEN), login
    assert held(owner, owner.user or 0) == before
    assert held(owner, chief.id) & FORBIDDEN == {LACKED}


LEADING = [
    _role, _edited_role, _successor, _override, _copy, _new_user, _new_admin, _new_user_by_copy,
    _promotion, _import, _import_of_who_is_there,
]  # fmt: skip


@pytest.mark.parametrize("road", LEADING, ids=lambda road: road.__name__.strip("_"))
def test_the_same_roads_lead_there_for_the_owner(
    owner: Session,
    maria: User,
    make_user: MakeUser,
    tmp_path: Path,
    road: Callable[[Session, User, Path], object],
) -> None:
    """Else their end above would be another than the ceiling."""
    chief = activate(owner, make_user(login="chief", role="Manager"))
    overrides.allow(owner, chief.id, [LACKED])
    road(owner, maria, tmp_path / "people.csv")
    found = set()
    for login in (maria.login, "iva", "iva@acme.com.ua"):
        with suppress(UsherError):
            found |= held(owner, login)
    assert LACKED in found


@pytest.mark.parametrize(
    "road", [_role, _edited_role, _override, _new_user, _new_admin, _promotion, _own_role]
)
def test_the_refusal_lists_what_is_lacked(
    anna: Session, maria: User, tmp_path: Path, road: Callable[[Session, User, Path], object]
) -> None:
    with pytest.raises(NotAllowed) as refused:
        road(anna, maria, tmp_path)
    assert refused.value.name == "beyond_your_own"
    assert LACKED in refused.value.data["permissions"]


def test_what_one_holds_one_gives_and_the_operator_and_the_owner_give_all(
    store: Store, owner: Session, anna: Session, maria: User
) -> None:
    overrides.allow(anna, maria.id, ["reports.view"])
    for session in (owner, operator_session(store)):
        overrides.allow(session, maria.id, [LACKED])
        assert LACKED in held(owner, maria.id)
        overrides.inherit(session, maria.id, [LACKED])


def test_only_the_owner_changes_an_admin_and_nobody_the_owner(
    store: Store, owner: Session, anna: Session, make_user: MakeUser
) -> None:
    """CHECKLIST F48, one by one and in bulk."""
    ada = activate(owner, make_user(login="ada", admin=True, role="", teams=()))
    free = session_of(store, activate(owner, make_user(admin=True, role="", teams=())))
    for verb in ("block", "deactivate", "remove", "release"):
        for session in (anna, free, operator_session(store)):
            assert many.act(session, verb, [ada.id, owner.user or 0]).failed == 2, verb
    for change in ({"admin": False}, {"email": "x@acme.com.ua"}, {"role": "Support"}):
        with pytest.raises(NotAllowed):
            users.edit(free, ada.id, change)
    for refuse in (overrides.deny, overrides.inherit):
        with pytest.raises(NotAllowed):
            refuse(free, ada.id, ["clients.edit"])
        with pytest.raises(NotAllowed):
            refuse(owner, owner.user or 0, ["clients.edit"])
    assert users.show(owner, "ada").version == ada.version
    assert many.act(owner, "block", [ada.id]).done == 1


def test_the_last_admin_and_the_owner_stay(store: Store, owner: Session) -> None:
    """CHECKLIST F52: not even from the host, with the best of reasons."""
    host, number = operator_session(store).because("a test"), owner.user or 0
    for session in (owner, host):
        for verb in ("block", "deactivate", "remove"):
            assert many.act(session, verb, [number]).failed == 1
        with pytest.raises((NotAllowed, Invalid, Refused)):
            users.edit(session, number, {"admin": False, "role": "Support", "teams": ()})
    with store.read():
        rows = UserRow.select().where(UserRow.admin, UserRow.status == Status.ACTIVE)
        assert [row.id for row in rows] == [number]


def test_the_keys_and_the_verbs_ask_about_the_same_actor(
    store: Store, owner: Session, anna: Session, maria: User
) -> None:
    """What is greyed is what is refused: both know the admin's denials, and only an admin's."""
    overrides.deny(owner, maria.id, ["clients.edit"])
    for session in (owner, anna, session_of(store, maria)):
        user = users.show(owner, session.user or 0)
        assert Actor.of(user) == actor_of(session)
    assert actor_of(anna).denied == FORBIDDEN
