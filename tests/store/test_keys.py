"""Keys of people: whose they are, who may change them, whom sshd may let in by them."""

from collections.abc import Callable
from io import StringIO

import pytest

from store import audit, keys, settings, signin
from store.checks.public_keys import parse
from store.database import Store
from store.errors import Invalid, NotAllowed, NotFound, PasswordNeeded, SessionEnded, SignInRefused
from store.exchange.exporting import print_people
from store.models import KeyRow, UserRow
from store.session import Session, operator_session
from store.users import create, edit, show
from store.values import Door, Draft, Origin, Status, User
from tests.conftest import PASSWORD, CheapHasher, FakeClock, session_of
from tests.public_keys import DSA, ECDSA, ED25519, OTHER

Make = Callable[..., User]
TEMPORARY = "a password from an admin"
BY_KEY = Origin("people", "203.0.113.9", "pts/1", ED25519.fingerprint)


@pytest.fixture
def maria(make_user: Make) -> User:
    """A standard user with a password that an admin gave her."""
    return make_user(TEMPORARY, login="maria")


@pytest.fixture
def admin(make_user: Make, store: Store) -> Session:
    return session_of(store, make_user(login="adam", admin=True))


def key_is_enough(owner: Session) -> None:
    settings.change(owner, "ssh.key_is_enough", "yes")


def test_a_key_is_added_listed_and_removed(store: Store, owner: Session) -> None:
    added = keys.add(owner, "olga", ED25519.line)
    assert (added.fingerprint, added.comment) == (ED25519.fingerprint, "olga@notebook")
    assert keys.keys_of(owner, "olga") == (added,)
    assert keys.remove(owner, added.fingerprint) == added
    assert keys.keys_of(owner, "olga") == ()
    removed, put = audit.history(owner, owner.user, 2)
    assert (put.verb, removed.verb) == ("add_key", "remove_key")
    assert put.changes["key"] == (None, ED25519.fingerprint)
    assert removed.changes["key"] == (ED25519.fingerprint, None)
    assert removed.command == f"usher keys remove {ED25519.fingerprint}"
    assert audit.verify(store) is None


def test_a_rehearsal_shows_the_entry_and_adds_nothing(store: Store, owner: Session) -> None:
    with store.rehearse(owner) as preview:
        keys.add(owner, "olga", ED25519.line)
    assert [entry.verb for entry in preview.result.entries] == ["add_key"]
    assert keys.keys_of(owner, "olga") == ()


def test_a_key_belongs_to_one_person(owner: Session, maria: User, store: Store) -> None:
    keys.add(owner, maria.id, ED25519.line)
    for session, who, said in (
        (owner, "olga", f"user {maria.id}"),
        (owner, "maria", "is registered for this user already"),
    ):
        with pytest.raises(Invalid) as refused:
            keys.add(session, who, ED25519.line)
        (problem,) = refused.value.problems
        assert problem.code == "key_taken"
        assert said in problem.message


def test_a_standard_user_is_not_told_whose_key_it_is(
    owner: Session, maria: User, store: Store
) -> None:
    """CHECKLIST F49."""
    keys.add(owner, "olga", ED25519.line)
    with pytest.raises(Invalid) as refused:
        keys.add(session_of(store, maria), "maria", ED25519.line)
    assert "user" not in refused.value.problems[0].message


def test_a_line_that_is_no_key_is_refused_with_what_to_do(owner: Session) -> None:
    with pytest.raises(Invalid) as refused:
        keys.add(owner, "olga", DSA)
    assert [problem.code for problem in refused.value.problems] == ["key_invalid"]


def test_everybody_may_change_their_own_keys(store: Store, maria: User, admin: Session) -> None:
    for session, made in ((session_of(store, maria), ED25519), (admin, ECDSA)):
        keys.add(session, session.user or 0, made.line)
        assert len(keys.keys_of(session, session.user or 0)) == 1
        keys.remove(session, made.fingerprint)


def test_the_keys_of_others_are_sensitive(
    store: Store, owner: Session, maria: User, admin: Session, make_user: Make
) -> None:
    """DESIGN 3.6: an admin's are the owner's to change, and nobody acts on the owner."""
    other = make_user(login="other", admin=True)
    keys.add(owner, "olga", ED25519.line)
    keys.add(owner, other.id, OTHER.line)
    keys.add(admin, maria.id, ECDSA.line)
    for who, fingerprint in (("olga", ED25519.fingerprint), ("other", OTHER.fingerprint)):
        assert len(keys.keys_of(admin, who)) == 1
        with pytest.raises(NotAllowed):
            keys.add(admin, who, ED25519.line)
        with pytest.raises(NotAllowed):
            keys.remove(admin, fingerprint)
    keys.remove(admin, ECDSA.fingerprint)
    keys.remove(owner, OTHER.fingerprint)


