"""What a platform reads in the same database is what Usher itself says (DESIGN 6)."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from store import settings
from store.database import Store
from store.fields import utc_moment
from store.listing.people import load
from store.models import UserRow
from store.policy import lockout
from store.session import Session
from store.signin import facts
from store.signin.gates import must_change_password
from store.values import Door, Status
from tests.conftest import FakeClock

PEOPLE = 300
EDGE = timedelta(minutes=1)
"""The views go by the database's clock: nobody is planted nearer to a limit than this."""

SETTINGS: tuple[dict[str, str], ...] = (
    {},
    {"lockout.idle_days": "0", "password.max_age_days": "0"},
    {"lockout.attempts": "2", "lockout.idle_days": "30", "lockout.timed_minutes": "40",
     "lockout.timed_most_hours": "2", "password.max_age_days": "10"},
)  # fmt: skip


@pytest.fixture
def clock() -> FakeClock:
    """The time of day: the views have no other."""
    clock = FakeClock()
    clock.time = datetime.now(UTC)
    return clock


def moments(now: datetime, *limits: timedelta) -> Iterator[datetime | None]:
    """Never, just now, long ago, and on either side of each limit."""
    yield from (None, now - EDGE, now - timedelta(days=400))
    for limit in limits:
        yield from (now - limit + EDGE, now - limit - EDGE)


def plant(store: Store, seed: int, admins: int) -> None:
    """People in every state, most of them in several at once; a few of them admins."""
    chance, now, current = random.Random(seed), store.now(), settings.load(store)  # noqa: S311
    timed = [lockout.timed(rounds, current) for rounds in range(12)]
    locked = list(moments(now, *timed))
    idle = list(moments(now, timedelta(days=current.lockout_idle_days)))
    age = list(moments(now, timedelta(days=current.password_max_age_days), timedelta(hours=72)))
    rows: list[dict[str, Any]] = []
    for number in range(PEOPLE):
        attempts = chance.choice((0, 1, 2, 3, 5, 6, 7))
        rows.append(
            {
                "login": f"person{number}",
                "first_name": "Ana",
                "last_name": f"Silva {number}",
                "email": chance.choice(("", f"person{number}@acme.com.ua")),
                "status": chance.choice(list(Status)),
                "status_since": now - timedelta(days=3),
                "confirmed_at": chance.choice((None, now - timedelta(days=2))),
                "password_hash": chance.choice((None, "x", "x", "x")),
                "password_set_at": chance.choice(age),
                "password_temporary": chance.random() < 0.3,
                "simulator_only": chance.random() < 0.2,
                "last_seen": chance.choice((None, now - timedelta(days=5))),
                "created": now - timedelta(days=500),
                "attempts": attempts,
                "attempted_at": chance.choice(locked) if attempts else None,
                "locked_at": chance.choice((None, chance.choice(locked))),
                "lock_rounds": chance.choice((0, 0, 1, 2, 5, 9, 11)),
                "idle_from": chance.choice(idle),
                "admin": number < admins,
            }
        )
    for row in rows:
        row |= {"last_key": row["last_name"], "first_key": "ana", "search_key": row["login"]}
    UserRow.insert_many(rows).execute()


def change(store: Store, changed: dict[str, str]) -> None:
    store.sql("DELETE FROM usher_setting")
    for key, value in changed.items():
        store.sql("INSERT INTO usher_setting (key, value) VALUES (?, ?)", key, value)


def as_usher_says(store: Store, number: int) -> tuple[Any, ...]:
    known, current, now = facts.of(store, number), settings.load(store), store.now()
    held = {lock.kind for lock in lockout.locks(known.locks, current, now)}
    changes = must_change_password(facts.gates_of(store, number, Door.PLATFORM))
    return (
        known.status,
        known.confirmed_at is not None,
        "passwords" in held,
        "idle" in held,
        changes,
    )


