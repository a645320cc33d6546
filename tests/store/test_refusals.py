"""Whoever is not let in: one answer, one verification, one count over all ways in."""

import random
import statistics
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest

from store import audit, signin, teams, users
from store.database import Store
from store.errors import Invalid, SessionEnded, SignInRefused, UsherError
from store.models import SessionRow, UserRow
from store.session import Session
from store.signin.hashing import Argon2
from store.values import Door, Origin, User, Why
from tests import refused
from tests.conftest import PASSWORD, CheapHasher, FakeClock

TEMPORARY = "nine wet umbrellas"
OWN = "a lantern over the harbour"
HOME, CAFE = Origin("root", "203.0.113.9"), Origin("root", "198.51.100.7")
NOWHERE = Origin("root")

Make = Callable[..., User]


def enter(
    store: Store, login: str, password: str, source: Origin = NOWHERE, door: Door = Door.PLATFORM
) -> Session:
    return signin.sign_in(store, login, password, door, source).session


WRONG = "a wrong one"


def refuse(
    store: Store,
    login: str,
    password: str = WRONG,
    source: Origin = NOWHERE,
    door: Door = Door.PLATFORM,
) -> str:
    """The answer to a sign-in that is refused."""
    with pytest.raises(SignInRefused) as error:
        enter(store, login, password, source, door)
    return f"{error.value.as_json()} {error.value.exit_code}"


@pytest.fixture
def ana(make_user: Make) -> User:
    return make_user(TEMPORARY, login="ana", email="Ana.Silva@acme.com.ua")


def attempts_of(store: Store, user: User) -> int:
    with store.read():
        return int(UserRow.get_by_id(user.id).attempts)


# One answer (CHECKLIST C24, C25)


@pytest.mark.parametrize("door", list(Door))
def test_every_reason_has_one_answer_and_one_verification(
    store: Store, owner: Session, hasher: CheapHasher, door: Door
) -> None:
    teams.create(owner, "North")
    refused.plant(owner)
    answers = set()
    tries = refused.tries(store.now())
    if door is not Door.USHER:
        tries.append((refused.SIMULATOR if door is Door.PLATFORM else "mistype", refused.RIGHT))
    for login, password in tries:
        before = hasher.verifications
        answers.add(refuse(store, login, password, HOME, door))
        assert hasher.verifications == before + 1, login
    assert len(answers) == 1


# One count (CHECKLIST B13-B18)


def test_all_spellings_of_one_person_share_the_count(
    store: Store, owner: Session, ana: User
) -> None:
    """CHECKLIST B17: case, width, login or e-mail."""
    spellings = ["ana", "ANA", "ａｎａ", "ana.silva@acme.com.ua", "ANA.Silva@ACME.com.ua", " Ana "]
    for number, spelling in enumerate(spellings[:5], 1):
        refuse(store, spelling)
        assert attempts_of(store, ana) == number
    refuse(store, spellings[5])
    assert users.show(owner, "ana").locks == ("passwords",)
    refuse(store, "ana", TEMPORARY)


def test_the_right_one_in_between_begins_the_count_anew(
    store: Store, owner: Session, ana: User
) -> None:
    """CHECKLIST B16: five wrong, one right, five wrong."""
    for _round in range(2):
        for _attempt in range(5):
            refuse(store, "ana")
        enter(store, "ana", TEMPORARY)
    assert attempts_of(store, ana) == 0


def test_attempts_while_locked_neither_count_nor_extend(
    store: Store, owner: Session, clock: FakeClock, ana: User
) -> None:
    """CHECKLIST B15."""
    for _attempt in range(6):
        refuse(store, "ana")
    with store.read():
        locked_at = UserRow.get_by_id(ana.id).locked_at
    for _attempt in range(100):
        clock.forward(seconds=1)
        refuse(store, "ana", TEMPORARY if _attempt % 2 else WRONG)
    with store.read():
        row = UserRow.get_by_id(ana.id)
    assert (row.attempts, row.locked_at) == (6, locked_at)
    entries = [entry.verb for entry in audit.history(owner, ana.id, 100)]
    assert (entries.count("lock"), entries.count("wrong_password")) == (1, 5)