def test_a_standard_user_sees_no_keys_but_their_own(
    store: Store, owner: Session, maria: User
) -> None:
    keys.add(owner, "olga", ED25519.line)
    stranger = session_of(store, maria)
    with pytest.raises(NotFound):
        keys.keys_of(stranger, "olga")
    with pytest.raises(NotFound):
        keys.add(stranger, "olga", ECDSA.line)
    messages = set()
    for fingerprint in (ED25519.fingerprint, ECDSA.fingerprint):
        with pytest.raises(keys.KeyNotFound) as refused:
            keys.remove(stranger, fingerprint)
        messages.add(refused.value.message.replace(fingerprint, "KEY"))
    assert len(messages) == 1


def test_the_operator_names_a_reason_to_touch_an_admins_keys(store: Store, owner: Session) -> None:
    operator = operator_session(store)
    assert keys.keys_of(operator, "olga") == ()
    with pytest.raises(NotAllowed, match="--reason"):
        keys.add(operator, "olga", ED25519.line)
    keys.add(operator.because("lost her notebook"), "olga", ED25519.line)


def test_keys_and_settings_ask_for_a_password_of_the_last_five_minutes(
    store: Store, clock: FakeClock, owner: Session
) -> None:
    """DESIGN 3.6, CHECKLIST E41."""
    session = signin.sign_in(store, "olga", PASSWORD, Door.USHER, Origin()).session
    clock.forward(minutes=5)
    keys.add(session, "olga", ED25519.line)
    clock.forward(seconds=1)
    for dangerous in (
        lambda: keys.add(session, "olga", ECDSA.line),
        lambda: keys.remove(session, ED25519.fingerprint),
        lambda: settings.change(session, "ssh.key_is_enough", "yes"),
    ):
        with pytest.raises(PasswordNeeded):
            dangerous()
    signin.prove(session, PASSWORD)
    keys.remove(session, ED25519.fingerprint)


def test_sshd_may_let_in_those_who_are_pending_or_active(
    store: Store, owner: Session, maria: User
) -> None:
    keys.add(owner, maria.id, ED25519.line)
    for status in Status:
        with store.write(owner):
            UserRow.update(status=status).where(UserRow.id == maria.id).execute()
        usable = status in {Status.PENDING, Status.ACTIVE}
        found = keys.authorized(store, ED25519.fingerprint)
        assert (found is not None) is usable
    assert keys.authorized(store, ECDSA.fingerprint) is None
    assert keys.authorized(store, "' OR 1=1 --") is None


def test_what_sshd_is_given_has_no_comment(store: Store, owner: Session) -> None:
    """A comment is a person's text, and stands in a line that sshd reads."""
    keys.add(owner, "olga", ED25519.line)
    found = keys.authorized(store, ED25519.fingerprint)
    assert found is not None
    assert (found.comment, found.blob) == ("", parse(ED25519.line).blob)


def test_a_key_alone_opens_nothing(store: Store, owner: Session) -> None:
    """`ssh.key_is_enough` is no by default."""
    keys.add(owner, "olga", ED25519.line)
    with pytest.raises(SignInRefused):
        signin.sign_in_by_key(store, Door.USHER, BY_KEY)


def test_where_the_owner_says_so_a_key_is_enough_and_the_history_tells(
    store: Store, clock: FakeClock, owner: Session
) -> None:
    keys.add(owner, "olga", ED25519.line)
    key_is_enough(owner)
    clock.forward(hours=1)
    entered = signin.sign_in_by_key(store, Door.USHER, BY_KEY)
    assert entered.user.login == "olga"
    assert not entered.must_change_password
    (entry,) = audit.history(entered.session, owner.user, 1)
    assert (entry.verb, entry.changes["by"]) == ("sign_in", (None, "key"))
    assert entry.origin == f"people 203.0.113.9 pts/1 {ED25519.fingerprint}"
    with store.read():
        ((origin,),) = store.sql("SELECT origin FROM usher_session")
    assert origin == entry.origin
    assert [key.last_used for key in keys.keys_of(owner, "olga")] == [clock()]


def test_a_key_beside_a_password_stands_in_every_entry_and_is_marked_as_used(
    store: Store, owner: Session
) -> None:
    keys.add(owner, "olga", ED25519.line)
    session = signin.sign_in(store, "olga", PASSWORD, Door.USHER, BY_KEY).session
    edit(session, "olga", {"position": "Owner"})
    signin.sign_out(session)
    verbs = audit.history(owner, owner.user, 3)
    assert [entry.verb for entry in verbs] == ["sign_out", "edit", "sign_in"]
    assert all(ED25519.fingerprint in entry.origin for entry in verbs)
    assert keys.keys_of(owner, "olga")[0].last_used is not None


