"""An admin becomes the owner in place of one who is absent, and in no other case (DESIGN 3.7)."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from store import audit, settings, signin, users
from store.access import copying, overrides
from store.database import Store
from store.errors import NotAllowed, PasswordNeeded, Refused, SessionEnded, UsherError
from store.exchange.importing import import_people
from store.exchange.options import Options
from store.models import RecordRow
from store.ownership import owner as ownership
from store.ownership.absence import declare_absent
from store.ownership.claiming import claim
from store.ownership.transferring import transfer
from store.records import holdings
from store.session import Session, operator_session
from store.signin import sessions
from store.upkeep import clock as clocks
from store.users import many
from store.values import Door, Status, User
from tests.conftest import PASSWORD, FakeClock, session_of
from tests.store.ownership.conftest import GIVEN
from tests.store.test_storing import ORIGIN, letters


def again(session: Session) -> Session:
    """The same person, who has just given their password."""
    return session_of(session.store, users.show(session, session.user or 0))


def test_who_was_declared_absent_is_claimed_after_the_delay_and_not_a_second_before(
    store: Store, owner: Session, anna: Session, boris: User, clock: FakeClock
) -> None:
    declare_absent(session_of(store, boris).because("moved away"))
    clock.forward(hours=72, seconds=-1)
    with pytest.raises(Refused, match="can be claimed from 2026-03-05 12:00 UTC") as refused:
        claim(again(anna), "Acme")
    assert refused.value.name == "owner_not_absent"
    clock.forward(seconds=1)
    found = claim(again(anna), "Acme")
    assert (found.login, found.absence, found.claimable) == ("anna", None, False)
    olga = users.show(anna, "olga")
    assert (olga.admin, olga.owner, olga.status) == (True, False, Status.ACTIVE)
    assert set(letters(store, "owner_changed")) == {"olga@acme.com.ua", "anna@acme.com.ua"}
    (entry,) = audit.history(anna, olga.id, 1)
    assert entry.changes == {"owner": (True, False), "owner_id": (olga.id, anna.user)}
    assert entry.command == "usher owner claim --account Acme"
    assert audit.verify(store) is None


def test_who_has_been_away_for_longer_than_anybody_may_is_claimed_at_once(
    store: Store, owner: Session, anna: Session, clock: FakeClock
) -> None:
    clock.forward(days=90)
    signin.sign_in(store, "anna", GIVEN, Door.USHER, ORIGIN)
    with pytest.raises(Refused, match="is not absent"):
        claim(again(anna), "Acme")
    clock.forward(seconds=1)
    assert ownership.show(anna).idle
    assert claim(again(anna), "Acme").login == "anna"


def test_where_nobody_is_ever_idle_only_a_declaration_opens_the_way(
    owner: Session, anna: Session, clock: FakeClock
) -> None:
    settings.change(owner, "lockout.idle_days", "0")
    clock.forward(days=2000)
    assert ownership.show(anna).claimable_from is None
    with pytest.raises(Refused, match="declare-absent"):
        claim(again(anna), "Acme")


def test_the_old_owner_is_deactivated_in_the_same_act_where_wanted(
    store: Store, owner: Session, anna: Session, clock: FakeClock
) -> None:
    came_in = signin.sign_in(store, "olga", PASSWORD, Door.USHER, ORIGIN)
    declare_absent(anna.because("moved away"))
    clock.forward(hours=72)
    claim(again(anna), "Acme", deactivate_old=True)
    assert users.show(anna, "olga").status is Status.INACTIVE
    with pytest.raises(SessionEnded):
        users.show(came_in.session, "anna")
    verbs = [entry.verb for entry in audit.history(anna, owner.user, 2)]
    assert verbs == ["deactivate", "claim_ownership"]


def test_what_a_deactivated_old_owner_owns_goes_to_somebody_who_is_named(
    store: Store, owner: Session, anna: Session, clock: FakeClock
) -> None:
    """Somebody has to be named for what they own (S0), so nothing of it is done."""
    with store.write(owner):
        RecordRow.create(kind="client", ref="17", owner=owner.user)
    declare_absent(anna.because("moved away"))
    clock.forward(hours=72)
    with pytest.raises(Refused, match="--transfer-to WHO") as refused:
        claim(again(anna), "Acme", deactivate_old=True)
    assert (refused.value.name, refused.value.data["records"]) == ("owns_records", {"client": 1})
    assert ownership.show(anna).login == "olga"
    claim(again(anna), "Acme", deactivate_old=True, transfer_to="anna")
    assert ownership.show(anna).login == "anna"
    assert users.show(anna, "olga").status is Status.INACTIVE
    assert holdings.number_of(store, anna.user or 0) == {"client": 1}


def test_an_admin_to_whom_the_owner_has_denied_everything_may_claim(
    store: Store, owner: Session, anna: Session, clock: FakeClock
) -> None:
    """Any admin may claim, or an owner could prevent it. Declaring requires a permission."""
    overrides.deny(owner, anna.user or 0, ["users.view", "users.rights"])
    with pytest.raises(NotAllowed, match="denied you"):
        declare_absent(anna.because("moved away"))
    declare_absent(operator_session(store).because("moved away"))
    clock.forward(hours=72)
    claim(session_of(store, users.show(owner, "anna")), "Acme")
    assert users.show(anna, "anna").denied == ()


def test_it_asks_for_the_name_and_the_password_and_is_neither_the_owners_nor_the_hosts(
    store: Store, owner: Session, anna: Session, clock: FakeClock
) -> None:
    declare_absent(anna.because("moved away"))
    clock.forward(hours=72)
    with pytest.raises(PasswordNeeded):
        claim(anna, "Acme")
    with pytest.raises(Refused, match="not the name"):
        claim(again(anna), "Other")
    with pytest.raises(Refused, match="is the owner already"):
        claim(session_of(store, users.show(owner, "olga")), "Acme")
    with pytest.raises(NotAllowed, match="owner transfer"):
        claim(operator_session(store).because("rescue"), "Acme")
    assert ownership.show(anna).login == "olga"


def test_who_may_only_choose_a_new_password_claims_nothing(
    store: Store, owner: Session, anna: Session, clock: FakeClock
) -> None:
    declare_absent(anna.because("moved away"))
    clock.forward(hours=72)
    users.set_password(operator_session(store).because("forgotten"), "anna", "nine wet umbrellas")
    came_in = signin.sign_in(store, "anna", "nine wet umbrellas", Door.USHER, ORIGIN)
    assert came_in.must_change_password
    with pytest.raises(NotAllowed, match="usher --as anna users set-password anna"):
        claim(came_in.session, "Acme")


def _declared_for_long(anna: Session, _path: Path) -> object:
    return declare_absent(anna.because("moved away"))


Road = Callable[[Session, int, Path], object]
ROADS: dict[str, Road] = {
    "block": lambda a, n, p: users.block(a, n),
    "deactivate": lambda a, n, p: users.deactivate(a, n),
    "remove": lambda a, n, p: users.remove(a, n),
    "unlock": lambda a, n, p: users.unlock(a, n),
    "release": lambda a, n, p: users.release(a, n),
    "rename": lambda a, n, p: users.rename(a, n, "olga2", "nine wet umbrellas"),
    "password": lambda a, n, p: users.set_password(a, n, "nine wet umbrellas"),
    "address": lambda a, n, p: users.edit(a, n, {"email": "thief@evil.example"}),
    "last seen": lambda a, n, p: users.edit(a, n, {"last_seen": None}),
    "no admin": lambda a, n, p: users.edit(a, n, {"admin": False}),
    "owner field": lambda a, n, p: users.edit(a, a.user or 0, {"owner": True}),
    "denial": lambda a, n, p: overrides.deny(a, n, ["users.view"]),
    "copy": lambda a, n, p: copying.copy(a, n, a.user or 0),
    "sessions": lambda a, n, p: sessions.end(a, n),
    "many": lambda a, n, p: many.act(a, "block", [n]),
    "delay": lambda a, n, p: settings.change(a, "ownership.claim_delay_hours", "1"),
    "idle limit": lambda a, n, p: settings.change(a, "lockout.idle_days", "1"),
    "clock": lambda a, n, p: clocks.accept(a),
    "transfer": lambda a, n, p: transfer(a, a.user or 0, "Acme"),
    "claim": lambda a, n, p: claim(a, "Acme"),
    "import": lambda a, n, p: _imported(a, p),
    "forgotten": lambda a, n, p: _forgotten(a),
}
"""By what an admin could try to make the owner absent, or the way to it shorter (CHECKLIST 54)."""


def _imported(session: Session, path: Path) -> object:
    path.write_text("login,email\nolga,thief@evil.example\n", "utf-8")
    return import_people(session, path, Options(update=True))


def _forgotten(session: Session) -> None:
    for _time in range(10):
        signin.forgot(session.store, "olga@acme.com.ua", ORIGIN)


@pytest.mark.parametrize("road", ROADS)
def test_an_admin_makes_the_owner_absent_in_no_other_way(
    store: Store, owner: Session, anna: Session, tmp_path: Path, road: str
) -> None:
    """CHECKLIST F54: whatever they do, the owner comes in and is the owner, and nothing is due
    any sooner."""
    before = declare_absent(anna.because("moved away"))
    with suppress(UsherError):
        ROADS[road](anna, owner.user or 0, tmp_path / "people.csv")
    found = ownership.show(anna)
    assert (found.id, found.login, found.claimable_from) == (
        owner.user, "olga", before.claimable_from,
    )  # fmt: skip
    assert signin.sign_in(store, "olga", PASSWORD, Door.USHER, ORIGIN).absence is not None
    with pytest.raises(Refused, match="is not absent"):
        claim(again(anna), "Acme")
    assert users.show(owner, "olga").email == "olga@acme.com.ua"
