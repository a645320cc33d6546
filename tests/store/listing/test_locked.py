"""The lists of the locked and of those who soon will be: the policy itself is the judge."""

import random
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from store import locks, settings
from store.listing import count, gathered, load, page
from store.listing.bulk import people
from store.models import CodeRow, UserRow
from store.policy import lockout, passwords
from store.policy.lockout import Kind
from store.values import Count, Deadline, Filters, Locked, Status, View
from tests.conftest import NOON
from tests.store.listing.crowd import Crowd, One

NUMBER = 600
LIVING = {Status.PENDING, Status.ACTIVE}
DAY = timedelta(days=1)


@dataclass(frozen=True)
class State:
    """What is planted of one person, beside what the crowd knows."""

    admin: bool = False
    owner: bool = False
    attempts: int = 0
    attempted_days: float | None = None
    locked: bool = False
    rounds: int = 0
    idle_days: float | None = 1
    password_days: float | None = None
    temporary: bool = False
    invited_days: float | None = None


def plant(crowd: Crowd, states: dict[int, State]) -> None:
    """Write the states past all verbs."""
    for number, state in states.items():
        attempted = None if state.attempted_days is None else NOON - state.attempted_days * DAY
        changes: dict[str, object] = {
            "admin": state.admin,
            "owner": state.owner,
            "attempts": state.attempts,
            "attempted_at": attempted,
            "attempted_from": "203.0.113.9" if attempted else "",
            "locked_at": attempted if state.locked else None,
            "lock_rounds": state.rounds,
            "idle_from": None if state.idle_days is None else NOON - state.idle_days * DAY,
            "password_hash": None if state.password_days is None else "x",
            "password_set_at": (
                None if state.password_days is None else NOON - state.password_days * DAY
            ),
            "password_temporary": state.temporary,
            "confirmed_at": NOON,
        }
        UserRow.update(**changes).where(UserRow.id == number).execute()
        if state.invited_days is not None:
            CodeRow.create(
                user=number, purpose="invitation", nonce="n", digest=f"d{number}", created=NOON,
                expires=NOON + state.invited_days * DAY,
            )  # fmt: skip


def some_state(chance: random.Random) -> State:
    attempts = chance.choice((0, 0, 0, 1, 5, 6, 6))
    return State(
        admin=chance.random() < 0.1,
        attempts=attempts,
        attempted_days=chance.choice((0.001, 0.3, 2, 40)) if attempts else None,
        locked=attempts > 5 and chance.random() < 0.8,
        rounds=chance.choice((0, 0, 1, 9)),
        idle_days=chance.choice((None, 0.5, 79.9, 80, 80.1, 89.9, 90, 90.1, 200)),
        password_days=chance.choice((None, 3, 109, 110, 111, 119.9, 120, 121)),
        temporary=chance.random() < 0.2,
        invited_days=chance.choice((None, None, -1, 0, 1.9, 2, 6)),
    )


@pytest.fixture
def states(crowd: Crowd) -> dict[int, State]:
    """Six hundred people in every state, of whom one is the owner."""
    chance = random.Random(11)  # noqa: S311
    statuses = chance.choices(tuple(Status), (2, 8, 1, 1, 1), k=NUMBER)
    crowd.add(
        *(
            One(n, first=f"F{n % 9}", last=f"L{chance.randrange(99)}", status=status, role=n % 3)
            for n, status in enumerate(statuses, 1)
        )
    )
    found = {n: some_state(chance) for n in range(1, NUMBER + 1)}
    owner = next(n for n, one in crowd.people.items() if one.status is Status.ACTIVE)
    found[owner] = replace(found[owner], admin=True, owner=True, attempts=6, attempted_days=0.001)
    with crowd.store.read():
        plant(crowd, found)
    return found


def held_by(crowd: Crowd, number: int) -> set[str]:
    """The locks of one person, by the policy."""
    store = crowd.store
    held = locks.of(store, number, settings.load(store), store.now())
    return {str(lock.kind) for lock in held}


def soon_for(crowd: Crowd, number: int, state: State) -> set[str]:
    """What ends for one person within days, by the plainest reading."""
    found = set()
    spared = state.owner or (state.admin and not usable_admin(crowd))
    if not spared and state.idle_days is not None and 80 < state.idle_days <= 90:
        found.add("idle")
    if state.password_days is not None and not state.temporary and 110 < state.password_days <= 120:
        found.add("password")
    if state.invited_days is not None and 0 <= state.invited_days < 2:
        found.add("invitation")
    return found


def usable_admin(crowd: Crowd) -> bool:
    with crowd.store.read():
        return locks.another_admin(crowd.store, 0, settings.load(crowd.store), NOON)


def expected(crowd: Crowd, states: dict[int, State], filters: Filters) -> list[int]:
    plain = crowd.expected(replace(filters, lock="", view=""))
    living = [number for number in plain if crowd.people[number].status in LIVING]
    if filters.view == View.SOON:
        return [number for number in living if soon_for(crowd, number, states[number])]
    kinds = {Locked.ANY: set(map(str, Kind))}.get(Locked(filters.lock), {filters.lock})
    return [number for number in living if held_by(crowd, number) & kinds]


