"""`usher users block` and its like: one person, several, rehearsals, and the way back."""

from collections.abc import Callable

import pytest

from store import audit, users
from store.session import Session
from store.values import User
from tests.conftest import PASSWORD
from tests.tui.cli.conftest import Usher

MakeUser = Callable[..., User]


def test_one_person_is_printed_as_they_are_now(
    usher: Usher, owner: Session, make_user: MakeUser
) -> None:
    user = make_user()
    answer = usher("users", "block", str(user.id), "--reason", "left", "--json").json
    assert (answer["id"], answer["status"]) == (user.id, "blocked")
    assert audit.history(owner, user.id)[0].reason == "left"
    said = usher("users", "unblock", user.login)
    assert said.out == (
        f"{user.full_name} (user {user.id}) is not blocked any more, but pending.\n"
        f"  The invitation has ended. Next: usher invitations resend {user.id}\n"
    )


def test_every_verb_of_status_has_its_words(
    usher: Usher, owner: Session, make_user: MakeUser
) -> None:
    user = make_user(email="ana@acme.com.ua", login="")
    for verb, status in (
        ("confirm", "pending"),
        ("deactivate", "inactive"),
        ("release", "inactive"),
        ("restore", "pending"),
        ("block", "blocked"),
        ("remove", "removed"),
    ):
        answer = usher("users", verb, str(user.id), "--json")
        assert answer.code == 0, answer
        assert answer.json["status"] == status
    assert answer.json["login"] == f"#{user.id}"
    assert usher("users", "show", str(user.id)).code == 5


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("unlock", "is not locked. See the sign-in checks: usher users why"),
        ("unblock", "is pending, not blocked. There is nothing to unblock."),
        ("restore", "not deactivated. There is nothing to restore."),
        ("release", "usher users deactivate"),
    ],
)
def test_what_leads_nowhere_is_refused_by_a_rule(
    usher: Usher, make_user: MakeUser, verb: str, words: str
) -> None:
    refused = usher("users", verb, str(make_user().id))
    assert refused.code == 3
    assert words in refused.err


def test_several_are_a_ledger_and_end_with_eight_where_some_were_refused(
    usher: Usher, owner: Session, make_user: MakeUser
) -> None:
    first, second, third = (make_user() for _n in range(3))
    users.block(owner, second.id)
    whom = (str(first.id), second.login, third.email, "nobody")
    rehearsed = usher("users", "block", *whom, "--dry-run", "--json")
    assert rehearsed.code == 8
    answer = usher("users", "block", *whom, "--json")
    assert answer.code == 8
    ended = "the invitation no longer works"
    assert answer.json == {
        "ledger": [
            {"user": first.id, "outcome": "blocked", "message": ended},
            {
                "user": second.id,
                "outcome": "wrong_status",
                "message": f"{second.full_name} is blocked already."
                f" Unblock the user: usher users unblock {second.id}",
            },
            {"user": third.id, "outcome": "blocked", "message": ended},
            {
                "user": None,
                "outcome": "not_found",
                "message": "No user “nobody”. Enter an id, a login or an email address.",
            },
        ]
    }
    assert rehearsed.json == {"dry_run": True, **answer.json}
    lifted = usher("users", "unblock", str(first.id), str(third.id))
    assert lifted.code == 0
    assert "2 done, 0 refused." in lifted.out
    assert first.full_name in lifted.out


def test_a_rehearsal_of_one_says_what_would_be_written(usher: Usher, make_user: MakeUser) -> None:
    user = make_user()
    answer = usher("users", "remove", user.login, "--dry-run", "--json").json
    assert [entry["verb"] for entry in answer["entries"]] == ["remove"]
    assert answer["entries"][0]["changes"]["letters"] == [1, 0]
    assert usher("users", "show", user.login).code == 0


def test_an_admin_acts_with_their_password(
    usher: Usher, owner: Session, make_user: MakeUser
) -> None:
    user = make_user()
    answer = usher(
        "--as", "olga", "users", "remove", user.login, "--password-stdin", stdin=f"{PASSWORD}\n"
    )
    assert answer.code == 0
    assert answer.out.startswith(f"User {user.id} is removed. Login and address are free.\n")
    assert audit.history(owner, user.id)[0].actor == "olga"


def test_the_operator_needs_a_reason_on_an_admin_and_never_moves_the_owner(
    usher: Usher, owner: Session, make_user: MakeUser
) -> None:
    admin = make_user(admin=True, role="", teams=())
    assert usher("users", "block", admin.login).code == 4
    assert usher("users", "block", admin.login, "--reason", "stolen laptop").code == 0
    assert usher("users", "unblock", admin.login, "--reason", "found").code == 0
    refused = usher("users", "block", "olga", "--reason", "a coup", "--json")
    assert refused.code == 3
    assert refused.json["error"]["code"] == "owner_status"


def test_the_history_of_a_removed_user_is_asked_for_by_id(
    usher: Usher, owner: Session, make_user: MakeUser
) -> None:
    user = make_user(first_name="Kanarek")
    users.remove(owner, user.id)
    answer = usher("audit", "list", "--target", str(user.id))
    assert answer.code == 0
    assert "remove" in answer.out
    assert "Kanarek" not in answer.out
    assert usher("audit", "list", "--target", "4711").code == 5
    assert usher("audit", "verify").code == 0


def test_whoever_was_removed_is_invited_again_at_once(usher: Usher, owner: Session) -> None:
    """S3: the address is free, and the history says what became of whom."""
    address = "lesia@acme.com.ua"
    invite = ("invitations", "send", address, "--role", "Salesperson", "--json")
    (line,) = usher(*invite).json["ledger"]
    assert (line["outcome"], usher(*invite).json["ledger"][0]["outcome"]) == (
        "invited",
        "already_invited",
    )
    removed = usher("users", "show", address, "--json").json["id"]
    assert usher("users", "remove", address).code == 0
    assert usher("users", "show", address).code == 5
    assert usher(*invite).json["ledger"][0]["outcome"] == "invited"
    again = usher("users", "show", address, "--json").json["id"]
    assert again != removed
    done = usher("maintain")
    assert "What was left of 1 removed person is erased from the files." in done.out
    assert usher("maintain", "--json").json["erased"] == 0
    assert usher("audit", "verify", "--json").json["intact"]
    left = usher("audit", "list", "--target", str(removed), "--json").json["items"]
    assert [entry["verb"] for entry in left] == ["remove", "invite"]
    assert left[1]["changes"] == {}