@pytest.mark.parametrize("changed", SETTINGS, ids=["defaults", "never", "other limits"])
@pytest.mark.parametrize("admins", [0, 1, 2, 12])
def test_the_status_of_everybody_is_what_usher_says(
    store: Store, owner: Session, changed: dict[str, str], admins: int
) -> None:
    """The owner and the last usable admin are spared exactly as at the sign-in (DESIGN 3.3)."""
    with store.write(owner):
        change(store, changed)
        plant(store, admins, admins)
    seen = set()
    with store.read():
        rows = store.sql(
            "SELECT id, status, confirmed, locked_passwords, locked_idle,"
            " must_change_password FROM user_status ORDER BY id"
        )
        assert len(rows) == PEOPLE + 1
        for number, status, *flags in rows:
            assert all(type(flag) is (bool if store.postgres else int) for flag in flags)
            told = (Status(status), *map(bool, flags))
            assert told == as_usher_says(store, number), number
            seen.add(told)
    assert len(seen) > 20, "hardly any of the states was planted"


@pytest.mark.parametrize("rounds", range(12))
def test_the_owners_timed_lock_ends_in_the_view_as_at_the_door(
    store: Store, owner: Session, rounds: int
) -> None:
    limit = lockout.timed(rounds, settings.load(store))
    for at, locked in ((store.now() - limit + EDGE, True), (store.now() - limit - EDGE, False)):
        with store.write(owner):
            UserRow.update(attempts=6, locked_at=at, lock_rounds=rounds).execute()
        with store.read():
            ((told,),) = store.sql("SELECT locked_passwords FROM user_status")
        assert bool(told) is locked is ("passwords" in load(store, [owner.user or 0])[0].locks)


def test_nothing_unlocks_because_the_databases_clock_is_behind(
    store: Store, owner: Session, clock: FakeClock
) -> None:
    """DESIGN 3.3: never earlier than the newest entry, unless it is over a day ahead."""
    with store.write(owner):
        away = store.now() - timedelta(days=89, hours=12)
        UserRow.update(admin=False, owner=False, idle_from=away).execute()
    clock.forward(hours=23)
    with store.write(owner) as unit:
        unit.record("probe")
    with store.read():
        assert store.sql("SELECT locked_idle FROM user_status") in ([(1,)], [(True,)])


def test_a_clock_that_is_a_year_ahead_locks_nobody_in_the_view(
    store: Store, owner: Session, clock: FakeClock
) -> None:
    with store.write(owner):
        UserRow.update(admin=False, owner=False, idle_from=store.now()).execute()
    clock.forward(days=365)
    with store.write(owner) as unit:
        unit.record("probe")
    with store.read():
        assert store.sql("SELECT locked_idle FROM user_status") in ([(0,)], [(False,)])


def test_only_who_is_active_is_offered_as_an_owner_of_anything(
    store: Store, owner: Session
) -> None:
    """S2: users who are not active can never be chosen."""
    with store.write(owner):
        plant(store, 7, 3)
    with store.read():
        rows = store.sql(
            "SELECT id, login, first_name, last_name, email, phone, language, role, admin, owner,"
            " simulator_only FROM assignable_users ORDER BY id"
        )
        people = load(store, [number for (number,) in store.sql("SELECT id FROM usher_user")])
    wanted = [
        (
            one.id, one.login, one.first_name, one.last_name, one.email or None, None, None,
            one.role or None, one.admin, one.owner, one.simulator_only,
        )
        for one in sorted(people, key=lambda one: one.id)
        if one.status is Status.ACTIVE
    ]  # fmt: skip
    assert 20 < len(rows) < PEOPLE
    assert [(*row[:8], *map(bool, row[8:])) for row in rows] == wanted


def test_the_times_of_the_view_are_those_of_the_tables(store: Store, owner: Session) -> None:
    with store.read():
        ((since, seen),) = store.sql("SELECT status_since, last_seen FROM user_status")
        (row,) = UserRow.select()
    assert utc_moment(since) == row.status_since
    assert utc_moment(seen) == row.last_seen
