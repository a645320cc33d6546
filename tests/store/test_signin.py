"""Signing in: the gates of DESIGN 3.2 that this program has so far."""

from collections.abc import Callable

import pytest

from store import signin, users
from store.database import Store
from store.errors import Invalid, NotAllowed, SessionEnded, SignInRefused
from store.models import LetterRow, UserRow
from store.session import Session
from store.users import show
from store.values import Door, Origin, Status, User
from tests.conftest import PASSWORD, CheapHasher, FakeClock

ORIGIN = Origin("root", "203.0.113.9", "pts/1")
OWN = "a lantern over the harbour"


def enter(
    store: Store, login: str, password: str = PASSWORD, door: Door = Door.USHER
) -> signin.SignedIn:
    return signin.sign_in(store, login, password, door, ORIGIN)


@pytest.fixture
def salesperson(make_user: Callable[..., User]) -> User:
    """Maria, whom an admin gave a temporary password."""
    return make_user("a password from an admin", login="maria", email="Maria@Acme.com.ua")


def test_the_owner_comes_in_and_a_session_stands_there(store: Store, owner: Session) -> None:
    entered = enter(store, "olga")
    with store.read():
        (row,) = store.sql("SELECT user_id, door, origin, ended FROM usher_session")
    assert row == (owner.user, "usher", "root 203.0.113.9 pts/1", None)
    assert not entered.must_change_password


@pytest.mark.parametrize("spelling", ["olga", "OLGA", "ｏｌｇａ", "Olga@ACME.com.ua"])
def test_every_spelling_of_login_and_email_is_the_same_person(
    store: Store, owner: Session, spelling: str
) -> None:
    assert enter(store, spelling).user.id == owner.user


def refusals(store: Store, hasher: CheapHasher, *tries: tuple[str, str, Door]) -> set[str]:
    """The sentences of several refusals; each must have cost one verification."""
    sentences = set()
    for login, password, door in tries:
        before = hasher.verifications
        with pytest.raises(SignInRefused) as refused:
            signin.sign_in(store, login, password, door, ORIGIN)
        assert hasher.verifications == before + 1
        sentences.add(str(refused.value.as_json()))
    return sentences


def test_every_refusal_has_the_same_words_and_costs_one_verification(
    store: Store, hasher: CheapHasher, owner: Session, salesperson: User
) -> None:
    """CHECKLIST C24, C25."""
    with store.write(owner):
        UserRow.update(simulator_only=True).where(UserRow.id == salesperson.id).execute()
    tries = [
        ("nobody", PASSWORD, Door.USHER),
        ("olga", "wrong", Door.USHER),
        ("olga", "", Door.USHER),
        ("olga", "x" * 10_000_000, Door.USHER),
        ("maria", "a password from an admin", Door.PLATFORM),
        (str(owner.user), PASSWORD, Door.USHER),
    ]
    for status in (Status.BLOCKED, Status.INACTIVE):
        with store.write(owner):
            UserRow.update(status=status).where(UserRow.id == salesperson.id).execute()
        tries.append(("maria", "a password from an admin", Door.USHER))
    assert len(refusals(store, hasher, *tries)) == 1


def test_whoever_has_no_password_yet_cannot_come_in(
    store: Store, hasher: CheapHasher, make_user: Callable[..., User]
) -> None:
    invited = make_user(login="invited")
    assert invited.password == "none"
    assert len(refusals(store, hasher, ("invited", "", Door.USHER))) == 1


def test_a_temporary_password_leads_only_to_a_new_one_and_leaves_pending(
    store: Store, salesperson: User
) -> None:
    """Gate 8 (S0): a sign-in that stops there leaves `pending`."""
    entered = enter(store, "maria", "a password from an admin")
    assert entered.must_change_password
    assert entered.user.status is Status.PENDING


def test_whoever_must_choose_a_password_can_do_nothing_else(
    store: Store, owner: Session, make_user: Callable[..., User]
) -> None:
    """CHECKLIST D37: in this session and in one that a platform resumes, until it is chosen."""
    make_user("a password from an admin", login="adam", admin=True)
    session = enter(store, "adam", "a password from an admin").session
    for one in (session, signin.resume(store, session.row or 0)):
        with pytest.raises(NotAllowed) as refused:
            users.edit(one, "adam", {"phone": "+380671234567"})
        assert refused.value.name == "password_change_required"
    signin.change_password(session, "a password from an admin", OWN)
    for one in (session, signin.resume(store, session.row or 0)):
        users.edit(one, "adam", {"position": f"Number {one.row}"})


