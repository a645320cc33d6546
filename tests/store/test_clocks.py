"""F6: a wrong clock, on this host or another, never unlocks users early or locks them out."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from store import audit, listing, signin, teams, users
from store.access import require_proof
from store.codes import Purpose, count_since, text_of
from store.database import Store
from store.errors import PasswordNeeded, SessionEnded, SignInRefused
from store.fields import utc_moment, utc_text
from store.invitations.addresses import addresses
from store.invitations.checking import Offer
from store.invitations.sending import send
from store.mail import outbox
from store.mail.delivery import deliver
from store.models import CodeRow, LetterRow, SessionRow, UserRow
from store.session import Session, operator_session
from store.signin import standing, throttle
from store.undo.finding import last
from store.upkeep import clock as upkeep
from store.values import Door, Filters, Locked, Origin, User
from tests.conftest import PASSWORD, FakeClock, session_of

HERE = Origin("root", "203.0.113.9")
GIVEN = "nine wet umbrellas"
SHIFTS = {
    "-1 h": timedelta(hours=-1),
    "-1 d": timedelta(days=-1),
    "+25 h": timedelta(hours=25),
    "+91 d": timedelta(days=91),
    "+121 d": timedelta(days=121),
    "+1 y": timedelta(days=365),
}
AHEAD = [name for name in SHIFTS if name.startswith("+")]
MakeUser = Callable[..., User]


Elsewhere = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def elsewhere(clock: FakeClock) -> Elsewhere:
    """Run the block on another host, whose clock is off by this much."""

    @contextmanager
    def shifted(shift: str) -> Iterator[None]:
        clock.time += SHIFTS[shift]
        yield
        clock.time -= SHIFTS[shift]

    return shifted


def act(store: Store) -> None:
    """Do one action, which writes an entry."""
    teams.create(operator_session(store), f"Team {store.clock():%Y%m%d%H%M}")


def comes_in(store: Store, login: str, password: str) -> bool:
    try:
        signin.sign_in(store, login, password, Door.USHER, HERE)
    except SignInRefused:
        return False
    return True


def lock_olga(store: Store) -> None:
    for _attempt in range(6):
        assert not comes_in(store, "olga", "wrong")


@pytest.mark.parametrize("shift", SHIFTS)
def test_an_action_of_a_host_with_a_wrong_clock_locks_nobody_out(
    store: Store, owner: Session, make_user: MakeUser, elsewhere: Elsewhere, shift: str
) -> None:
    """No user counts as idle, and no password, code or session expires."""
    maria = make_user(GIVEN, login="maria")
    signin.sign_in(store, "maria", GIVEN, Door.USHER, HERE)
    here = signin.sign_in(store, "olga", PASSWORD, Door.USHER, HERE).session
    send(owner, addresses("ana@acme.com.ua"), Offer())
    now = store.now()
    with elsewhere(shift):
        act(store)
    assert abs(store.now() - now) <= timedelta(days=1)
    assert comes_in(store, "maria", GIVEN)
    assert not signin.sign_in(store, "olga", PASSWORD, Door.USHER, HERE).must_change_password
    assert users.show(here, "olga").locks == users.show(here, maria.id).locks == ()
    assert listing.count(here, Filters(lock=Locked.ANY)).number == 0
    with store.read():
        (code,) = CodeRow.select().where(
            CodeRow.purpose == Purpose.INVITATION, CodeRow.ended.is_null()
        )
    assert text_of(store, code.id), "the invitation holds"
    assert audit.verify(store) is None


@pytest.mark.parametrize("shift", SHIFTS)
def test_an_action_of_a_host_with_a_wrong_clock_unlocks_nobody(
    store: Store, owner: Session, make_user: MakeUser, clock: FakeClock,
    elsewhere: Elsewhere, shift: str,
) -> None:  # fmt: skip
    maria = make_user(GIVEN, login="maria")
    signin.sign_in(store, "maria", GIVEN, Door.USHER, HERE)
    clock.forward(days=91)
    lock_olga(store)
    with elsewhere(shift):
        act(store)
    assert not comes_in(store, "olga", PASSWORD), "a timed lock of fifteen minutes"
    assert not comes_in(store, "maria", GIVEN), "idle for more than ninety days"
    assert users.show(owner, maria.id).locks == ("idle",)
    clock.forward(minutes=16)
    assert comes_in(store, "olga", PASSWORD)


@pytest.mark.parametrize("shift", ["-1 h", "-1 d"])
def test_a_clock_that_is_set_back_unlocks_nobody_and_revives_nothing(
    store: Store, owner: Session, make_user: MakeUser, clock: FakeClock, shift: str
) -> None:
    make_user(GIVEN, login="maria")
    signin.sign_in(store, "maria", GIVEN, Door.USHER, HERE)
    make_user(login="ana", email="ana@acme.com.ua")
    clock.forward(days=90, minutes=30)
    lock_olga(store)
    with store.read():
        code = CodeRow.get(CodeRow.purpose == Purpose.INVITATION)
    clock.time += SHIFTS[shift]
    assert not comes_in(store, "olga", PASSWORD)
    assert not comes_in(store, "maria", GIVEN)
    assert text_of(store, code.id) is None


@pytest.mark.parametrize("shift", AHEAD)
def test_a_lock_of_a_host_that_is_ahead_ends(
    store: Store, owner: Session, clock: FakeClock, elsewhere: Elsewhere, shift: str
) -> None:
    """The lock counts from the first attempt here. It ends late, but it ends."""
    with elsewhere(shift):
        lock_olga(store)
    assert not comes_in(store, "olga", PASSWORD)
    clock.forward(minutes=14)
    assert not comes_in(store, "olga", PASSWORD)
    clock.forward(minutes=2)
    assert comes_in(store, "olga", PASSWORD)


@pytest.mark.parametrize("shift", AHEAD)
def test_what_a_host_that_is_ahead_wrote_holds_nothing_up(
    store: Store, owner: Session, make_user: MakeUser, clock: FakeClock,
    elsewhere: Elsewhere, shift: str,
) -> None:  # fmt: skip
    """Emails are sent, and counts for sources and codes start now."""
    maria = make_user(GIVEN, login="maria", email="maria@acme.com.ua")
    deliver(store)
    window = timedelta(minutes=15)
    with elsewhere(shift):
        for _time in range(6):
            signin.forgot(store, "maria@acme.com.ua", HERE)
        for _attempt in range(100):
            assert not comes_in(store, "nobody", "wrong")
        assert throttle.lately(store, "sign_in", HERE.address, window) == 100
        send(session_of(store, users.show(owner, "olga")), addresses("ana@acme.com.ua"), Offer())
    assert outbox.waiting(store)
    deliver(store)
    with store.read():
        assert not LetterRow.select().where(LetterRow.state == "queued").exists()
    assert throttle.lately(store, "sign_in", HERE.address, window) == 0
    with store.write(owner) as unit:
        assert count_since(unit, maria.id, Purpose.RESET, unit.now - timedelta(days=1)) == 0
    with store.read():
        assert audit.number_since(store, store.now() - timedelta(days=1), "invite") == 0


@pytest.mark.parametrize("shift", AHEAD)
def test_sessions_go_by_the_clock_of_the_host_that_is_asked(
    store: Store, owner: Session, clock: FakeClock, elsewhere: Elsewhere, shift: str
) -> None:
    """A host that is ahead ends no session of other hosts. Its own sessions do not last longer."""
    here = signin.sign_in(store, "olga", PASSWORD, Door.USHER, HERE).session
    platform = signin.sign_in(store, "olga", PASSWORD, Door.PLATFORM, HERE).session
    clock.forward(seconds=1)
    standing.heard(here)
    words: dict[int, tuple[Any, datetime]] = {}
    with elsewhere(shift):
        ahead = signin.sign_in(store, "olga", PASSWORD, Door.USHER, HERE).session
    act(store)
    for _beat in range(5):
        clock.forward(seconds=15)
        standing.heard(here)
        with elsewhere(shift):
            # Each process remembers what it has read, and when.
            store.last_words, words = words, store.last_words
            standing.heard(ahead)
            store.last_words, words = words, store.last_words
            users.show(ahead, "olga")
    for session in (here, platform):
        users.show(session, "olga")
    with store.read():
        assert not SessionRow.select().where(SessionRow.ended.is_null(False)).exists()
    with pytest.raises(SessionEnded):
        standing.resume(store, ahead.row or 0)


def test_a_proof_that_lies_ahead_is_none(store: Store, owner: Session, clock: FakeClock) -> None:
    clock.forward(days=-2)
    with pytest.raises(PasswordNeeded):
        require_proof(owner)


def test_the_time_follows_the_newest_entry_by_a_day_at_most(
    store: Store, owner: Session, clock: FakeClock
) -> None:
    """DESIGN 3.3."""
    for hours in (1, 23, 24):
        clock.forward(hours=hours)
        with store.write(owner) as unit:
            unit.record("probe")
        clock.forward(hours=-hours)
        assert store.now() == clock() + timedelta(hours=hours)
    clock.forward(hours=24, seconds=1)
    with store.write(owner) as unit:
        unit.record("probe")
    clock.forward(hours=-24, seconds=-1)
    assert store.now() == clock()


@pytest.mark.parametrize("shift", AHEAD)
def test_it_is_reported_until_it_is_accepted_and_then_all_is_as_if_it_had_not_been(
    store: Store, owner: Session, make_user: MakeUser, clock: FakeClock,
    elsewhere: Elsewhere, shift: str,
) -> None:  # fmt: skip
    maria = make_user(login="maria", email="maria@acme.com.ua")
    with elsewhere(shift):
        users.set_password(session_of(store, users.show(owner, "olga")), maria.id, GIVEN)
        assert comes_in(store, "olga", PASSWORD)
        signin.forgot(store, "maria@acme.com.ua", HERE)
    for _action in range(3):
        act(store)
        clock.forward(minutes=1)
        assert upkeep.behind(store) > upkeep.TOLERATED
        with elsewhere(shift):
            assert upkeep.behind(store) > upkeep.TOLERATED, "the host that is ahead sees it too"
    upkeep.accept(operator_session(store))
    assert upkeep.behind(store) == timedelta()
    now = clock()
    with store.read():
        assert UserRow.get_by_id(owner.user).idle_from == now
        assert UserRow.get_by_id(maria.id).password_set_at == now
        reset = CodeRow.get(CodeRow.purpose == Purpose.RESET)
        assert (reset.created, reset.expires) == (now, now + timedelta(hours=1))
    clock.forward(hours=73)
    assert not comes_in(store, "maria", GIVEN), "a temporary password lasts for 72 hours"
    assert audit.verify(store) is None


def test_undo_finds_ones_own_last_change_whatever_the_clocks_of_others_say(
    store: Store, owner: Session, make_user: MakeUser, elsewhere: Elsewhere,
    clock: FakeClock,
) -> None:  # fmt: skip
    """Entries are ordered by when they were written, not by their times."""
    maria = make_user(login="maria")
    clock.forward(days=2)
    users.edit(owner, maria.id, {"phone": "+380671234567"})
    for shift in ("+1 y", "-1 d"):
        with elsewhere(shift):
            act(store)
    assert last(owner).newest.verb == "edit"
    clock.forward(hours=25)
    act(store)
    with store.read():
        assert list(audit.own_since(owner, store.now() - timedelta(hours=24))) == []


@pytest.mark.parametrize("year", [110, 1, 9999])
def test_a_clock_in_an_extreme_year_is_no_incident(
    store: Store, owner: Session, clock: FakeClock, year: int
) -> None:
    """Stored times have four digits of a year whatever the clock says, and read back."""
    clock.time = clock.time.replace(year=year)
    act(store)
    with store.read():
        assert len(store.sql("SELECT id FROM usher_account")) == 1
    assert store.now()
    moment = clock.time
    assert utc_moment(utc_text(moment)) == moment
