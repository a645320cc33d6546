"""Wrong passwords: counted before they are verified, whatever the way in (S0, CHECKLIST B)."""

from collections.abc import Callable

import pytest

from store import audit, locks, settings, signin, users
from store.database import Store
from store.errors import Invalid, NotAllowed, Refused, SessionEnded, SignInRefused
from store.models import ThrottleRow, UserRow
from store.session import Session, operator_session
from store.signin import attempts
from store.signin.sign_in import SignedIn
from store.users import show, unlock
from store.values import Door, Origin, User
from tests.conftest import PASSWORD, CheapHasher, FakeClock, session_of

HERE = Origin("root", "203.0.113.9", "pts/1")
ELSEWHERE = Origin("root", "198.51.100.7", "pts/2")
OWN = "a lantern over the harbour"


def enter(
    store: Store, login: str, password: str, source: Origin = HERE, door: Door = Door.USHER
) -> SignedIn:
    return signin.sign_in(store, login, password, door, source)


def wrong(store: Store, login: str, times: int, source: Origin = HERE) -> None:
    for _number in range(times):
        with pytest.raises(SignInRefused):
            enter(store, login, "not this one at all", source)


def row(store: Store, login: str) -> UserRow:
    with store.read():
        found: UserRow = UserRow.get(UserRow.login == login)
    return found


def verbs(session: Session, who: int) -> list[str]:
    return [entry.verb for entry in audit.history(session, who, 100)]


@pytest.fixture
def ana(store: Store, owner: Session, make_user: Callable[..., User]) -> User:
    """Ana, an active salesperson with a password of her own."""
    made = make_user("a password from an admin", login="ana", email="ana@acme.com.ua")
    entered = enter(store, "ana", "a password from an admin")
    signin.change_password(entered.session, "a password from an admin", OWN)
    return show(owner, made.id)


@pytest.fixture
def adam(store: Store, owner: Session, make_user: Callable[..., User]) -> User:
    """Adam, the only admin beside the owner."""
    made = make_user("a password from an admin", login="adam", admin=True)
    entered = enter(store, "adam", "a password from an admin")
    signin.change_password(entered.session, "a password from an admin", OWN)
    return show(owner, made.id)


def test_five_wrong_passwords_are_forgiven_by_the_right_one(store: Store, ana: User) -> None:
    """S0, CHECKLIST B16: five wrong, one right, five wrong: not locked."""
    wrong(store, "ana", 5)
    enter(store, "ana", OWN)
    assert row(store, "ana").attempts == 0
    wrong(store, "ana", 5)
    assert enter(store, "ana", OWN).user.id == ana.id


def test_the_sixth_wrong_password_locks_and_the_right_one_is_refused_too(
    store: Store, hasher: CheapHasher, owner: Session, ana: User
) -> None:
    """S0, CHECKLIST B13, B14: in the same words, and a verification is spent."""
    wrong(store, "ana", 6)
    before = hasher.verifications
    with pytest.raises(SignInRefused):
        enter(store, "ana", OWN)
    assert hasher.verifications == before + 1
    assert show(owner, ana.id).locks == ("passwords",)
    assert verbs(owner, ana.id)[:6] == ["lock", *["wrong_password"] * 5]
    (entry,) = [one for one in audit.history(owner, ana.id, 100) if one.verb == "lock"]
    assert entry.changes["attempts"] == (None, 6)
    assert entry.changes["from"] == (None, "203.0.113.9")


def test_attempts_while_locked_neither_count_nor_extend(
    store: Store, clock: FakeClock, owner: Session, ana: User
) -> None:
    """CHECKLIST B15."""
    wrong(store, "ana", 6)
    since = row(store, "ana").locked_at
    clock.forward(minutes=5)
    wrong(store, "ana", 50, ELSEWHERE)
    now = row(store, "ana")
    assert (now.attempts, now.locked_at, now.attempted_from) == (6, since, "203.0.113.9")
    assert verbs(owner, ana.id).count("lock") == 1


def test_unlock_lifts_both_locks_and_begins_both_clocks_anew(
    store: Store, clock: FakeClock, owner: Session, ana: User
) -> None:
    """S0, DESIGN 3.3: after it one wrong password does not lock again."""
    wrong(store, "ana", 6)
    clock.forward(days=91)
    assert show(owner, ana.id).locks == ("passwords", "idle")
    after = unlock(session_of(store, show(owner, "olga")).because("she called"), "ana")
    assert after.locks == ()
    wrong(store, "ana", 1)
    clock.forward(days=89)
    assert show(owner, ana.id).locks == ()
    assert enter(store, "ana", OWN).user.id == ana.id
    (entry,) = [one for one in audit.history(owner, ana.id, 100) if one.verb == "unlock"]
    assert (entry.reason, entry.command) == ("she called", f"usher users unlock {ana.id}")
    assert entry.changes == {"locks": (["passwords", "idle"], [])}