Way = Callable[[Store, Session], None]


def by_sign_in(store: Store, session: Session) -> None:
    with pytest.raises(SignInRefused):
        enter(store, "ana", "wrong", door=Door.SIMULATOR)
    raise SignInRefused


def by_screen(store: Store, session: Session) -> None:
    enter(store, "ana", "wrong", door=Door.USHER)


def by_proof(store: Store, session: Session) -> None:
    signin.prove(session, "wrong")


def by_change(store: Store, session: Session) -> None:
    signin.change_password(session, "wrong", OWN)


WAYS: dict[str, Way] = {
    "the platform": by_sign_in,
    "screens and --as": by_screen,
    "a locked screen, a dangerous verb": by_proof,
    "one's own password": by_change,
}


@pytest.mark.parametrize("sixth", WAYS)
def test_every_way_in_counts_and_the_sixth_locks_by_whichever(
    store: Store, owner: Session, ana: User, sixth: str
) -> None:
    """CHECKLIST B18; where somebody sits who gave the sixth, their session ends."""
    session = enter(store, "ana", TEMPORARY, HOME, Door.USHER)
    elsewhere = enter(store, "ana", TEMPORARY, CAFE, Door.USHER)
    others = [way for name, way in WAYS.items() if name != sixth]
    for way in (*others, *others)[:5]:
        with pytest.raises((SignInRefused, Invalid)):
            way(store, session)
    assert users.show(owner, "ana").locks == ()
    with pytest.raises(UsherError) as last:
        WAYS[sixth](store, session)
    assert users.show(owner, "ana").locks == ("passwords",)
    if sixth in {"a locked screen, a dangerous verb", "one's own password"}:
        assert isinstance(last.value, SessionEnded)
        with store.read():
            assert SessionRow.get_by_id(session.row).why == Why.LOCKED
        with pytest.raises(SessionEnded, match="Too many wrong passwords"):
            users.show(session, "ana")
    users.show(elsewhere, "ana")


# By source (CHECKLIST B19)


def settle(store: Store, owner: Session, **values: int) -> None:
    with store.write(owner):
        for key, value in values.items():
            store.sql(
                "INSERT INTO usher_setting (key, value) VALUES (?, ?)",
                f"lockout.{key}",
                str(value),
            )


def test_a_source_is_refused_from_the_hundredth_failure_on_for_fifteen_minutes(
    store: Store, owner: Session, clock: FakeClock, ana: User
) -> None:
    settle(store, owner, source_attempts=10)
    for number in range(9):
        refuse(store, f"nobody{number}", source=HOME)
    signin.sign_out(enter(store, "ana", TEMPORARY, HOME))
    refuse(store, "nobody", source=HOME)
    refuse(store, "ana", TEMPORARY, HOME)
    signin.sign_out(enter(store, "ana", TEMPORARY, CAFE))
    signin.sign_out(enter(store, "ana", TEMPORARY, NOWHERE))
    clock.forward(minutes=15)
    refuse(store, "ana", TEMPORARY, HOME)
    clock.forward(seconds=1)
    enter(store, "ana", TEMPORARY, HOME)
    assert [one.verb for one in audit.history(owner, None, 50)].count("refuse_source") == 1


def test_whoever_knocks_on_is_not_kept_out_for_longer(
    store: Store, owner: Session, clock: FakeClock, ana: User
) -> None:
    """A person behind the same address as a machine that never stops gets in now and then."""
    settle(store, owner, source_attempts=10)
    for _attempt in range(10):
        refuse(store, "nobody", source=HOME)
    for _knock in range(30):
        clock.forward(seconds=30)
        refuse(store, "nobody", source=HOME)
    clock.forward(seconds=1)
    enter(store, "ana", TEMPORARY, HOME)


