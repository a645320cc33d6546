"""What is not undone, each with its reason: it never is, or the world has moved since."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import store as the_store
from store import audit, keys, signin, teams, users
from store.access import overrides, roles
from store.database import Store
from store.errors import Conflict, NotAllowed, NotFound, PasswordNeeded, Refused
from store.exchange import importing
from store.mail import delivery
from store.models import UserRow
from store.session import Proof, Session, operator_session
from store.undo import acting, finding, refusing
from store.users import acts, many
from store.values import Door, Draft, Origin, Status, User
from tests.conftest import FakeClock, session_of
from tests.public_keys import ED25519
from tests.store.standing import MakeUser, activate

GIVEN = "nine wet umbrellas"
AN_ADMIN = {"admin": True, "role": "", "teams": ()}


@pytest.fixture
def rui(owner: Session, make_user: MakeUser) -> Session:
    """Another admin, who has changed nothing yet."""
    return session_of(owner.store, activate(owner, make_user(GIVEN, login="rui", **AN_ADMIN)))


@pytest.fixture
def maria(owner: Session, make_user: MakeUser, clock: FakeClock) -> User:
    """Somebody active without an address."""
    user = activate(owner, make_user(GIVEN, login="maria", email="", phone="+380671234567"))
    clock.forward(minutes=1)
    return user


def refused(session: Session) -> tuple[str, str]:
    """By which code an undo is refused, and the sentence; the rehearsal says the same."""
    with pytest.raises((Refused, Conflict)) as foreseen:
        acting.foresee(session)
    with pytest.raises((Refused, Conflict)) as error:
        acting.undo(session)
    assert error.value.as_json() == foreseen.value.as_json()
    return error.value.name, error.value.message


def test_who_has_changed_nothing_undoes_nothing_and_nobody_elses(
    rui: Session, owner: Session, maria: User
) -> None:
    users.block(owner, maria.id)
    assert refused(rui)[0] == "nothing_to_undo"
    assert users.show(owner, maria.id).status is Status.BLOCKED


def test_what_is_older_than_a_day_stays(owner: Session, maria: User, clock: FakeClock) -> None:
    users.block(owner, maria.id)
    clock.forward(hours=24, seconds=-1)
    assert acting.foresee(owner).verb == "block"
    clock.forward(seconds=1)
    assert refused(owner)[0] == "nothing_to_undo"


def test_a_second_undo_takes_the_change_before_and_nothing_goes_to_and_fro(
    rui: Session, maria: User, clock: FakeClock
) -> None:
    users.edit(rui, maria.id, {"phone": "+380671234568"})
    clock.forward(minutes=1)
    users.edit(rui, maria.id, {"phone": "+380671234569"})
    clock.forward(minutes=1)
    assert [acting.undo(rui).fields["phone"] for _time in range(2)] == [
        ("+380671234569", "+380671234568"),
        ("+380671234568", "+380671234567"),
    ]
    assert refused(rui)[0] == "nothing_to_undo"


def test_what_one_was_shown_is_what_is_undone(rui: Session, maria: User, clock: FakeClock) -> None:
    """The same person at two terminals."""
    users.block(rui, maria.id)
    shown = acting.foresee(rui).seq
    clock.forward(minutes=1)
    users.unblock(rui, maria.id)
    with pytest.raises(Conflict, match="another change") as error:
        acting.undo(rui, shown)
    assert error.value.name == "another_since"


def test_what_somebody_changed_since_stays_with_who_and_when(
    rui: Session, owner: Session, maria: User, clock: FakeClock
) -> None:
    users.edit(rui, maria.id, {"phone": "+380671234568", "position": "Chief"})
    clock.forward(minutes=1)
    users.edit(owner, maria.id, {"country": "PT"})
    assert acting.foresee(rui).verb == "edit"
    users.edit(owner, maria.id, {"position": "Boss"})
    code, sentence = refused(rui)
    assert code == "changed_since"
    assert "olga has changed position of Maria Silva 2 since (2026-03-02 12:02)." in sentence
    # Changed back by hand it has been changed; undone, it never was.
    acting.undo(owner)
    assert acting.undo(rui).fields["position"] == ("Chief", "")


def test_what_is_no_longer_as_it_was_made_stays(store: Store, rui: Session, maria: User) -> None:
    """By the platform in the same database, say, which leaves no entry."""
    users.edit(rui, maria.id, {"position": "Chief"})
    with store.write(rui):
        UserRow.update(position="Boss").where(UserRow.id == maria.id).execute()
    assert refused(rui)[0] == "changed_since"


def test_who_has_signed_in_since_is_not_shut_out_again(
    store: Store, rui: Session, owner: Session, maria: User, clock: FakeClock
) -> None:
    users.block(owner, maria.id)
    users.unblock(rui, maria.id)
    signin.sign_in(store, "maria", GIVEN, Door.PLATFORM, Origin("www"))
    code, sentence = refused(rui)
    assert code == "signed_in_since"
    assert f"usher users block {maria.id}" in sentence


def test_who_was_created_stays_once_their_letter_is_out(
    store: Store, rui: Session, clock: FakeClock
) -> None:
    draft = Draft(first_name="Iva", last_name="Nova", login="iva", email="iva@acme.ua",
                  role="Support", teams=("North",))  # fmt: skip
    iva = users.create(rui, draft)
    assert acting.foresee(rui).fields == {"status": ("pending", None), "codes": (1, 0)}
    delivery.deliver(store)
    code, sentence = refused(rui)
    assert (code, sentence.endswith(f": usher invitations revoke {iva.id}")) == ("letter_out", True)
    assert users.show(rui, iva.id).status is Status.PENDING
    clock.forward(minutes=1)
    acts.do(rui, "revoke", iva.id)
    with pytest.raises(NotFound):
        users.show(rui, iva.id)


def test_an_address_stays_once_a_letter_says_so_and_nobody_is_told_before(
    store: Store, rui: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    ana = activate(rui, make_user(GIVEN, login="ana", email="ana@acme.ua"))
    delivery.deliver(store)
    clock.forward(minutes=1)
    users.edit(rui, ana.id, {"email": "anna@acme.ua"})
    done = acting.undo(rui)
    assert (done.fields, done.stays) == ({"email": ("anna@acme.ua", "ana@acme.ua")}, ())
    assert [(one.sentence, one.next) for one in done.consequences] == [
        ("ana@acme.ua is not confirmed.", "send_confirmation")
    ]
    assert delivery.deliver(store).sent == 0
    clock.forward(minutes=1)
    users.edit(rui, ana.id, {"email": "anna@acme.ua"})
    delivery.deliver(store)
    code, sentence = refused(rui)
    remedy = f": usher users edit {ana.id} --email ana@acme.ua"
    assert (code, sentence.endswith(remedy)) == ("letter_out", True)
    assert users.edit(rui, ana.id, {"email": "ana@acme.ua"}).email == "ana@acme.ua"


def test_of_who_was_removed_nothing_is_put_back(rui: Session, owner: Session, maria: User) -> None:
    users.edit(rui, maria.id, {"position": "Chief"})
    users.remove(owner, maria.id)
    code, sentence = refused(rui)
    assert (code, "remove by olga, 2026-03-02 12:01" in sentence) == ("gone", True)


def test_a_team_that_somebody_deleted_is_gone_and_one_with_members_is_not_deleted(
    rui: Session, owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    teams.create(rui, "East")
    make_user(GIVEN, teams=("East",), email="")
    assert refused(rui)[0] == "team_in_use"
    teams.edit(owner, "East", name="Orient")
    assert refused(rui)[0] == "changed_since"
    teams.delete(owner, "Orient", "North")
    assert refused(rui)[0] == "gone"


def test_more_than_comes_back_is_said(store: Store, owner: Session, maria: User) -> None:
    """Records that were handed over are their new owner's (DESIGN 3.1)."""
    with store.write(owner) as unit:
        UserRow.update(status="inactive").where(UserRow.id == maria.id).execute()
        changes = {"status": ("active", "inactive"), "records": (17, 0)}
        unit.record("deactivate", maria.id, changes)
    code, sentence = refused(owner)
    assert (code, "records" in sentence) == ("not_undoable", True)


