"""What is due every day: letters before passwords expire, and old rows (S0, CHECKLIST A10)."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context

import pytest

from store import audit, codes, settings, signin
from store.codes import Purpose
from store.database import Store
from store.errors import SignInRefused
from store.models import CodeRow, LetterRow, SessionRow, ThrottleRow, UserRow
from store.opening import open_store
from store.session import Session
from store.upkeep import maintain as upkeep
from store.upkeep.maintain import maintain
from store.values import Door, Origin, Status, User
from tests.conftest import PASSWORD, CheapHasher, FakeClock

MakeUser = Callable[..., User]

NOTHING = dict.fromkeys(("reminded", "codes", "sessions", "sources", "letters", "erased"), 0)


def reminded(store: Store) -> list[str]:
    with store.read():
        rows = LetterRow.select().where(LetterRow.kind == "password_expires").order_by(LetterRow.id)
        return [row.address for row in rows]


@pytest.mark.parametrize(
    ("ahead", "due"),
    [
        (timedelta(days=14, seconds=1), False),
        (timedelta(days=14), True),
        (timedelta(days=1), True),
        (timedelta(seconds=1), True),
        (timedelta(seconds=-1), False),
    ],
)
def test_a_letter_comes_from_fourteen_days_ahead_until_it_expires(
    store: Store, clock: FakeClock, owner: Session, ahead: timedelta, due: bool
) -> None:
    """S0, CHECKLIST A10: to the second."""
    clock.time += timedelta(days=120) - ahead
    assert maintain(store).reminded == due
    assert reminded(store) == ["olga@acme.com.ua"] * due


def test_there_are_three_of_them_each_once(store: Store, clock: FakeClock, owner: Session) -> None:
    """14, 7 and 1 days ahead, though it is run four times a day."""
    clock.forward(days=104)
    days = []
    for quarter in range(4 * 17):
        if maintain(store).reminded:
            days.append(16 - quarter / 4)
        clock.forward(hours=6)
    assert days == [14, 7, 1]


def test_of_those_that_were_missed_the_nearest_comes(
    store: Store, clock: FakeClock, owner: Session
) -> None:
    clock.forward(days=117)
    assert maintain(store).reminded == 1
    assert maintain(store).reminded == 0
    (entry, *_older) = audit.history(owner, owner.user)
    assert (entry.verb, dict(entry.changes)) == ("remind_password", {"days": (None, 7)})
    clock.forward(days=2)
    assert maintain(store).reminded == 1


def test_a_new_password_is_reminded_of_by_itself(
    store: Store, clock: FakeClock, owner: Session
) -> None:
    clock.forward(days=119)
    maintain(store)
    signin.change_password(owner, PASSWORD, "a lantern over the harbour")
    assert maintain(store).reminded == 0
    clock.forward(days=106)
    assert maintain(store).reminded == 1


def test_who_has_no_address_is_not_active_or_has_a_temporary_one_hears_nothing(
    store: Store, clock: FakeClock, owner: Session, make_user: MakeUser
) -> None:
    people = {name: make_user("handed over in person", login=name) for name in (
        "active", "silent", "blocked", "inactive", "simulator", "pending")}  # fmt: skip
    make_user("handed over in person", login="temporary")
    with store.write(owner):
        for name, user in people.items():
            status = name if name in set(Status) else Status.ACTIVE
            email = "" if name == "silent" else f"{name}@acme.ua"
            UserRow.update(
                status=status, email=email, password_temporary=False,
                simulator_only=name == "simulator",
            ).where(UserRow.id == user.id).execute()  # fmt: skip
    clock.forward(days=110)
    maintain(store)
    assert set(reminded(store)) == {"olga@acme.com.ua", "active@acme.ua", "simulator@acme.ua"}


def test_nothing_is_said_where_passwords_do_not_expire(
    store: Store, clock: FakeClock, owner: Session
) -> None:
    settings.change(owner, "password.max_age_days", "0")
    clock.forward(days=119)
    assert maintain(store).reminded == 0


def test_the_days_are_a_setting(store: Store, clock: FakeClock, owner: Session) -> None:
    settings.change(owner, "password.remind_days", "30 3")
    settings.change(owner, "password.max_age_days", "60")
    clock.forward(days=30)
    assert maintain(store).reminded == 1
    clock.forward(days=20)
    assert maintain(store).reminded == 0
    clock.forward(days=7)
    assert maintain(store).reminded == 1


def test_more_than_a_batch(
    store: Store,
    clock: FakeClock,
    owner: Session,
    make_user: MakeUser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(upkeep, "BATCH", 3)
    for number in range(7):
        make_user("handed over in person", login=f"user{number}")
    with store.write(owner):
        UserRow.update(status=Status.ACTIVE, password_temporary=False).execute()
    clock.forward(days=119)
    assert maintain(store).reminded == 8
    assert len(set(reminded(store))) == 8


def test_what_has_been_over_for_ninety_days_goes(
    store: Store, clock: FakeClock, owner: Session, make_user: MakeUser
) -> None:
    """Codes and sessions that ended, codes that expired, counts of sources."""
    user = make_user()
    with store.write(owner) as unit:
        codes.mint(unit, user.id, Purpose.RESET, timedelta(minutes=60))
        codes.revoke(unit, user.id, Purpose.RESET)
    source = Origin("root", "203.0.113.9")
    session = signin.sign_in(store, "olga", PASSWORD, Door.USHER, source).session
    signin.sign_out(session)
    still_open = signin.sign_in(store, "olga", PASSWORD, Door.USHER, source).session
    with pytest.raises(SignInRefused):
        signin.sign_in(store, "olga", "wrong", Door.USHER, source)
    clock.forward(days=1)
    assert maintain(store).as_json() == {
        "reminded": 0,
        "codes": 0,
        "sessions": 0,
        "sources": 0,
        "letters": 0,
        "handed": 0,
        "erased": 0,
        "damage": None,
    }
    clock.forward(days=89)
    assert maintain(store).as_json() == {
        "reminded": 0,
        "codes": 0,
        "sessions": 0,
        "sources": 1,
        "letters": 0,
        "handed": 0,
        "erased": 0,
        "damage": None,
    }
    clock.forward(seconds=1)
    assert maintain(store).as_json() == {
        "reminded": 0,
        "codes": 1,
        "sessions": 1,
        "sources": 0,
        "letters": 0,
        "handed": 0,
        "erased": 0,
        "damage": None,
    }
    clock.forward(days=7)
    assert maintain(store).as_json() == {
        "reminded": 0,
        "codes": 1,
        "sessions": 0,
        "sources": 0,
        "letters": 0,
        "handed": 0,
        "erased": 0,
        "damage": None,
    }
    with store.read():
        assert [row.id for row in SessionRow.select()] == [still_open.row]
        assert CodeRow.select().count() == ThrottleRow.select().count() == 0
        assert LetterRow.select().where(LetterRow.kind == "invitation").count() == 1
    assert maintain(store).as_json() == {
        "reminded": 0,
        "codes": 0,
        "sessions": 0,
        "sources": 0,
        "letters": 0,
        "handed": 0,
        "erased": 0,
        "damage": None,
    }


def test_doing_nothing_writes_nothing(store: Store, owner: Session) -> None:
    before = audit.count(owner)
    maintain(store)
    assert audit.count(owner) == before


def in_a_process(url: str, ahead: float) -> int:
    clock = FakeClock()
    clock.forward(days=ahead)
    store = open_store(url, clock=clock, hasher=CheapHasher())
    sent = maintain(store).reminded
    store.close()
    return sent


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_eight_at_once_send_each_letter_once(
    store: Store, url: str, clock: FakeClock, owner: Session, make_user: MakeUser
) -> None:
    """Two hosts, two timers: nobody is told twice."""
    for number in range(40):
        make_user("handed over in person", login=f"user{number}")
    with store.write(owner):
        UserRow.update(status=Status.ACTIVE, password_temporary=False).execute()
    with ProcessPoolExecutor(8, mp_context=get_context("spawn")) as pool:
        sent = [pool.submit(in_a_process, url, 119) for _process in range(8)]
        assert sum(one.result(timeout=120) for one in sent) == 41
    assert len(reminded(store)) == len(set(reminded(store))) == 41
