"""`usher access show, allow, deny, inherit, copy, diff`, and a new user with copied access."""

from collections.abc import Callable

import pytest

from store import users
from store.session import Session
from store.values import User
from tests.tui.cli.conftest import Usher


@pytest.fixture
def ana(owner: Session, make_user: Callable[..., User]) -> User:
    make_user(login="rui", role="Manager")
    return make_user(login="ana", first_name="Ana", last_name="Silva", role="Salesperson")


def test_show_has_the_settled_shapes(usher: Usher, ana: User) -> None:
    """DESIGN 5."""
    found = usher("access", "show", "ana", "--json").json
    assert list(found) == ["user", "permissions"]
    assert found["user"]["id"] == ana.id
    assert found["permissions"][0] == {
        "permission": "clients.view", "allowed": True, "source": "role",
    }  # fmt: skip
    why = usher("access", "show", "ana", "--why", "pricing.view", "--json").json
    assert list(why) == ["permission", "allowed", "because"]
    assert list(why["because"][0]) == ["source", "detail", "at", "by"]
    assert [reason["source"] for reason in why["because"]] == ["admin_only", "none", "role"]
    assert why["because"][2]["by"] == "olga"
    assert usher("access", "show", "nobody").code == 5
    assert usher("access", "show", "ana", "--why", "clients.paint").code == 3


def test_show_is_a_table_that_says_what_decided(usher: Usher, ana: User) -> None:
    shown = usher("access", "show", "ana").out
    assert f"Ana Silva ({ana.id}): role Salesperson   teams North" in shown
    assert "clients.delete        – no   the role does not permit it" in shown
    assert "pricing.view          – no   the module is for admins only" in shown
    why = usher("access", "show", "ana", "--why", "clients.edit").out
    assert "✓ Ana Silva holds clients.edit." in why
    assert "Has the role Salesperson.         2026-03-02 12:00  olga" in why


def test_allow_deny_and_inherit_say_what_comes_of_them(usher: Usher, ana: User) -> None:
    told = usher("access", "allow", "ana", "clients.*", "pricing.view").out
    assert "Gained: clients.delete." in told
    assert "No effect, for admins only: pricing.view." in told
    denied = usher("access", "deny", "ana", "clients.delete", "--json").json
    assert (denied["gained"], denied["lost"], denied["no_effect"]) == ([], ["clients.delete"], [])
    assert "denied to this person" in usher("access", "show", "ana").out
    rehearsed = usher("access", "inherit", "ana", "clients.*", "--dry-run", "--json").json
    assert [entry["verb"] for entry in rehearsed["entries"]] == ["inherit"]
    assert "Nothing of what they may do changes." in usher("access", "deny", "ana", "users.*").out
    assert usher("access", "deny", "ana").code == 2
    assert usher("access", "deny", "olga", "clients.edit", "--reason", "x").code == 4
    assert usher("access", "allow", "ana", "clients.paint", "--json").json["error"]["code"] == (
        "permission_unknown"
    )


def test_access_is_copied_and_two_people_compared(
    usher: Usher, owner: Session, make_user: Callable[..., User], ana: User
) -> None:
    usher("access", "allow", "rui", "pricing.view")
    table = usher("access", "diff", "ana", "rui").out
    assert "clients.delete        – no, the role does not permit it  ✓ yes, the role" in table
    assert "pricing.view" not in table
    found = usher("access", "diff", "ana", "rui", "--json").json
    assert [user["login"] for user in found["users"]] == ["ana", "rui"]
    assert found["permissions"][0] == {
        "permission": "clients.delete", "allowed": [False, True], "sources": ["none", "role"],
    }  # fmt: skip
    make_user(login="ada", admin=True, role="", teams=())
    copied = usher("access", "copy", "ada", "--from", "rui", "--reason", "a test").out
    assert "Left out: pricing.view, for an admin holds it unless it is denied." in copied
    copied = usher("access", "copy", "ana", "--from", "rui", "--json").json
    assert (copied["user"]["role"], copied["left_out"]) == ("Manager", [])
    assert "hold the same" in usher("access", "diff", "ana", "rui").out
    assert usher("access", "copy", "ana", "--from", "olga").code == 3
    assert usher("access", "copy", "ana").code == 2


def test_a_new_user_is_created_with_the_access_of_somebody(
    usher: Usher, owner: Session, ana: User
) -> None:
    words = ("users", "create", "--first", "Lena", "--last", "Silva", "--copy-access-from", "ana")
    made = usher(*words, "--login", "lena", "--generate", "--json").json
    assert (made["role"], made["teams"], made["left_out"]) == ("Salesperson", ["North"], [])
    usher("access", "deny", "ana", "clients.edit")
    told = usher(*words, "--login", "eva", "--generate").out
    assert "Created user" in told
    assert not _holds(usher, "eva", "clients.edit")
    assert _holds(usher, "lena", "clients.edit")
    assert users.show(owner, "eva").role == "Salesperson"


def _holds(usher: Usher, who: str, permission: str) -> bool:
    allowed: bool = usher("access", "show", who, "--why", permission, "--json").json["allowed"]
    return allowed
