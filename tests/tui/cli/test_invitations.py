"""`usher invitations`, `usher accept` and `usher import --invite`, in tables and in JSON."""

from pathlib import Path

from store import users
from store.database import Store
from store.session import Session
from store.values import Status
from tests.conftest import PASSWORD, FakeClock
from tests.store.standing import MakeUser
from tests.store.test_storing import code_of_letter, letters
from tests.tui.cli.conftest import Usher

OWN = "a lantern over the harbour"


def test_addresses_are_invited_and_each_has_its_line(
    usher: Usher, store: Store, owner: Session, make_user: MakeUser, tmp_path: Path
) -> None:
    make_user(email="maria@acme.ua")
    words = ("invitations", "send", "Lesia Shevchuk <lesia@acme.ua>", "two@@acme.ua")
    assert usher(*words, "maria@acme.ua", "--dry-run").out.splitlines() == [
        "outcome          address        what",
        "invited          lesia@acme.ua",
        "malformed        two@@acme.ua   The email address “two@@acme.ua” is not valid."
        " Use the form name@example.com.",
        "already_invited  maria@acme.ua  The address is invited already (user 2)."
        " Resend the invitation: usher invitations resend 2",
        "1 would be invited, 2 not. Nothing was sent.",
    ]
    rehearsed = usher(*words, "--dry-run", "--json")
    assert (rehearsed.code, rehearsed.json["dry_run"]) == (8, True)
    sent = usher(*words, "--role", "Support", "--module", "tasks", "--json")
    assert sent.code == 8
    assert [line["outcome"] for line in sent.json["ledger"]] == ["invited", "malformed"]
    assert set(sent.json["ledger"][0]) == {"address", "outcome", "message", "user"}
    assert letters(store, "invitation") == ["maria@acme.ua", "lesia@acme.ua"]
    path = tmp_path / "people.csv"
    path.write_text("name,mail\nRui Simões,rui@acme.ua\n", "utf-8")
    assert usher("invitations", "send", "--file", str(path)).out.endswith("1 invited, 0 not.\n")
    piped = usher(
        "--as", "olga", "--password-stdin", "invitations", "send", "--file", "-",
        stdin=f"{PASSWORD}\nbob@acme.ua; Ann <ann@acme.ua>\n",
    )  # fmt: skip
    assert (piped.code, piped.out.splitlines()[-1]) == (0, "2 invited, 0 not.")
    assert users.show(owner, "rui@acme.ua").last_name == "Simões"
    assert usher("invitations", "send").code == 2
    assert usher("invitations", "send", "--file", "-").code == 8
    assert usher("invitations", "send", "x@acme.ua", "--module", "users").code == 3


def test_who_has_not_come_is_listed_invited_again_and_revoked(
    usher: Usher, owner: Session, clock: FakeClock
) -> None:
    assert "usher invitations send" in usher("invitations", "list").out
    usher("invitations", "send", "Lesia Shevchuk <lesia@acme.ua>", "rui@acme.ua")
    clock.forward(days=6)
    assert usher("invitations", "resend", "rui@acme.ua").out == (
        "rui@acme.ua (user 3) is invited again: the letter is queued.\n"
    )
    assert usher("invitations", "list").out.splitlines() == [
        "state      user  address        name            until (UTC)       sent  letter",
        "open          3  rui@acme.ua                    2026-03-15 12:00     2  queued",
        "soon over     2  lesia@acme.ua  Lesia Shevchuk  2026-03-09 12:00     1  queued",
        "2 of 2",
    ]
    first = usher("invitations", "list", "--limit", "1", "--json").json
    assert (first["total"], first["items"][0]["sent_count"]) == (2, 2)
    second = usher("invitations", "list", "--after", first["next"], "--json").json
    assert ([one["user"] for one in second["items"]], second["next"]) == ([2], None)
    assert usher("invitations", "list", "--soon", "--json").json["items"] == second["items"]
    for word in ("3", "x-1", f"{first['next']}x", "2026-03-09-7"):
        assert usher("invitations", "list", "--after", word).code == 2
    both = usher("invitations", "revoke", "2", "olga", "--reason", "wrong", "--json")
    assert both.code == 8
    assert [one["outcome"] for one in both.json["ledger"]] == ["revoked", "wrong_status"]
    assert usher("invitations", "revoke", "3").out.startswith("rui@acme.ua (user 3) is not invited")
    assert usher("users", "show", "3").code == 5