def test_of_an_act_on_many_the_last_one_is_undone_and_the_rest_named(
    rui: Session, maria: User, make_user: MakeUser, clock: FakeClock
) -> None:
    others = [make_user(GIVEN, email="").id for _one in range(2)]
    clock.forward(minutes=1)
    many.act(rui, "block", [maria.id, *others])
    done = acting.undo(rui)
    assert (done.target, done.several) == (others[-1], True)
    assert acting.foresee(rui).target == others[0]


def test_the_rights_and_the_password_are_asked_for_anew(
    store: Store, rui: Session, owner: Session, maria: User, clock: FakeClock
) -> None:
    users.edit(rui, maria.id, {"role": "Manager"})
    clock.forward(minutes=6)
    assert acting.foresee(rui).fields == {"role": ("Manager", "Salesperson")}
    with pytest.raises(PasswordNeeded):
        acting.undo(rui)
    overrides.deny(session_of(store, users.show(owner, "olga")), "rui", ["users.rights"])
    with pytest.raises(NotAllowed, match="denied you"):
        acting.foresee(rui)
    users.edit(session_of(store, users.show(owner, "olga")), "rui",
               {"admin": False, "role": "Support", "teams": ("North",)})  # fmt: skip
    with pytest.raises(NotFound):
        acting.undo(replace(rui, proof=Proof(clock.time)))
    assert users.show(owner, maria.id).role == "Manager"


