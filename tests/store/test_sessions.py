"""Sessions: listed, ended, heard of, reaped (CHECKLIST E39, E40, E42)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from store import audit, signin, users
from store.database import Store
from store.errors import NotAllowed, NotFound, SessionEnded
from store.models import SessionRow, UserRow
from store.session import Session, operator_session
from store.signin import sessions, standing
from store.values import Door, Origin, Status, User, Why
from tests.conftest import FakeClock

TEMPORARY = "nine wet umbrellas"
HOME, CAFE = Origin("root", "203.0.113.9", "pts/1"), Origin("root", "198.51.100.7", "pts/2")

Make = Callable[..., User]


def enter(
    store: Store,
    login: str,
    password: str = TEMPORARY,
    door: Door = Door.USHER,
    source: Origin = HOME,
) -> Session:
    with store.write(operator_session(store)):
        UserRow.update(password_temporary=False).execute()
    return signin.sign_in(store, login, password, door, source).session


def why_of(session: Session) -> str:
    """Why the next action in a session is refused."""
    with pytest.raises(SessionEnded) as ended:
        users.show(session, session.user or 0)
    return str(ended.value.data["why"])


@pytest.fixture
def ana(make_user: Make) -> User:
    return make_user(TEMPORARY, login="ana", first_name="Ana", last_name="Silva")


@pytest.fixture
def ada(make_user: Make) -> User:
    return make_user(TEMPORARY, login="ada", admin=True)


def test_ones_open_sessions_are_listed_with_door_and_origin_the_newest_first(
    store: Store, clock: FakeClock, owner: Session, ana: User
) -> None:
    first = enter(store, "ana")
    clock.forward(minutes=5)
    second = enter(store, "ana", door=Door.PLATFORM, source=CAFE)
    left = enter(store, "ana")
    signin.sign_out(left)
    newest, oldest = sessions.sessions_of(first, "ana")
    assert (newest.id, newest.door, newest.address) == (second.row, "platform", "198.51.100.7")
    assert (oldest.id, oldest.this, newest.this) == (first.row, True, False)
    assert oldest.as_json() == {
        "id": first.row, "user": ana.id, "door": "usher", "address": "203.0.113.9",
        "origin": "root 203.0.113.9 pts/1", "started": "2026-03-02T12:00:00Z",
        "seen": "2026-03-02T12:00:00Z", "this": True,
    }  # fmt: skip


def test_what_has_lasted_too_long_is_open_no_more(
    store: Store, clock: FakeClock, owner: Session, ana: User
) -> None:
    """CHECKLIST E39: twelve hours, to the second."""
    enter(store, "ana")
    clock.forward(hours=12)
    assert len(sessions.sessions_of(owner, "ana")) == 1
    clock.forward(seconds=1)
    assert sessions.sessions_of(owner, "ana") == ()


def test_an_ended_session_is_refused_at_its_next_action_and_told_why(
    store: Store, owner: Session, ana: User
) -> None:
    """CHECKLIST E40."""
    first, second = enter(store, "ana"), enter(store, "ana", source=CAFE)
    ended = sessions.end(owner, "ana", first.row)
    assert [one.id for one in ended] == [first.row]
    assert why_of(first) == Why.ENDED
    users.show(second, "ana")
    newest = audit.history(owner, ana.id, 1)[0]
    assert (newest.verb, newest.changes) == ("end_sessions", {"sessions": ([first.row], [])})
    assert newest.command == f"usher users sessions {ana.id} --end {first.row}"


def test_ending_all_of_ones_own_leaves_the_one_in_which_one_sits(
    store: Store, owner: Session, ana: User
) -> None:
    first, second = enter(store, "ana"), enter(store, "ana", source=CAFE)
    assert len(sessions.end(first, "ana")) == 1
    users.show(first, "ana")
    assert why_of(second) == Why.ENDED
    assert sessions.end(first, "ana") == ()


def test_one_that_is_not_open_cannot_be_ended_and_nothing_is_written(
    store: Store, owner: Session, ana: User, ada: User
) -> None:
    others = enter(store, "ada")
    before = audit.count(owner)
    for number in (4711, others.row):
        with pytest.raises(sessions.SessionNotFound) as refused:
            sessions.end(owner, "ana", number)
        assert refused.value.name == "session_not_found"
    assert audit.count(owner) == before
    users.show(others, "ada")


def test_who_may_end_whose_sessions(store: Store, owner: Session, ana: User, ada: User) -> None:
    """DESIGN 3.6: one's own, those of standard users; those of an admin are the owner's."""
    ana_sits, ada_sits = enter(store, "ana"), enter(store, "ada")
    with pytest.raises(NotFound):
        sessions.sessions_of(ana_sits, "ada")
    with pytest.raises(NotFound):
        sessions.end(ana_sits, "ada")
    assert len(sessions.sessions_of(ada_sits, "olga")) == 0
    with pytest.raises(NotAllowed):
        sessions.end(ada_sits, "olga")
    with pytest.raises(NotAllowed, match="reason"):
        sessions.end(operator_session(store), "ada")
    assert len(sessions.end(ada_sits, "ana")) == 1
    assert len(sessions.end(operator_session(store).because("she left"), "ada")) == 1


# Heard of, and reaped


def row_of(store: Store, session: Session) -> SessionRow:
    with store.read():
        return SessionRow.get_by_id(session.row)


def test_a_screen_that_gives_word_is_seen_and_nothing_is_put_into_the_history(
    store: Store, clock: FakeClock, owner: Session, ana: User
) -> None:
    session = enter(store, "ana")
    before = audit.count(owner)
    clock.forward(seconds=30)
    standing.heard(session)
    assert row_of(store, session).seen == clock()
    assert audit.count(owner) == before


def test_whoever_gives_word_ends_the_sessions_that_went_silent(
    store: Store, clock: FakeClock, owner: Session, ana: User, ada: User
) -> None:
    """CHECKLIST E42: sixty seconds after its last sign of life, which comes every 15."""
    silent, there = enter(store, "ana"), enter(store, "ada")
    standing.heard(there)
    clock.forward(seconds=1)
    standing.heard(silent)
    last = row_of(store, silent).seen
    clock.forward(seconds=14)
    for _beat in range(2):
        standing.heard(there)
        users.show(silent, "ana")
        clock.forward(seconds=15)
    standing.heard(there)
    clock.forward(seconds=14)
    standing.heard(there)
    assert clock() - last < timedelta(seconds=60)
    row = row_of(store, silent)
    assert (row.ended, row.why) == (last, Why.GONE)
    assert why_of(silent) == Why.GONE
    users.show(there, "ada")


def test_commands_and_the_platform_give_no_word_and_last_until_the_limit(
    store: Store, clock: FakeClock, owner: Session, ana: User, ada: User
) -> None:
    command, platform = enter(store, "ana"), enter(store, "ana", door=Door.PLATFORM)
    there = enter(store, "ada")
    for _beat in range(3):
        clock.forward(seconds=50)
        standing.heard(there)
    users.show(command, "ana")
    assert signin.still_open(store, platform.row or 0)
    clock.forward(hours=12)
    there = enter(store, "ada")
    for _beat in range(2):
        clock.forward(seconds=1)
        standing.heard(there)
        standing.heard(there)
    assert row_of(store, platform).why == row_of(store, command).why == Why.LIMIT


def test_after_the_database_was_away_nobody_ends_the_others(
    store: Store, clock: FakeClock, owner: Session, ana: User, ada: User
) -> None:
    """Whoever could give no word for a minute cannot tell whether the others could."""
    one, other = enter(store, "ana"), enter(store, "ada")
    for session in (one, other):
        clock.forward(seconds=1)
        standing.heard(session)
    clock.forward(minutes=5)
    standing.heard(one)
    users.show(other, "ada")
    standing.heard(other)
    clock.forward(seconds=30)
    standing.heard(one)
    users.show(other, "ada")


def test_a_session_that_has_ended_does_not_come_back_by_giving_word(
    store: Store, clock: FakeClock, owner: Session, ana: User
) -> None:
    session = enter(store, "ana")
    sessions.end(owner, "ana")
    ended = row_of(store, session).ended
    clock.forward(seconds=30)
    standing.heard(session)
    assert row_of(store, session).ended == ended
    assert why_of(session) == Why.ENDED


def test_the_operator_has_no_session_of_which_word_could_be_given(store: Store) -> None:
    standing.heard(operator_session(store))


def test_a_session_whose_row_was_cleared_away_stands_no_more(
    store: Store, owner: Session, ana: User
) -> None:
    session = enter(store, "ana")
    with store.write(owner):
        SessionRow.delete().where(SessionRow.id == session.row).execute()
    assert why_of(session) == ""
    assert not signin.still_open(store, session.row or 0)


# What a platform asks


def test_a_platform_goes_on_with_a_session_by_its_number(
    store: Store, clock: FakeClock, owner: Session, ana: User
) -> None:
    number = enter(store, "ana", door=Door.PLATFORM, source=CAFE).row or 0
    session = signin.resume(store, number)
    assert (session.user, session.name, session.door) == (ana.id, "ana", Door.PLATFORM)
    assert session.origin.address == "198.51.100.7"
    signin.change_password(session, TEMPORARY, "a lantern over the harbour")
    assert users.show(owner, "ana").status is Status.ACTIVE
    signin.sign_out(session)
    assert not signin.still_open(store, number)


def test_a_platform_learns_of_what_an_admin_does_at_its_next_question(
    store: Store, clock: FakeClock, owner: Session, ana: User
) -> None:
    """CHECKLIST E40; asking writes nothing."""
    numbers = [enter(store, "ana", door=Door.PLATFORM).row or 0 for _door in range(3)]
    sessions.end(owner, "ana", numbers[0])
    assert [signin.still_open(store, number) for number in numbers] == [False, True, True]
    with store.write(owner) as unit:
        sessions.end_all(unit, ana.id, Why.BLOCKED, but=numbers[2])
        UserRow.update(status=Status.BLOCKED).where(UserRow.id == ana.id).execute()
    assert not any(signin.still_open(store, number) for number in numbers)
    with pytest.raises(SessionEnded, match="blocked"):
        signin.resume(store, numbers[1])
    assert not signin.still_open(store, 4711)


def test_a_platforms_session_lasts_until_the_absolute_limit(
    store: Store, clock: FakeClock, owner: Session, ana: User
) -> None:
    number = enter(store, "ana", door=Door.PLATFORM).row or 0
    clock.forward(hours=12)
    assert signin.still_open(store, number)
    clock.forward(seconds=1)
    assert not signin.still_open(store, number)


def test_a_demoted_admin_acts_with_the_rights_of_now(
    store: Store, owner: Session, ana: User, ada: User
) -> None:
    """CHECKLIST E40: read anew at every action."""
    session = enter(store, "ada")
    users.show(session, "ana")
    users.edit(replace(owner), "ada", {"admin": False})
    with pytest.raises(NotFound):
        users.show(session, "ana")