def test_one_comes_in_by_the_code_of_the_letter(usher: Usher, store: Store, owner: Session) -> None:
    usher("invitations", "send", "lesia@acme.ua")
    code = code_of_letter(store, "invitation")
    nameless = usher("accept", code, "--json", stdin=f"{OWN}\n")
    assert (nameless.code, nameless.json["error"]["code"]) == (3, "invalid")
    names = ("--first", "Lesia", "--last", "Shevchuk")
    came = usher("accept", "-", *names, stdin=f"{code}\n{OWN}\n")
    assert (
        came.out == "Welcome, Lesia Shevchuk. Your login is lesia@acme.ua.\nSign in with: usher\n"
    )
    again = usher("accept", code, *names, "--json", stdin=f"{OWN}\n")
    assert (again.code, again.json["error"]["code"]) == (4, "code_refused")
    assert users.show(owner, "lesia@acme.ua").status is Status.ACTIVE


def test_an_import_writes_to_those_who_are_new(
    usher: Usher, store: Store, make_user: MakeUser, tmp_path: Path
) -> None:
    """DESIGN 3.11: no letter unless --invite; whoever was there before gets none."""
    path = tmp_path / "people.csv"
    head = "first_name,last_name,email,login,role,team\n"
    path.write_text(f"{head}Iva,Nova,iva@acme.ua,,Support,North\n", "utf-8")
    assert usher("import", str(path)).code == 0
    assert letters(store, "invitation") == []
    path.write_text(f"{path.read_text('utf-8')}Rui,Sá,rui@acme.ua,,Support,North\n", "utf-8")
    assert usher("import", str(path), "--invite", "--dry-run").code == 0
    assert letters(store, "invitation") == []
    assert usher("import", str(path), "--invite").code == 0
    assert letters(store, "invitation") == ["rui@acme.ua"]


def test_the_id_of_an_invitation_is_taken_by_the_commands_that_act_on_it(
    usher: Usher, owner: Session, store: Store, make_user: MakeUser
) -> None:
    """An id printed by `invitations list` names this invitation and no other user."""
    for number in range(3):
        make_user("seven quiet herons", email="", login=f"filler{number}")
    usher("invitations", "send", "lesia@acme.ua", "rui@acme.ua")
    listed = usher("invitations", "list", "--json").json["items"]
    assert {one["email"] for one in listed} >= {"lesia@acme.ua", "rui@acme.ua"}
    for one in listed:
        shown = usher("invitations", "show", str(one["id"]), "--json").json
        assert shown == one
        assert users.show(owner, one["id"]).email == one["email"]
    lesia = next(one for one in listed if one["email"] == "lesia@acme.ua")
    assert usher("invitations", "resend", str(lesia["id"])).code == 0
    assert usher("invitations", "revoke", str(lesia["id"])).code == 0
    left = usher("invitations", "list", "--json").json["items"]
    assert {one["email"] for one in listed} - {one["email"] for one in left} == {"lesia@acme.ua"}


def test_an_invitation_is_shown_and_who_has_none_is_told_what_to_do(
    usher: Usher, owner: Session, make_user: MakeUser
) -> None:
    usher("invitations", "send", "Lesia Shevchuk <lesia@acme.ua>")
    shown = usher("invitations", "show", "lesia@acme.ua").out
    assert "Lesia Shevchuk (2)" in shown
    assert "open" in shown
    refused = usher("invitations", "show", "olga", "--json").json["error"]
    assert refused["code"] == "no_invitation"
    assert refused["message"].endswith("is active. Only a pending user has an invitation.")
    typed = make_user("seven quiet herons", email="", login="rui")
    none = usher("invitations", "show", "rui", "--json").json["error"]
    assert none["message"].endswith(f"Send one: usher invitations resend {typed.id}")