@pytest.mark.parametrize(("hours", "usable"), [(72, True), (72 + 1 / 3600, False)])
def test_a_temporary_password_is_good_for_72_hours_to_the_second(
    store: Store, clock: FakeClock, salesperson: User, hours: float, usable: bool
) -> None:
    """S0, CHECKLIST D37."""
    clock.forward(hours=hours)
    if usable:
        assert enter(store, "maria", "a password from an admin").must_change_password
    else:
        with pytest.raises(SignInRefused):
            enter(store, "maria", "a password from an admin")


@pytest.mark.parametrize(
    ("days", "must_change"), [(119.99, False), (120, False), (120 + 1 / 86400, True)]
)
def test_a_password_expires_after_120_days_to_the_second(
    store: Store, clock: FakeClock, owner: Session, days: float, must_change: bool
) -> None:
    """S0, CHECKLIST A10: never a lock, only a new one to be chosen."""
    clock.forward(days=days)
    assert enter(store, "olga").must_change_password is must_change


def test_the_first_password_of_ones_own_makes_a_pending_user_active(
    store: Store, salesperson: User, owner: Session
) -> None:
    """S2."""
    entered = enter(store, "maria", "a password from an admin")
    signin.change_password(entered.session, "a password from an admin", OWN)
    after = show(owner, "maria")
    assert (after.status, after.password) == (Status.ACTIVE, "own")
    assert not enter(store, "maria", OWN).must_change_password


def test_a_changed_password_is_told_by_one_letter_without_it(store: Store, owner: Session) -> None:
    """CHECKLIST A9."""
    signin.change_password(owner, PASSWORD, OWN)
    with store.read():
        letters = list(LetterRow.select().where(LetterRow.kind == "password_changed"))
    assert [letter.address for letter in letters] == ["olga@acme.com.ua"]
    assert OWN not in str([letter.__data__ for letter in letters])


@pytest.mark.parametrize(
    ("current", "new", "code"),
    [("wrong", OWN, "password_wrong"), (PASSWORD, PASSWORD, "password_reused"),
     (PASSWORD, "short", "password_short")],
)  # fmt: skip
def test_changing_ones_password_needs_the_current_one_and_a_good_new_one(
    owner: Session, current: str, new: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        signin.change_password(owner, current, new)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_a_password_typed_in_nfd_is_the_one_set_in_nfc(store: Store, owner: Session) -> None:
    """CHECKLIST A6."""
    signin.change_password(owner, PASSWORD, "caf\u00e9 au bord de la mer")
    assert enter(store, "olga", "cafe\u0301 au bord de la mer").user.id == owner.user


def test_a_session_ends_by_signing_out_and_does_nothing_more(store: Store, owner: Session) -> None:
    session = enter(store, "olga").session
    signin.sign_out(session)
    signin.sign_out(session)
    with pytest.raises(SessionEnded):
        show(session, "olga")


def test_a_session_ends_after_twelve_hours(store: Store, clock: FakeClock, owner: Session) -> None:
    """CHECKLIST E39."""
    session = enter(store, "olga").session
    clock.forward(hours=12)
    show(session, "olga")
    clock.forward(seconds=1)
    with pytest.raises(SessionEnded):
        show(session, "olga")


def test_a_blocked_person_does_nothing_more_in_an_open_session(
    store: Store, owner: Session, make_user: Callable[..., User]
) -> None:
    """CHECKLIST E40."""
    make_user("a password from an admin", login="ana")
    session = enter(store, "ana", "a password from an admin").session
    with store.write(owner):
        UserRow.update(status="blocked").where(UserRow.login == "ana").execute()
    with pytest.raises(SessionEnded):
        show(session, "ana")


def test_weaker_hashes_are_made_anew_at_sign_in(
    store: Store, hasher: CheapHasher, owner: Session
) -> None:
    """CHECKLIST A3."""
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1, hash_len=12)
    with store.write(owner):
        UserRow.update(password_hash=weak.hash(PASSWORD)).where(UserRow.login == "olga").execute()
    enter(store, "olga")
    with store.read():
        stored = UserRow.get(UserRow.login == "olga").password_hash
    assert stored
    assert not hasher.outdated(stored)
