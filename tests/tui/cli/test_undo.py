"""`usher undo`: what would be put back, what was, and in which words."""

from collections.abc import Callable

from store import settings, users
from store.session import Session
from store.values import User
from tests.conftest import PASSWORD, FakeClock
from tests.tui.cli.conftest import Usher

MakeUser = Callable[..., User]


def test_it_says_what_would_be_put_back_and_what_was(
    usher: Usher, owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    settings.change(owner, "display.time_zone", "Europe/Kyiv")
    user = make_user("nine wet umbrellas", email="", phone="+380671234567")
    clock.forward(days=1)
    assert usher("undo").err == (
        "You have changed nothing in the last 24 hours. There is nothing to undo.\n"
    )
    clock.forward(minutes=1)
    usher("users", "edit", str(user.id), "--phone", "+380671234568", "--admin")
    put_back = [
        "admin: yes › no",
        "phone: +380671234568 › +380671234567",
    ]
    because = ("--reason", "the wrong Maria")
    rehearsed = usher("undo", "--dry-run", *because).out.splitlines()
    assert (
        rehearsed[0] == f"Would put back, of 2026-03-03 14:01: editing Maria Silva 1 ({user.id})."
    )
    assert sorted(line.strip() for line in rehearsed[1:]) == put_back
    assert users.show(owner, user.id).admin
    # From the host an admin is acted on with a reason alone (DESIGN 3.6).
    assert usher("undo").code == 4
    done = usher("undo", *because).out.splitlines()
    assert done == [line.replace("Would put", "Put") for line in rehearsed]
    assert users.show(owner, user.id).phone == "+380671234567"


def test_a_person_undoes_their_own_and_hears_what_does_not_come_back(
    usher: Usher, owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    user = make_user(email="ana@acme.ua")
    clock.forward(days=1)
    olga = ("--as", "olga", "--password-stdin")
    assert usher(*olga, "users", "block", str(user.id), stdin=f"{PASSWORD}\n").code == 0
    answer = usher(*olga, "undo", "--json", stdin=f"{PASSWORD}\n").json
    assert {name: answer[name] for name in ("dry_run", "verb", "target", "name")} == {
        "dry_run": False, "verb": "block", "target": user.id, "name": "Maria Silva 1",
    }  # fmt: skip
    assert answer["changes"] == {"status": ["blocked", "pending"]}
    assert answer["stays"] == ["1 code stays dead"]
    refused = usher("undo", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (3, "nothing_to_undo")
