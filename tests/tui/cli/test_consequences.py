"""Commands and previews say what they end and which command to run next."""

import pytest

from store import users
from store.session import Session
from store.values import User
from tests.store.standing import MakeUser, activate
from tests.tui.cli.conftest import Usher


@pytest.fixture
def max_(owner: Session, make_user: MakeUser) -> User:
    return make_user(first_name="Max", last_name="Nash", email="max.nahs@acme.ua", login="max")


def test_the_command_says_what_it_ended_and_so_does_its_preview(
    usher: Usher, owner: Session, max_: User
) -> None:
    words = ("users", "edit", "max", "--email", "max.nash@acme.ua")
    line = (
        "The invitation to max.nahs@acme.ua no longer works. A new one is queued to"
        " max.nash@acme.ua."
    )
    preview = usher(*words, "--dry-run")
    assert line in preview.out.splitlines()
    assert "letter invitation to max.nash@acme.ua" in preview.out
    done = usher(*words)
    assert line in done.out.splitlines()


def test_the_command_names_the_next_one(usher: Usher, owner: Session, make_user: MakeUser) -> None:
    ana = activate(owner, make_user(email="ana@acme.ua", login="ana"))
    done = usher("users", "edit", "ana", "--email", "anna@acme.ua")
    assert done.out.splitlines()[-2:] == [
        "A notice is queued to ana@acme.ua.",
        f"anna@acme.ua is not confirmed. Next: usher users send-confirmation {ana.id}",
    ]
    assert usher("users", "send-confirmation", str(ana.id)).code == 0


@pytest.mark.parametrize("words", [("set-password", "max"), ("rename", "max", "--login", "mn")])
def test_a_new_password_says_that_it_ended_the_invitation(
    usher: Usher, owner: Session, max_: User, words: tuple[str, ...]
) -> None:
    preview = usher("users", *words, "--generate", "--dry-run")
    done = usher("users", *words, "--generate")
    for answer in (preview, done):
        assert answer.code == 0
        assert "The invitation that was sent no longer works." in answer.out.splitlines()


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_release_names_the_old_and_the_new_login(
    usher: Usher, owner: Session, make_user: MakeUser, dry_run: bool
) -> None:
    ana = make_user(email="ana@acme.ua", login="")
    users.deactivate(owner, ana.id)
    answer = usher("users", "release", str(ana.id), *(["--dry-run"] if dry_run else []))
    assert answer.out.splitlines()[-1] == f"  the login changes from ana@acme.ua to user-{ana.id}"