NARROWED = [
    Filters(lock=Locked.ANY),
    Filters(lock=Locked.PASSWORDS),
    Filters(lock=Locked.IDLE),
    Filters(lock=Locked.IDLE, statuses=(Status.PENDING, Status.BLOCKED)),
    Filters("f3", lock=Locked.ANY),
    Filters("l1", role="salesperson", lock=Locked.PASSWORDS),
    Filters(view=View.SOON),
    Filters("f1", view=View.SOON, statuses=(Status.ACTIVE,)),
]


@pytest.mark.parametrize("admins", ["some are usable", "none is"])
@pytest.mark.parametrize("thresholds", [(5_000, 20_000), (3, 20_000), (3, 5)], ids=str)
def test_the_lists_show_whom_the_policy_locks(
    crowd: Crowd,
    states: dict[int, State],
    monkeypatch: pytest.MonkeyPatch,
    admins: str,
    thresholds: tuple[int, int],
) -> None:
    """DESIGN 3.3: also the owner and the last usable admin, whose locks are timed."""
    monkeypatch.setattr(gathered, "FEW", thresholds[0])
    monkeypatch.setattr(gathered, "CROWDED", thresholds[1])
    with crowd.store.read():
        if admins == "none is":
            UserRow.update(confirmed_at=None).where(UserRow.admin).execute()
        assert usable_admin(crowd) is (admins == "some are usable")
        for filters in NARROWED:
            wanted = expected(crowd, states, filters)
            assert wanted, filters
            seen, place = [], None
            while True:
                found = page(crowd.session, filters, after=place, limit=7)
                seen += [row.id for row in found.rows]
                place = found.last
                if not found.after:
                    break
            assert seen == wanted, filters
            last = page(crowd.session, filters, end=True, limit=11)
            assert [row.id for row in last.rows] == wanted[-11:]
            assert last.before == (len(wanted) > 11)
            assert count(crowd.session, filters, None) == Count(len(wanted))
            assert count(crowd.session, filters, 4).number == min(len(wanted), 4)
            exported = [row[0] for rows in people(crowd.session, filters, ["id"]) for row in rows]
            assert list(map(int, exported)) == wanted


def test_a_row_of_any_list_says_which_locks_hold(crowd: Crowd, states: dict[int, State]) -> None:
    with crowd.store.read():
        found = page(crowd.session, limit=NUMBER).rows
        users = {user.id: user for user in load(crowd.store, list(states))}
        assert len(found) > NUMBER / 2
        for row in found:
            living = crowd.people[row.id].status in LIVING
            assert set(row.locks) == (held_by(crowd, row.id) if living else set())
            assert set(users[row.id].locks) == held_by(crowd, row.id)
        assert any(lock.until for row in found for lock in row.held)
        locked = next(row for row in found if "passwords" in row.locks)
        held = locked.held[0]
        assert held.since == NOON - (states[locked.id].attempted_days or 0) * DAY
        assert (held.attempts, held.source) == (states[locked.id].attempts, "203.0.113.9")


def test_a_row_of_those_who_soon_are_locked_out_says_what_ends_when(
    crowd: Crowd, states: dict[int, State]
) -> None:
    with crowd.store.read():
        for row in page(crowd.session, Filters(view=View.SOON), limit=NUMBER).rows:
            assert {end.what for end in row.ends} == soon_for(crowd, row.id, states[row.id])
            assert list(row.ends) == sorted(row.ends, key=lambda end: end.at)
        crowd.add(One(9001))
        plant(crowd, {9001: State(idle_days=85, password_days=112, invited_days=1)})
        (row,) = page(crowd.session, Filters("9001", view=View.SOON)).rows
    assert row.ends == (
        Deadline("invitation", NOON + DAY),
        Deadline("idle", NOON + 5 * DAY),
        Deadline("password", NOON + 8 * DAY),
    )


def test_where_nobody_is_locked_for_being_idle_the_list_is_empty(crowd: Crowd) -> None:
    crowd.add(One(1))
    with crowd.store.read():
        plant(crowd, {1: State(idle_days=4000)})
        assert [row.id for row in page(crowd.session, Filters(lock=Locked.IDLE)).rows] == [1]
        crowd.store.sql("INSERT INTO usher_setting (key, value) VALUES ('lockout.idle_days', '0')")
        assert page(crowd.session, Filters(lock=Locked.IDLE)).rows == ()
        assert page(crowd.session).rows[0].locks == ()
        assert count(crowd.session, Filters(lock="nonsense")) == Count(0)


def test_a_short_limit_warns_in_its_second_half(crowd: Crowd) -> None:
    crowd.add(One(1), One(2))
    with crowd.store.read():
        crowd.store.sql("INSERT INTO usher_setting (key, value) VALUES ('lockout.idle_days', '8')")
        plant(crowd, {1: State(idle_days=3), 2: State(idle_days=5)})
        assert [row.id for row in page(crowd.session, Filters(view=View.SOON)).rows] == [2]


def test_the_judge_agrees_with_the_policy_on_passwords() -> None:
    """`soon_for` speaks of 120 days; so does the policy."""
    facts = passwords.Facts(stored=True, set_at=NOON)
    assert passwords.expires(facts, settings.Settings()) == NOON + 120 * DAY
    assert lockout.idle_limit(settings.Settings()) == 90 * DAY