def test_all_gates_but_the_password_hold_for_a_key_and_refuse_alike(
    store: Store, owner: Session, maria: User
) -> None:
    keys.add(owner, maria.id, ED25519.line)
    key_is_enough(owner)
    said = set()
    unknown = Origin("people", "203.0.113.9", "pts/1", ECDSA.fingerprint)
    for status in (Status.BLOCKED, Status.INACTIVE, Status.REMOVED):
        with store.write(owner):
            UserRow.update(status=status).where(UserRow.id == maria.id).execute()
        for origin in (BY_KEY, unknown, Origin()):
            with pytest.raises(SignInRefused) as refused:
                signin.sign_in_by_key(store, Door.USHER, origin)
            said.add(str(refused.value.as_json()))
    assert len(said) == 1


def test_a_key_does_not_let_a_simulator_only_user_through_another_door(
    store: Store, owner: Session, maria: User
) -> None:
    keys.add(owner, maria.id, ED25519.line)
    key_is_enough(owner)
    with store.write(owner):
        UserRow.update(simulator_only=True).where(UserRow.id == maria.id).execute()
    with pytest.raises(SignInRefused):
        signin.sign_in_by_key(store, Door.PLATFORM, BY_KEY)


def test_a_temporary_password_must_be_changed_by_whoever_comes_by_key_too(
    store: Store, clock: FakeClock, owner: Session, maria: User
) -> None:
    keys.add(owner, maria.id, ED25519.line)
    key_is_enough(owner)
    assert signin.sign_in_by_key(store, Door.USHER, BY_KEY).must_change_password
    clock.forward(days=121)
    keys_of_owner = Origin("people", key=ECDSA.fingerprint)
    signin.prove(owner, PASSWORD)
    keys.add(owner, "olga", ECDSA.line)
    assert signin.sign_in_by_key(store, Door.USHER, keys_of_owner).must_change_password


def test_whoever_has_no_password_yet_does_not_come_in_by_a_key(
    store: Store, owner: Session, make_user: Make
) -> None:
    """They have a letter to redeem, and could choose no password here."""
    invited = make_user(login="invited")
    keys.add(owner, invited.id, ED25519.line)
    key_is_enough(owner)
    with pytest.raises(SignInRefused):
        signin.sign_in_by_key(store, Door.USHER, BY_KEY)


def test_a_key_that_is_gone_opens_nothing(store: Store, owner: Session) -> None:
    keys.add(owner, "olga", ED25519.line)
    key_is_enough(owner)
    keys.remove(owner, ED25519.fingerprint)
    with pytest.raises(SignInRefused):
        signin.sign_in_by_key(store, Door.USHER, BY_KEY)


def test_who_came_by_a_key_that_is_removed_is_out_and_nobody_else(
    store: Store, owner: Session, maria: User
) -> None:
    """A key that is taken away was perhaps in the wrong hands."""
    keys.add(owner, maria.id, ED25519.line)
    by_key = signin.sign_in(store, "maria", TEMPORARY, Door.USHER, BY_KEY).session
    without = signin.sign_in(store, "maria", TEMPORARY, Door.USHER, Origin("people")).session
    keys.remove(owner, ED25519.fingerprint)
    with pytest.raises(SessionEnded):
        show(by_key, "maria")
    assert show(without, "maria").id == maria.id


def test_dangerous_verbs_ask_whoever_came_by_key_alone(
    store: Store, owner: Session, maria: User, hasher: CheapHasher
) -> None:
    keys.add(owner, "olga", ED25519.line)
    key_is_enough(owner)
    session = signin.sign_in_by_key(store, Door.USHER, BY_KEY).session
    assert hasher.verifications == 0
    edit(session, maria.id, {"position": "Lead"})
    new_admin = Draft(
        first_name="Ana", last_name="Mota", login="ana", email="ana@acme.com.ua", admin=True,
        role="Support", teams=("North",),
    )  # fmt: skip
    for dangerous in (
        lambda: keys.add(session, "olga", ECDSA.line),
        lambda: edit(session, maria.id, {"role": "Manager"}),
        lambda: edit(session, maria.id, {"email": "m@acme.com.ua"}),
        lambda: create(session, new_admin),
        lambda: print_people(session, StringIO()),
    ):
        with pytest.raises(PasswordNeeded):
            dangerous()
    signin.prove(session, PASSWORD)
    edit(session, maria.id, {"role": "Manager"})
    assert show(session, maria.id).role == "Manager"


def test_with_a_person_go_their_keys(store: Store, owner: Session, maria: User) -> None:
    keys.add(owner, maria.id, ED25519.line)
    with store.write(owner):
        store.sql("DELETE FROM usher_user WHERE id = ?", maria.id)
        assert not KeyRow.select().exists()
