"""`usher users`: shapes, filters, pages, conflicts, rehearsals."""

from collections.abc import Callable

import pytest

from store import audit, listing, users
from store.session import Session
from store.values import User
from tests.conftest import PASSWORD
from tests.tui.cli.conftest import Usher

SHAPE = [
    "id", "login", "first_name", "last_name", "email", "status", "locks", "confirmed",
    "email_confirmed", "admin", "owner", "simulator_only", "role", "teams", "sub_accounts",
    "last_seen", "created",
]  # fmt: skip
ANA = ("--first", "Ana", "--last", "Sá", "--email", "ana@acme.com.ua", "--role", "Salesperson")

MakeUser = Callable[..., User]


def test_a_list_has_the_settled_shape(usher: Usher, make_user: MakeUser) -> None:
    make_user()
    answer = usher("users", "list", "--json").json
    assert list(answer) == ["items", "total", "next"]
    assert [list(item) for item in answer["items"]] == [SHAPE, SHAPE]
    assert answer["total"] == 2
    assert answer["next"] is None


def test_pages_follow_one_another_by_the_cursor(usher: Usher, make_user: MakeUser) -> None:
    for _number in range(5):
        make_user(last_name="Шевченко \ufffd")
    seen: list[int] = []
    after: list[str] = []
    for _page in range(3):
        answer = usher("users", "list", "--limit", "2", "--json", *after).json
        assert answer["total"] == 6
        seen += [item["id"] for item in answer["items"]]
        after = ["--after", answer["next"]]
    assert seen == [row["id"] for row in usher("users", "list", "--json").json["items"]]
    assert answer["next"] is None


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "WzBd", "bm90IGpzb24", "WzIsImEiLCJiIiwxXQ", "WzAsImEiLCJiIiwtMV0", "é", "=" * 9],
)
def test_a_cursor_that_was_never_printed_is_a_usage_error(
    usher: Usher, owner: Session, cursor: str
) -> None:
    answer = usher("users", "list", "--after", cursor)
    assert answer.code == 2
    assert "--after" in answer.err


def test_filters_narrow(usher: Usher, make_user: MakeUser) -> None:
    wanted = make_user(first_name="Łukasz", last_name="Шевченко", role="Support")
    make_user(role="Manager")

    def found(*words: str) -> list[int]:
        return [item["id"] for item in usher("users", "list", "--json", *words).json["items"]]

    assert found("--search", "шевч lukasz") == [wanted.id]
    assert found("--role", "support") == [wanted.id]
    assert len(found("--team", "North", "--status", "pending")) == 2
    assert len(found("--status", "pending", "--status", "active")) == 3
    assert found("--status", "blocked") == []


def test_show_tells_everything_in_both_forms(usher: Usher, make_user: MakeUser) -> None:
    user = make_user(phone="+380671234567", position="Менеджер")
    shown = usher("users", "show", user.email.upper(), "--json").json
    assert shown["phone"] == "+380671234567"
    assert set(SHAPE) < set(shown)
    assert "Менеджер" in usher("users", "show", str(user.id)).out


def test_nobody_is_not_found(usher: Usher, owner: Session) -> None:
    assert usher("users", "show", "nobody").code == 5
    error = usher("users", "show", "nobody", "--json")
    assert (error.code, error.json["error"]["code"]) == (5, "not_found")
    assert error.err == ""


def test_create_with_a_generated_password_shows_it_once(usher: Usher, owner: Session) -> None:
    usher("teams", "create", "North")
    made = usher("users", "create", *ANA, "--team", "North", "--generate", "--json").json
    password = made.pop("temporary_password")
    assert list(made) == SHAPE
    assert made["status"] == "pending"
    answer = usher("sign-in", "ana@acme.com.ua", "--json", stdin=f"{password}\n").json
    assert answer["password_change_required"] is True
    assert password not in usher("users", "show", "ana@acme.com.ua").out


