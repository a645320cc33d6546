"""`usher users sessions`: where people are signed in; `usher sign-in`: the platform's door."""

from collections.abc import Callable

import pytest

from store import audit, signin
from store.database import Store
from store.models import SessionRow, UserRow
from store.session import Session, operator_session
from store.values import Door, Origin, User
from tests.conftest import PASSWORD
from tests.tui.cli.conftest import Usher

TEMPORARY = "nine wet umbrellas"
REASON = ("--reason", "lost notebook")
Make = Callable[..., User]


@pytest.fixture
def ana(make_user: Make) -> User:
    return make_user(TEMPORARY, login="ana", first_name="Ana", last_name="Silva")


@pytest.fixture
def rows(store: Store, ana: User) -> list[int]:
    """The numbers of two sessions of Ana's."""
    origins = (Origin("root", "203.0.113.9", "pts/1"), Origin("root", "198.51.100.7", ""))
    return [
        signin.sign_in(store, "ana", TEMPORARY, Door.PLATFORM, origin).session.row or 0
        for origin in origins
    ]


def test_sessions_are_listed(usher: Usher, rows: list[int], ana: User) -> None:
    listed = usher("users", "sessions", "ana", "--json").json
    assert [one["id"] for one in listed["items"]] == rows[::-1]
    assert (listed["total"], listed["next"]) == (2, None)
    assert listed["items"][0] == {
        "id": rows[1], "user": ana.id, "door": "platform", "address": "198.51.100.7",
        "origin": "root 198.51.100.7", "started": "2026-03-02T12:00:00Z",
        "seen": "2026-03-02T12:00:00Z", "this": False,
    }  # fmt: skip
    table = usher("users", "sessions", "ana").out
    assert "root 203.0.113.9 pts/1" in table
    assert "2026-03-02 12:00" in table


def test_nobody_signed_in_is_said(usher: Usher, owner: Session) -> None:
    assert "no open session" in usher("users", "sessions", "olga").out
    assert usher("users", "sessions", "nobody").code == 5


def test_one_or_all_are_ended_and_counted(usher: Usher, rows: list[int], store: Store) -> None:
    one = usher("users", "sessions", "ana", "--end", str(rows[0]))
    assert (one.code, one.out) == (0, "1 session has ended.\n")
    assert not signin.still_open(store, rows[0])
    again = usher("users", "sessions", "ana", "--end", str(rows[0]), "--json")
    assert (again.code, again.json["error"]["code"]) == (5, "session_not_found")
    rest = usher("users", "sessions", "ana", "--end", "all", "--json")
    assert rest.json == {"ended": 1}
    assert usher("users", "sessions", "ana", "--end", "all").out == "0 sessions have ended.\n"


def test_a_rehearsal_ends_nothing(usher: Usher, rows: list[int], store: Store) -> None:
    answer = usher("users", "sessions", "ana", "--end", "all", "--dry-run", *REASON)
    assert "end_sessions" in answer.out
    assert all(signin.still_open(store, row) for row in rows)


def test_what_would_do_nothing_is_refused(usher: Usher, ana: User) -> None:
    for words in (("--dry-run",), REASON, ("--end", "x"), ("--end", "-1"), ("--end", "9" * 30)):
        assert usher("users", "sessions", "ana", *words).code == 2


def test_a_standard_user_sees_the_own_ones_and_not_those_of_others(
    usher: Usher, rows: list[int], store: Store
) -> None:
    with store.write(operator_session(store)):
        UserRow.update(password_temporary=False).where(UserRow.login == "ana").execute()
    mine = usher("--as", "ana", "users", "sessions", "ana", "--json", stdin=f"{TEMPORARY}\n").json
    assert [one["this"] for one in mine["items"]] == [True, False, False]
    other = usher("--as", "ana", "users", "sessions", "olga", stdin=f"{TEMPORARY}\n")
    assert other.code == 5


# The platform's door


def test_the_platform_hands_over_where_its_client_comes_from(
    usher: Usher, ana: User, store: Store
) -> None:
    answer = usher("sign-in", "ana", "--source", "203.0.113.77", "--json", stdin=f"{TEMPORARY}\n")
    assert answer.code == 0
    assert answer.json["password_change_required"] is True
    with store.read():
        row = SessionRow.get_by_id(answer.json["session"])
    assert (row.door, row.address) == ("platform", "203.0.113.77")


@pytest.mark.parametrize("source", ["", "  ", "x" * 101, "203.0.113.9\x1b[2J", "a\nb"])
def test_a_source_is_something_that_can_be_read(usher: Usher, ana: User, source: str) -> None:
    answer = usher("sign-in", "ana", "--source", source, stdin=f"{TEMPORARY}\n")
    assert answer.code == 2


def test_a_source_that_fails_too_often_is_refused_and_others_are_not(
    usher: Usher, ana: User, store: Store, owner: Session
) -> None:
    """CHECKLIST B19, by the command line."""
    with store.write(owner):
        store.sql("INSERT INTO usher_setting (key, value) VALUES ('lockout.source_attempts', '10')")
    for _attempt in range(10):
        refused = usher("sign-in", "nobody", "--source", "203.0.113.77", "--json", stdin="x\n")
        assert (refused.code, refused.json["error"]["code"]) == (4, "sign_in_refused")
    assert usher("sign-in", "ana", "--source", "203.0.113.77", stdin=f"{TEMPORARY}\n").code == 4
    assert usher("sign-in", "ana", "--source", "203.0.113.78", stdin=f"{TEMPORARY}\n").code == 0
    assert usher("sign-in", "ana", stdin=f"{TEMPORARY}\n").code == 0
    assert [one.verb for one in audit.history(owner, None, 5)].count("refuse_source") == 1


def test_six_wrong_ones_at_the_platforms_door_lock_as_anywhere(
    usher: Usher, owner: Session, ana: User
) -> None:
    """S0, CHECKLIST B18."""
    answers = {
        usher("sign-in", "ana", "--json", stdin=f"{word}\n").out
        for word in (*["wrong"] * 6, TEMPORARY)
    }
    assert len(answers) == 1
    assert usher("users", "show", "ana", "--json").json["locks"] == ["passwords"]
    assert PASSWORD not in str(answers)
