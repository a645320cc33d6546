"""Who enters the simulator alone has a role with all that is needed there (S0, DESIGN 3.5)."""

from pathlib import Path

import pytest

from store import signin, users
from store.access import simulator
from store.access.catalogue import NEEDED_BY_SIMULATOR
from store.errors import Invalid, SignInRefused
from store.exchange.importing import import_people
from store.exchange.options import Options
from store.models import Override
from store.session import Session
from store.values import Door, Origin, Status
from tests.conftest import NOON, PASSWORD
from tests.store.standing import MakeUser

FROM = Origin("", "203.0.113.9")


def problems(error: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in error.value.problems]


def override(owner: Session, number: int, permission: str, *, allowed: bool) -> None:
    with owner.store.write(owner):
        Override.create(user=number, permission=permission, allowed=allowed, at=NOON)


def test_what_is_missing_is_told_in_one_order() -> None:
    assert simulator.missing(NEEDED_BY_SIMULATOR) == ()
    assert simulator.missing({"offers.view", "clients.edit"}) == (
        "simulator.use",
        "offers.create",
        "offers.edit",
    )


def test_a_new_one_needs_a_role_that_suffices(owner: Session, make_user: MakeUser) -> None:
    assert make_user(simulator_only=True, role="Simulator").simulator_only
    assert make_user(simulator_only=True, role="", admin=True).simulator_only
    with pytest.raises(Invalid, match=r"“Support” lacks: simulator\.use, offers\.create") as error:
        make_user(simulator_only=True, role="Support")
    assert problems(error) == [("role", "role_lacks")]
    command = "usher roles edit Support --permit simulator.use --permit offers.create"
    assert command in error.value.message
    with pytest.raises(Invalid) as error:
        make_user(simulator_only=True, role="Wizard")
    assert problems(error) == [("role", "role_unknown")]


def test_one_who_becomes_it_needs_it_too_and_a_deny_counts(
    owner: Session, make_user: MakeUser
) -> None:
    maria = make_user(role="Support")
    with pytest.raises(Invalid) as error:
        users.edit(owner, maria.id, {"simulator_only": True})
    assert problems(error) == [("simulator_only", "role_lacks")]
    users.edit(owner, maria.id, {"simulator_only": True, "role": "Simulator"})
    with pytest.raises(Invalid) as error:
        users.edit(owner, maria.id, {"role": "Support"})
    assert problems(error) == [("role", "role_lacks")]
    assert users.edit(owner, maria.id, {"position": "Seller"}).position == "Seller"

    ana = make_user(role="Simulator")
    override(owner, ana.id, "offers.edit", allowed=False)
    with pytest.raises(Invalid, match=f"usher access inherit {ana.id} offers.edit") as error:
        users.edit(owner, ana.id, {"simulator_only": True})
    assert problems(error) == [("simulator_only", "role_lacks")]


def test_an_allow_does_not_stand_for_the_role(owner: Session, make_user: MakeUser) -> None:
    """S0: the role assigned must have the permissions."""
    rui = make_user(role="Read only")
    for permission in NEEDED_BY_SIMULATOR:
        override(owner, rui.id, permission, allowed=True)
    with pytest.raises(Invalid):
        users.edit(owner, rui.id, {"simulator_only": True})


def test_an_import_does_not_take_the_role_away_either(
    owner: Session, make_user: MakeUser, tmp_path: Path
) -> None:
    make_user(simulator_only=True, role="Simulator", login="sim", email="sim@acme.com.ua")
    path = tmp_path / "people.csv"
    path.write_text("email,role\nsim@acme.com.ua,Support\n", encoding="utf-8")
    (failed,) = import_people(owner, path, Options(update=True)).failed
    assert failed.code == "role_lacks"
    assert users.show(owner, "sim").role == "Simulator"


@pytest.mark.parametrize(
    ("role", "only", "open_to"),
    [
        ("Simulator", True, {Door.SIMULATOR, Door.USHER}),
        ("Salesperson", False, {Door.PLATFORM, Door.SIMULATOR, Door.USHER}),
        ("Support", False, {Door.PLATFORM, Door.USHER}),
    ],
)
def test_each_door_is_open_to_whose_it_is(
    owner: Session, make_user: MakeUser, role: str, only: bool, open_to: set[Door]
) -> None:
    """DESIGN 3.2, gate 7; why names what opens it."""
    maria = make_user(PASSWORD, role=role, simulator_only=only)
    for door in Door:
        gate = signin.why(owner, maria.id, door).gates[6]
        assert (gate.gate, gate.passed) == ("door", door in open_to)
        if door in open_to:
            came = signin.sign_in(owner.store, maria.login, PASSWORD, door, FROM)
            assert came.user.status is Status.PENDING
            continue
        with pytest.raises(SignInRefused):
            signin.sign_in(owner.store, maria.login, PASSWORD, door, FROM)
        assert gate.opens == (
            f"usher users edit {maria.id} --no-simulator-only"
            if door is Door.PLATFORM
            else f"usher access allow {maria.id} simulator.use"
        )


def test_what_was_denied_an_admin_is_given_back(owner: Session, make_user: MakeUser) -> None:
    ada = make_user(PASSWORD, admin=True, role="")
    override(owner, ada.id, "simulator.use", allowed=False)
    shut = signin.why(owner, ada.id, Door.SIMULATOR).shut
    assert shut
    assert shut.opens == f"usher access inherit {ada.id} simulator.use"
    with pytest.raises(Invalid, match="permissions that are denied to user"):
        users.edit(owner, ada.id, {"simulator_only": True})