def test_a_password_comes_by_stdin(usher: Usher, owner: Session) -> None:
    usher("teams", "create", "North")
    words = ("users", "create", *ANA, "--team", "North", "--password-stdin")
    assert usher(*words, stdin="").code == 2
    assert usher(*words, stdin="short\n").code == 3
    assert usher(*words, stdin="nine wet umbrellas\r\n").code == 0
    assert usher("sign-in", "ana@acme.com.ua", stdin="nine wet umbrellas").code == 0
    assert usher(*words, "--generate", stdin="x\n").code == 2


def test_with_as_the_second_line_is_the_new_users_password(usher: Usher, owner: Session) -> None:
    usher("teams", "create", "North")
    words = ("users", "create", *ANA, "--team", "North", "--as", "olga", "--password-stdin")
    assert usher(*words, stdin=f"{PASSWORD}\n").code == 2
    assert usher(*words, stdin=f"{PASSWORD}\nnine wet umbrellas\n").code == 0
    assert usher("sign-in", "ana@acme.com.ua", stdin="nine wet umbrellas\n").code == 0


def test_before_the_noun_the_password_is_the_actors(usher: Usher, owner: Session) -> None:
    usher("teams", "create", "North")
    words = ("--as", "olga", "--password-stdin", "users", "create", *ANA, "--team", "North")
    assert usher(*words, stdin=f"{PASSWORD}\n").code == 0
    assert users.show(owner, "ana@acme.com.ua").password == "none"


def test_a_conflict_is_6_and_names_the_holder(usher: Usher, make_user: MakeUser) -> None:
    holder = make_user(email="ana@acme.com.ua")
    answer = usher("users", "create", *ANA, "--team", "North", "--json")
    assert answer.code == 6
    (problem,) = answer.json["error"]["problems"]
    assert problem["code"] == "email_taken"
    assert problem["holder"]["id"] == holder.id


def test_what_is_wrong_is_3_and_names_the_fields(usher: Usher, owner: Session) -> None:
    answer = usher("users", "create", "--first", "Ana", "--email", "two@@acme.com")
    assert answer.code == 3
    assert answer.out == ""
    assert "last name" in answer.err
    assert "email" in answer.err


def test_edit_changes_what_is_named_and_leaves_the_rest(
    usher: Usher, make_user: MakeUser, owner: Session
) -> None:
    user = make_user(position="Back office", teams=("North",))
    usher("teams", "create", "West")
    words = ("--phone", "+380671234567", "--team", "West", "--position", "", "--admin")
    edited = usher("users", "edit", str(user.id), *words, "--json").json
    assert list(edited) == SHAPE
    now = users.show(owner, user.id)
    assert (now.phone, now.teams, now.position, now.admin) == ("+380671234567", ("West",), "", True)
    assert (now.first_name, now.email) == (user.first_name, user.email)
    assert usher("users", "edit", str(user.id)).code == 2


def test_a_reason_stands_in_the_history(usher: Usher, make_user: MakeUser, owner: Session) -> None:
    user = make_user()
    usher("--reason", "moved", "users", "edit", str(user.id), "--country", "PL")
    entry = audit.history(owner, user.id)[0]
    assert (entry.verb, entry.reason) == ("edit", "moved")


def test_a_rehearsal_tells_and_writes_nothing(usher: Usher, owner: Session) -> None:
    usher("teams", "create", "North")
    words = ("users", "create", *ANA, "--team", "North", "--generate", "--dry-run")
    before = audit.history(owner)
    found = usher(*words, "--json").json
    assert found["dry_run"] is True
    assert [entry["verb"] for entry in found["entries"]] == ["create"]
    assert found["entries"][0]["changes"]["first_name"] == [None, "Ana"]
    assert [letter["to"] for letter in found["letters"]] == ["ana@acme.com.ua"]
    assert "letter invitation to ana@acme.com.ua" in usher(*words).out
    assert audit.history(owner) == before
    assert listing.count(owner).number == 1


def test_a_rehearsal_refuses_as_the_act_does(usher: Usher, make_user: MakeUser) -> None:
    make_user(email="ana@acme.com.ua")
    words = ("users", "create", *ANA, "--team", "North", "--json")
    rehearsed, acted = usher(*words, "--dry-run"), usher(*words)
    assert (rehearsed.code, rehearsed.json) == (acted.code, acted.json)
