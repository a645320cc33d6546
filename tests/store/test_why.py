"""Why somebody can or cannot sign in never disagrees with the sign-in itself (DESIGN 3.2)."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from store import audit, signin
from store.database import Store
from store.errors import NotFound, SignInRefused
from store.models import SessionRow, UserRow
from store.policy import lockout, passwords
from store.session import Session
from store.settings import Settings
from store.signin import facts
from store.signin.gates import Attempt, Facts, gates, may_come_in, would_come_in
from store.values import Door, Origin, Status, User
from tests.conftest import NOON, PASSWORD, FakeClock, session_of

GATES = [
    "known", "password", "status", "passwords_lock", "idle_lock", "confirmed", "door",
    "password_current",
]  # fmt: skip
DAY = timedelta(days=1)

moments = st.one_of(
    st.none(),
    st.sampled_from([0, 1, 71, 72, 73]).map(lambda hours: NOON - timedelta(hours=hours)),
    st.floats(-1, 400).map(lambda days: NOON - days * DAY),
)
FACTS = st.builds(
    Facts,
    known=st.sampled_from([True, True, True, False]),
    id=st.just(7),
    status=st.sampled_from(Status),
    status_since=moments,
    created=moments,
    confirmed_at=moments,
    password=st.builds(
        passwords.Facts, stored=st.booleans(), set_at=moments, temporary=st.booleans()
    ),
    locks=st.builds(
        lockout.Facts,
        attempts=st.integers(0, 9),
        attempted_at=moments,
        attempted_from=st.just("203.0.113.9"),
        locked_at=moments,
        rounds=st.integers(0, 12),
        idle_from=moments,
        spared=st.booleans(),
    ),
    simulator_only=st.booleans(),
    simulator=st.booleans(),
)
SETTINGS = st.builds(
    Settings,
    lockout_attempts=st.integers(1, 20),
    lockout_idle_days=st.sampled_from([0, 1, 90]),
    password_max_age_days=st.sampled_from([0, 1, 120]),
    password_temporary_hours=st.sampled_from([1, 72]),
    ssh_key_is_enough=st.booleans(),
)


@runs(max_examples=1000, deadline=None)
@given(FACTS, st.sampled_from(Door), SETTINGS)
def test_who_is_said_to_come_in_comes_in_with_the_right_password(
    known: Facts, door: Door, current: Settings
) -> None:
    """A thousand states: the gates unasked and the gates of the right password say the same."""
    unasked = gates(known, Attempt(door, NOON), current)
    right = gates(known, Attempt(door, NOON, password_right=True), current)
    wrong = gates(known, Attempt(door, NOON, password_right=False), current)
    assert [gate.gate for gate in unasked] == GATES
    state = passwords.state(known.password, current, NOON)
    usable = state not in {passwords.State.NONE, passwords.State.TEMPORARY_OVER}
    assert would_come_in(unasked) == may_come_in(right)
    assert not may_come_in(wrong)
    assert (unasked[1].passed is None) == usable
    for one, other in zip(unasked, right, strict=True):
        assert (one.gate, one.since, one.until) == (other.gate, other.since, other.until)
        assert one.passed == other.passed or (one.gate == "password" and usable)
        if one.passed is False and known.known and one.opens:
            assert one.opens.startswith(("usher users ", "usher access "))


@dataclass(frozen=True)
class State:
    """A state as it is planted in the database."""

    status: Status
    confirmed: bool
    password: str
    locks: str
    door: Door
    simulator_only: bool
    standing: str


PLANTED: dict[str, dict[str, object]] = {
    "none": {"password_hash": None, "password_set_at": None, "password_temporary": False},
    "own": {"password_set_at": NOON - DAY, "password_temporary": False},
    "expired": {"password_set_at": NOON - 121 * DAY, "password_temporary": False},
    "temporary": {"password_set_at": NOON - DAY, "password_temporary": True},
    "temporary over": {"password_set_at": NOON - 3.1 * DAY, "password_temporary": True},
}
LOCKS: dict[str, dict[str, object]] = {
    "none": {},
    "some": {"attempts": 5, "attempted_at": NOON - DAY},
    "passwords": {"attempts": 6, "attempted_at": NOON - DAY, "locked_at": NOON - DAY},
    "just now": {"attempts": 6, "attempted_at": NOON, "locked_at": NOON},
    "unwritten": {"attempts": 6, "attempted_at": NOON},
    "idle": {"idle_from": NOON - 91 * DAY},
}


def some_states(number: int) -> list[State]:
    """So many, each gate of which is more often open than shut."""
    chance = random.Random(5)  # noqa: S311
    found: list[State] = []
    while len(found) < number:
        standing = chance.choice(("standard", "simulator", "admin", "last admin", "owner"))
        statuses = (Status.PENDING, *(Status.ACTIVE,) * 4, Status.BLOCKED, Status.INACTIVE)
        found.append(
            State(
                Status.ACTIVE if standing == "owner" else chance.choice(statuses),
                chance.random() < 0.8,
                chance.choice((*PLANTED, "own", "own", "own")),
                chance.choice((*LOCKS, "none", "none", "some")),
                chance.choice(tuple(Door)),
                chance.random() < 0.2,
                standing,
            )
        )
    return found


def test_in_hundreds_of_states_the_answer_is_what_a_sign_in_does(
    store: Store, owner: Session, make_user: Callable[..., User]
) -> None:
    """Planted with SQL, asked, then tried with the right password."""
    for login, admin in (("maria", False), ("ada", True), ("ben", True)):
        make_user("a password from an admin", login=login, admin=admin)
    make_user("a password from an admin", login="sim", role="Simulator")
    with store.read():
        whole = {
            row.login: {name: getattr(row, name) for name in row.__data__ if name != "id"}
            for row in UserRow.select()
        }
    disagreed, entered = [], 0
    people = {
        "standard": "maria", "simulator": "sim", "admin": "ada", "last admin": "ada",
        "owner": "olga",
    }  # fmt: skip
    for state in some_states(300):
        login = people[state.standing]
        with store.write(owner):
            for name, columns in whole.items():
                UserRow.update(**columns).where(UserRow.login == name).execute()
            other = {"confirmed_at": None if state.standing == "last admin" else NOON}
            UserRow.update(status=Status.ACTIVE, **other).where(UserRow.login == "ben").execute()
            UserRow.update(
                status=state.status,
                confirmed_at=NOON if state.confirmed else None,
                simulator_only=state.simulator_only,
                **(PLANTED[state.password] | LOCKS[state.locks]),
            ).where(UserRow.login == login).execute()
            SessionRow.delete().execute()
        found = signin.why(owner, login, state.door)
        password = PASSWORD if login == "olga" else "a password from an admin"
        try:
            came_in = signin.sign_in(store, login, password, state.door, Origin("root"))
        except SignInRefused:
            happened: tuple[bool, bool | None] = (False, None)
        else:
            happened = (True, came_in.must_change_password)
            entered += 1
        said = (found.can_sign_in, found.must_change_password if found.can_sign_in else None)
        if said != happened:
            disagreed.append((state, said, happened))
    assert disagreed == []
    assert 60 < entered < 240


def test_it_names_who_did_it_and_the_command_that_opens_the_first_gate(
    store: Store, owner: Session, make_user: Callable[..., User], clock: FakeClock
) -> None:
    user = make_user("a password from an admin", login="maria")
    clock.forward(hours=1)
    with store.write(owner) as unit:
        UserRow.update(status=Status.BLOCKED, status_since=unit.now).where(
            UserRow.id == user.id
        ).execute()
        unit.record("block", user.id)
    found = signin.why(owner, "maria")
    assert found.deeds["status"] == ("block", "olga")
    assert found.deeds["known"][1] == "olga"
    assert found.shut
    assert (found.shut.gate, found.shut.opens) == ("status", f"usher users unblock {user.id}")
    assert not found.can_sign_in


def test_it_has_the_settled_shape(owner: Session) -> None:
    """DESIGN 5."""
    shape = signin.why(owner, "olga", Door.USHER).as_json()
    assert list(shape) == ["user", "door", "can_sign_in", "must_change_password", "gates"]
    assert [gate["gate"] for gate in shape["gates"]] == GATES
    assert all(list(gate) == ["gate", "passed", "since", "opens"] for gate in shape["gates"])
    assert shape["gates"][1]["passed"] is None
    assert (shape["can_sign_in"], shape["must_change_password"]) == (True, False)


def test_who_may_not_see_somebody_is_told_that_there_is_nobody(
    store: Store, owner: Session, make_user: Callable[..., User]
) -> None:
    """ASVS 8.2.2: also by whether an answer is given."""
    maria, other = make_user(login="maria"), make_user(login="other")
    session = session_of(store, maria)
    with pytest.raises(NotFound) as hidden:
        signin.why(session, other.id)
    with pytest.raises(NotFound) as missing:
        signin.why(session, 4711)
    assert str(hidden.value).replace(str(other.id), "N") == str(missing.value).replace("4711", "N")
    assert signin.why(session, maria.id).user.id == maria.id


def test_asking_changes_nothing(store: Store, owner: Session) -> None:
    before = audit.count(owner)
    signin.why(owner, "olga")
    assert audit.count(owner) == before
    assert facts.of(store, owner.user).locks.attempts == 0