def test_who_is_not_locked_is_not_unlocked(owner: Session, ana: User) -> None:
    with pytest.raises(Refused, match="is not locked") as refused:
        unlock(owner, "ana")
    assert refused.value.name == "not_locked"


def test_any_admin_unlocks_an_admin_and_no_standard_user_anybody(
    store: Store, owner: Session, ana: User, adam: User, make_user: Callable[..., User]
) -> None:
    """DESIGN 3.6."""
    bert = make_user("a password from an admin", login="bert", admin=True)
    wrong(store, "bert", 6)
    with pytest.raises(NotAllowed):
        unlock(session_of(store, ana), ana.id)
    assert unlock(session_of(store, adam), bert.id).locks == ()


@pytest.mark.parametrize(("days", "comes_in"), [(90, True), (90 + 1 / 86400, False)])
def test_being_away_for_more_than_90_days_locks_at_every_door(
    store: Store, clock: FakeClock, ana: User, days: float, comes_in: bool
) -> None:
    """S0."""
    clock.forward(days=days)
    for door in (Door.PLATFORM, Door.USHER):
        if comes_in:
            enter(store, "ana", OWN, door=door)
        else:
            with pytest.raises(SignInRefused):
                enter(store, "ana", OWN, door=door)


def test_who_never_came_is_idle_from_creation_on(
    store: Store, clock: FakeClock, owner: Session, make_user: Callable[..., User]
) -> None:
    """S0, DESIGN 3.3."""
    made = make_user()
    clock.forward(days=90)
    assert show(owner, made.id).locks == ()
    clock.forward(seconds=1)
    assert show(owner, made.id).locks == ("idle",)


def test_the_owners_lock_runs_out_and_the_next_one_holds_twice_as_long(
    store: Store, clock: FakeClock, owner: Session
) -> None:
    """DESIGN 3.3, CHECKLIST B23: after a lock that has run out the count starts at zero."""
    for minutes in (15, 30, 60, 120):
        wrong(store, "olga", 5)
        assert row(store, "olga").attempts == 5
        assert show(owner, "olga").locks == ()
        wrong(store, "olga", 1)
        assert show(owner, "olga").locks == ("passwords",)
        clock.forward(minutes=minutes, seconds=-1)
        with pytest.raises(SignInRefused):
            enter(store, "olga", PASSWORD)
        clock.forward(seconds=1)
        assert show(owner, "olga").locks == ()
    assert enter(store, "olga", PASSWORD).user.id == owner.user


def test_a_success_brings_the_owners_lock_back_to_15_minutes(
    store: Store, clock: FakeClock, owner: Session
) -> None:
    """DESIGN 3.3."""
    wrong(store, "olga", 6)
    clock.forward(minutes=15)
    wrong(store, "olga", 6)
    clock.forward(minutes=30)
    enter(store, "olga", PASSWORD)
    wrong(store, "olga", 6)
    clock.forward(minutes=15)
    assert enter(store, "olga", PASSWORD).user.id == owner.user


def test_the_last_usable_admin_is_spared_and_another_one_is_not(
    store: Store, clock: FakeClock, owner: Session, adam: User, make_user: Callable[..., User]
) -> None:
    """DESIGN 3.3: no other admin but the owner is active, confirmed and not locked."""
    clock.forward(days=91)
    assert show(owner, adam.id).locks == ()
    wrong(store, "adam", 6)
    assert show(owner, adam.id).locks == ("passwords",)
    clock.forward(minutes=15)
    assert show(owner, adam.id).locks == ()
    # Bert can come in, so Adam is not the last one any more.
    owner.proof.at = store.now()
    make_user("a password from an admin", login="bert", admin=True)
    entered = enter(store, "bert", "a password from an admin")
    signin.change_password(entered.session, "a password from an admin", OWN)
    assert show(owner, adam.id).locks == ("passwords", "idle")
    wrong(store, "bert", 6)
    assert show(owner, adam.id).locks == ()
    assert show(owner, "bert").locks == ("passwords",)


def test_every_spelling_and_every_way_in_share_one_count(
    store: Store, owner: Session, ana: User
) -> None:
    """CHECKLIST B17, B18: login, e-mail, case, width; sign-in, once more, changing it."""
    session = enter(store, "ana", OWN).session
    for spelling in ("ANA", "ａｎａ", "ana@ACME.com.ua"):
        wrong(store, spelling, 1)
    with pytest.raises(SignInRefused):
        signin.prove(session, "wrong")
    with pytest.raises(Invalid):
        signin.change_password(session, "wrong", "a new one for the winter")
    assert row(store, "ana").attempts == 5
    with pytest.raises(SessionEnded) as ended:
        signin.prove(session, "wrong")
    assert ended.value.data["why"] == "locked"
    assert show(owner, ana.id).locks == ("passwords",)
    with pytest.raises(SessionEnded):
        show(session, ana.id)