def test_an_admin_who_came_from_there_before_is_not_refused(
    store: Store, owner: Session, ana: User
) -> None:
    signin.sign_out(enter(store, "olga", PASSWORD, HOME))
    signin.sign_out(enter(store, "ana", TEMPORARY, HOME))
    settle(store, owner, source_attempts=10)
    for _attempt in range(20):
        refuse(store, "nobody", source=HOME)
    enter(store, "olga", PASSWORD, HOME)
    refuse(store, "ana", TEMPORARY, HOME)


def test_an_attempt_from_a_refused_source_is_not_counted_against_the_person(
    store: Store, owner: Session, ana: User
) -> None:
    settle(store, owner, source_attempts=10)
    for _attempt in range(10):
        refuse(store, "nobody", source=HOME)
    for _attempt in range(20):
        refuse(store, "ana", source=HOME)
    assert attempts_of(store, ana) == 0


@pytest.mark.timeout(300)
@pytest.mark.parametrize("names", [200, pytest.param(5000, marks=pytest.mark.slow)])
def test_names_that_nobody_has_leave_no_trace_of_each(
    store: Store, owner: Session, data_folder: Path, names: int
) -> None:
    """CHECKLIST B19: the database grows by less than 64 KiB."""
    refuse(store, "nobody", source=Origin("root", "198.51.100.1"))
    before = size(store, data_folder)
    for number in range(names):
        source = Origin("root", f"203.0.{number % 7}.{number % 251}")
        refuse(store, f"nobody{number}@example.com", source=source)
    assert size(store, data_folder) - before < 64 * 1024
    with store.read():
        ((slots,),) = store.sql("SELECT count(*) FROM usher_throttle")
    assert slots <= 513


def size(store: Store, folder: Path) -> int:
    if store.postgres:
        with store.read():
            # What is dead may still be there: the rows that live are what a name would leave.
            store.sql("ANALYZE")
            rows = store.sql(
                "SELECT coalesce(sum(pg_column_size(t.*)), 0) FROM usher_throttle t"
                " UNION ALL SELECT coalesce(sum(pg_column_size(a.*)), 0) FROM usher_audit a"
                " UNION ALL SELECT coalesce(sum(pg_column_size(u.*)), 0) FROM usher_user u"
            )
        return int(sum(number for (number,) in rows))
    return sum(file.stat().st_size for file in folder.glob("usher.db*"))


# Time (CHECKLIST C26)

SAMPLES = 200
LEAST, MOST = 0.40, 0.60


def area(one: list[float], other: list[float]) -> float:
    """The chance that somebody who guesses by the time is right: 0.5 is a coin."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks = sum(rank for rank, (_value, whose) in enumerate(ranked, 1) if whose == 0)
    return (ranks - len(one) * (len(one) + 1) / 2) / (len(one) * len(other))


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_time_tells_nobody_apart(
    store: Store, owner: Session, make_user: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the real hasher: who is known and mistypes, who is unknown, who is locked."""
    people = [make_user(TEMPORARY, login=f"known{number}") for number in range(SAMPLES)]
    locked = make_user(TEMPORARY, login="locked1")
    real = Argon2(store.folder.path)
    stored, now = real.hash(TEMPORARY), store.now()
    with store.write(owner):
        UserRow.update(password_hash=stored).execute()
        UserRow.update(attempts=6, attempted_at=now, locked_at=now).where(
            UserRow.id == locked.id
        ).execute()
    monkeypatch.setattr(store, "hasher", real)
    times: dict[str, list[float]] = {"known": [], "unknown": [], "locked": []}
    chance = random.Random(7)  # noqa: S311  (a test)
    for number, person in enumerate(people):
        logins = {"known": person.login, "unknown": f"nobod{number}", "locked": locked.login}
        for kind in chance.sample(list(logins), 3):
            source = Origin("root", f"203.0.113.{number % 250}")
            begun = perf_counter()
            refuse(store, logins[kind], source=source)
            times[kind].append(perf_counter() - begun)
    figures = {
        kind: (area(times["known"], times[kind]), statistics.median(times[kind]) * 1000)
        for kind in ("unknown", "locked")
    }
    print(figures, statistics.median(times["known"]) * 1000)  # noqa: T201  (what the run is for)
    assert all(LEAST <= auc <= MOST for auc, _median in figures.values()), figures