def test_the_host_undoes_its_own(store: Store, owner: Session, maria: User) -> None:
    host = operator_session(store)
    users.block(host, maria.id)
    users.edit(owner, "olga", {"position": "Chief"})
    assert acting.undo(host).verb == "block"
    assert audit.history(owner, maria.id)[0].actor == host.name
    assert refused(replace(host, name="host:somebody"))[0] == "nothing_to_undo"


def test_what_is_never_undone_says_why_and_what_comes_nearest(
    owner: Session, rui: Session, maria: User, make_user: MakeUser, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("first_name,last_name,email,role,team\nI,N,i@acme.ua,Support,North\n")
    number = str(maria.id)
    acts: list[tuple[Callable[[], object], str]] = [
        (
            lambda: users.set_password(rui, number, "seven quiet herons"),
            f"set-password {number} --generate",
        ),
        (lambda: users.rename(rui, number, "ana", "a lantern at sea"), f"rename {number} --login"),
        (lambda: keys.add(rui, number, ED25519.line), "usher keys remove"),
        (lambda: keys.remove(rui, ED25519.fingerprint), f"usher keys add {number}"),
        (lambda: roles.delete(rui, "Read only"), "usher roles create"),
        (lambda: importing.import_people(rui, path), "usher invitations revoke"),
        (lambda: users.remove(rui, number), "Invite the user again"),
    ]
    for act, nearest in acts:
        act()
        code, sentence = refused(rui)
        assert (code, nearest in sentence) == ("not_undoable", True), sentence


def test_every_verb_is_undone_or_says_why_not_or_changes_nothing() -> None:
    """Whoever adds a verb decides which."""
    sources = Path(the_store.__file__).parent.rglob("*.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    found = set(re.findall(r"""\brecord\(\s*"([a-z_]+)\"""", text))
    found |= set(re.findall(r"""\bverb="([a-z_]+)\"""", text))
    assert found - {"edit"} <= {*refusing.KINDS, *refusing.NEVER, *finding.NO_CHANGES}