def test_the_right_password_once_more_begins_the_count_anew(store: Store, ana: User) -> None:
    """S0."""
    session = enter(store, "ana", OWN).session
    wrong(store, "ana", 5)
    signin.prove(session, OWN)
    assert row(store, "ana").attempts == 0


def test_a_temporary_password_that_is_over_does_not_count_as_wrong(
    store: Store, clock: FakeClock, owner: Session, make_user: Callable[..., User]
) -> None:
    """DESIGN 3.2, gate 2."""
    make_user("a password from an admin", login="bert")
    wrong(store, "bert", 2)
    clock.forward(hours=73)
    for _number in range(10):
        with pytest.raises(SignInRefused):
            enter(store, "bert", "a password from an admin")
    assert row(store, "bert").attempts == 2


def test_who_has_no_password_cannot_be_locked_by_guessing(
    store: Store, owner: Session, make_user: Callable[..., User]
) -> None:
    """There is nothing to guess, and the invited would find themselves shut out."""
    invited = make_user(login="bert")
    wrong(store, "bert", 10)
    assert show(owner, invited.id).locks == ()


def test_a_process_that_died_while_it_verified_the_sixth_leaves_a_lock(
    store: Store, clock: FakeClock, owner: Session, ana: User
) -> None:
    """The count alone keeps everybody out; whoever comes later writes the entry."""
    wrong(store, "ana", 5)
    with store.write(owner) as unit:
        attempts._count(unit, ana.id)
    with pytest.raises(SignInRefused):
        enter(store, "ana", OWN)
    assert "lock" not in verbs(owner, ana.id)
    clock.forward(minutes=2)
    wrong(store, "ana", 1)
    assert verbs(owner, ana.id).count("lock") == 1
    assert row(store, "ana").attempts == 6


def test_a_source_of_many_failures_is_refused_for_a_while_and_said_once(
    store: Store, clock: FakeClock, owner: Session, ana: User
) -> None:
    """CHECKLIST B19: whoever else comes from there; nobody from elsewhere."""
    wrong(store, "nobody", 100)
    with pytest.raises(SignInRefused):
        enter(store, "ana", OWN)
    assert row(store, "ana").attempts == 0
    assert enter(store, "ana", OWN, ELSEWHERE).user.id == ana.id
    wrong(store, "nobody", 20)
    entries = [entry.verb for entry in audit.history(owner, None, 300)]
    assert entries.count("refuse_source") == 1
    clock.forward(minutes=15, seconds=1)
    assert enter(store, "ana", OWN).user.id == ana.id


def test_an_admin_who_came_in_from_there_before_is_never_refused_for_a_source(
    store: Store, owner: Session, adam: User
) -> None:
    """CHECKLIST B19."""
    wrong(store, "nobody", 101)
    assert enter(store, "adam", OWN).user.id == adam.id


def test_unknown_names_leave_no_row_and_no_entry(store: Store, owner: Session) -> None:
    """CHECKLIST B19: what is typed into the login field may be a password."""
    before = audit.count(owner)
    for number in range(50):
        wrong(store, f"nobody{number}", 1)
    with store.read():
        assert ThrottleRow.select().count() == 2
    assert audit.count(owner) == before


def test_a_clock_that_goes_back_never_unlocks_early(
    store: Store, clock: FakeClock, owner: Session, ana: User
) -> None:
    """CHECKLIST B21: now is never earlier than the newest entry."""
    wrong(store, "olga", 6)
    clock.forward(days=-1)
    with pytest.raises(SignInRefused):
        enter(store, "olga", PASSWORD)
    until = locks.of(store, owner.user or 0, settings.load(store), store.now())[0].until
    assert until is not None
    assert until > store.now()


def test_from_the_host_an_owner_is_unlocked_with_a_reason(store: Store, owner: Session) -> None:
    """DESIGN 3.6, CHECKLIST B23: the way back."""
    wrong(store, "olga", 6)
    with pytest.raises(NotAllowed, match="--reason"):
        unlock(operator_session(store), "olga")
    unlock(operator_session(store).because("locked out by somebody's script"), "olga")
    assert enter(store, "olga", PASSWORD).user.id == owner.user


def test_locks_of_many_are_read_with_the_people_themselves(
    store: Store, owner: Session, ana: User, adam: User
) -> None:
    wrong(store, "ana", 6)
    people = {user.login: user.locks for user in users.read.load(store, [ana.id, adam.id])}
    assert people == {"ana": ("passwords",), "adam": ()}
