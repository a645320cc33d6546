"""`usher roles` and `usher access modules`: what there is to be permitted, and who permits it."""

import shlex
from collections.abc import Callable

import pytest

from store import audit
from store.access import roles
from store.session import Session
from store.values import User
from tests.tui.cli.conftest import Usher

MakeUser = Callable[..., User]


def test_roles_are_listed_with_what_hangs_on_them(
    usher: Usher, owner: Session, make_user: MakeUser
) -> None:
    make_user()
    roles.create(owner, "Auditor", ["reports.view"])
    found = {one["name"]: one for one in usher("roles", "list", "--json").json["items"]}
    assert found["Auditor"] == {
        "id": roles.show(owner, "Auditor").id, "name": "Auditor", "ready_made": False,
        "permissions": ["reports.view"], "people": 0,
    }  # fmt: skip
    lines = usher("roles", "list").out.splitlines()
    assert lines[0].split() == ["id", "name", "permissions", "people", "ready-made"]
    assert lines[1].split()[1:] == ["Auditor", "1", "0", "no"]
    assert lines[-3].split()[1:] == ["Salesperson", "18", "1", "yes"]


def test_one_is_shown_module_by_module(usher: Usher, owner: Session) -> None:
    out = usher("roles", "show", "salesperson").out
    rows = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line}
    assert rows["clients"] == ["view", "create", "edit", "delete"]
    assert rows["simulator"] == ["use", "–"]
    assert rows["pricing"] == ["–", "view", "create", "edit", "delete", "admins", "only"]
    assert usher("roles", "show", "Salesperson", "--json").json["people"] == 0
    assert usher("roles", "show", "Astronaut").code == 5


def test_one_is_made_changed_copied_and_deleted(
    usher: Usher, owner: Session, make_user: MakeUser
) -> None:
    made = usher("roles", "create", "Auditor", "--permit", "reports.*", "--permit", "users.view")
    assert "Auditor." in made.out
    assert "For admins only, so it has no effect: users.view." in made.out
    edited = usher(
        "roles", "edit", "auditor", "--name", "Book keeper", "--permit", "payment.view",
        "--forbid", "reports.delete", "--json",
    )  # fmt: skip
    assert (edited.code, edited.json["name"]) == (0, "Book keeper")
    again = usher("roles", "edit", "book keeper", "--permit", "clients.view")
    assert again.out == "Book keeper permits 6 things. People who have it: 0.\n"
    copied = usher("roles", "copy", "book keeper", "Third", "--json").json
    assert (copied["name"], copied["left_out"], len(copied["permissions"])) == ("Third", [], 6)
    make_user(role="Third")
    refused = usher("roles", "delete", "Third")
    assert refused.code == 3
    assert "usher roles delete Third --to ROLE" in refused.err
    rehearsed = usher("roles", "delete", "Third", "--to", "Support", "--dry-run")
    assert "Would write 2 entries" in rehearsed.out
    assert usher("roles", "delete", "Third", "--to", "Support").out == (
        "Deleted Third.\n1 person has another role now.\n"
    )


def test_the_command_in_the_history_does_the_same_again(usher: Usher, owner: Session) -> None:
    roles.edit(owner, "Support", name="Help desk", permit=["clients.delete"], forbid=["chats.*"])
    wanted = roles.show(owner, "Help desk")
    (entry,) = audit.history(owner, None, 1)
    before = ("--name", "Support", "--forbid", "clients.delete", "--permit", "chats.*")
    assert usher("roles", "edit", "Help desk", *before, "--forbid", "chats.delete").code == 0
    assert usher(*shlex.split(entry.command)[1:]).code == 0
    assert roles.show(owner, "Help desk") == wanted


def test_modules_are_added_changed_and_removed(usher: Usher, owner: Session) -> None:
    added = usher("access", "modules", "add", "invoices", "--action", "view", "--action", "send")
    assert added.out == "Added invoices: invoices.view, invoices.send.\n"
    assert usher("roles", "edit", "Support", "--permit", "invoices.*").code == 0
    assert usher("access", "modules", "list").out.splitlines()[-1].split() == [
        "invoices", "all", "view", "send",
    ]  # fmt: skip
    edited = usher(
        "access", "modules", "edit", "invoices", "--add-action", "print", "--remove-action", "send"
    )
    assert edited.out == (
        "invoices has: view, print.\n"
        "Roles that permitted something of it: 1; people with overrides: 0.\n"
    )
    assert usher("access", "modules", "remove", "invoices", "--json").json == {
        "module": "invoices", "actions": [], "admin_only": False, "built_in": False,
        "roles": 1, "people": 0,
    }  # fmt: skip
    assert usher("access", "modules", "add", "clients", "--action", "view").code == 6


@pytest.mark.parametrize(
    "words", [("roles", "edit", "Support"), ("access", "modules", "edit", "clients")]
)
def test_who_says_nothing_to_change_is_asked_for_it(
    usher: Usher, owner: Session, words: tuple[str, ...]
) -> None:
    assert usher(*words).code == 2
