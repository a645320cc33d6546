"""`usher users why`, `users list --locked|--view`, and what is said of the locked."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from store.models import UserRow
from store.session import Session
from store.values import User
from tests.conftest import NOON
from tests.tui.cli.conftest import Usher

GATES = [
    "known", "password", "status", "passwords_lock", "idle_lock", "confirmed", "door",
    "password_current",
]  # fmt: skip


@pytest.fixture
def locked(owner: Session, make_user: Callable[..., User]) -> User:
    user = make_user("a password from an admin", login="taras.sh")
    make_user(login="free")
    with owner.store.write(owner):
        UserRow.update(
            attempts=6, attempted_at=NOON, locked_at=NOON, attempted_from="203.0.113.9"
        ).where(UserRow.id == user.id).execute()
        UserRow.update(idle_from=NOON - timedelta(days=85)).where(UserRow.login == "free").execute()
    return user


def test_why_has_the_settled_shape(usher: Usher, locked: User) -> None:
    """DESIGN 5."""
    found = usher("users", "why", "taras.sh", "--json").json
    assert list(found) == ["user", "door", "can_sign_in", "must_change_password", "gates"]
    assert [gate["gate"] for gate in found["gates"]] == GATES
    assert (found["door"], found["can_sign_in"]) == ("platform", False)
    assert found["user"]["locks"] == ["passwords"]
    assert found["gates"][3] == {
        "gate": "passwords_lock", "passed": False, "since": "2026-03-02T12:00:00Z",
        "opens": f"usher users unlock {locked.id}",
    }  # fmt: skip
    assert found["gates"][1]["passed"] is None


def test_why_for_people_is_a_table_with_the_first_command(usher: Usher, locked: User) -> None:
    answer = usher("users", "why", "taras.sh", "--door", "usher")
    assert "cannot sign in (door: usher)" in answer.out
    assert "wrong passwords  ✕ shut" in answer.out
    assert "last from 203.0.113.9" in answer.out
    assert f"First: usher users unlock {locked.id}" in answer.out
    assert usher("users", "why", "nobody").code == 5
    assert usher("users", "why", "taras.sh", "--door", "back").code == 2


def test_the_locked_are_listed_with_why_since_when_and_from_where(
    usher: Usher, locked: User
) -> None:
    for words in (("--locked",), ("--locked", "passwords"), ("--view", "locked")):
        found = usher("users", "list", *words, "--json").json
        assert [item["login"] for item in found["items"]] == ["taras.sh"]
        assert found["total"] == 1
    assert usher("users", "list", "--locked", "idle", "--json").json["items"] == []
    shown = usher("users", "list", "--locked").out
    assert "⚿ wrong passwords" in shown
    assert "203.0.113.9" in shown
    assert "⚿ locked" in usher("users", "list").out


def test_those_who_soon_are_locked_out_are_listed_with_what_ends(
    usher: Usher, locked: User
) -> None:
    found = usher("users", "list", "--view", "soon", "--json").json
    assert [item["login"] for item in found["items"]] == ["free"]
    assert "idle in 5 d" in usher("users", "list", "--view", "soon").out
    assert usher("users", "list", "--view", "soon", "--locked").code == 2


def test_one_person_is_shown_with_their_locks_and_how_long_the_password_lasts(
    usher: Usher, locked: User
) -> None:
    shown = usher("users", "show", "taras.sh").out
    assert "wrong passwords: now, 6 attempts, from 203.0.113.9" in shown
    assert "temporary" in shown
    assert "2026-03-05 12:00" in shown


def test_settings_are_listed_with_default_bounds_and_source(usher: Usher, owner: Session) -> None:
    answer = usher("settings", "list", "--json").json
    assert answer["total"] == len(answer["items"])
    found = {item["key"]: item for item in answer["items"]}["password.max_age_days"]
    assert list(found)[:7] == ["key", "value", "default", "least", "most", "source", "meaning"]
    assert (found["value"], found["default"]) == ("120", "120")
    assert (found["least"], found["most"], found["source"]) == (0, 3650, "S0")
    assert "0-3650" in usher("settings", "list").out


def test_what_cannot_be_beside_another_setting_is_refused(usher: Usher, owner: Session) -> None:
    words = ("settings", "set", "--as", "olga", "--password-stdin")
    assert usher(*words, "lockout.timed_most_hours", "1", stdin="correct horse battery\n").code == 0
    refused = usher(
        *words, "lockout.timed_minutes", "61", "--json", stdin="correct horse battery\n"
    )
    assert (refused.code, refused.json["error"]["code"]) == (3, "invalid")
    assert "lockout.timed_most_hours" in refused.json["error"]["message"]
