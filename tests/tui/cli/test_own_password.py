"""Users change their own password with `usher --as LOGIN users set-password LOGIN`."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import CliRunner

from store import keys, settings, signin
from store.database import Store
from store.errors import SignInRefused
from store.models import UserRow
from store.session import Guest, Session, came_by_ssh
from store.values import Door, Origin, User
from tests.conftest import PASSWORD, FakeClock
from tests.public_keys import ED25519
from tests.tui.cli.conftest import Usher
from tui.cli import usher as root
from tui.cli.request import Request

MakeUser = Callable[..., User]
pytestmark = pytest.mark.usefixtures("owner")
TEMPORARY, NEW = "handed over in person", "seven quiet herons"
OWN = ("users", "set-password")


@pytest.fixture
def ana(make_user: MakeUser) -> User:
    return make_user(TEMPORARY, first_name="Ana", login="ana", email="ana@acme.ua")


def enter(store: Store, login: str, password: str) -> signin.SignedIn:
    return signin.sign_in(store, login, password, Door.USHER, Origin())


def change(usher: Usher, login: str, *lines: str, words: tuple[str, ...] = ()) -> tuple[int, str]:
    answer = usher(
        "--as", login, *OWN, login, "--password-stdin", *words, stdin="\n".join((*lines, ""))
    )
    return answer.code, answer.out + answer.err


def test_the_current_password_comes_first_and_the_new_one_next(usher: Usher, store: Store) -> None:
    code, out = change(usher, "olga", PASSWORD, NEW)
    assert (code, "Changed the password of Olga" in out) == (0, True)
    assert not enter(store, "olga", NEW).must_change_password
    with pytest.raises(SignInRefused):
        enter(store, "olga", PASSWORD)


@pytest.mark.parametrize("who", ["ana", "ANA", "ana@acme.ua", "{id}"])
def test_every_name_of_oneself_is_oneself(usher: Usher, store: Store, ana: User, who: str) -> None:
    """WHO is an id, a login or an email address in any spelling."""
    answer = usher("--as", "ana", *OWN, who.format(id=ana.id), "--password-stdin",
                   stdin=f"{TEMPORARY}\n{NEW}\n")  # fmt: skip
    assert answer.code == 0, answer
    assert not enter(store, "ana", NEW).must_change_password


def test_a_temporary_password_can_be_changed_and_nothing_else(
    usher: Usher, store: Store, ana: User, make_user: MakeUser
) -> None:
    """Sign-in check 8: all other refusals show the command, and the command works."""
    other = make_user("a lantern over there", login="rui")
    for words in (("users", "show", "ana"), (*OWN, str(other.id))):
        answer = usher("--as", "ana", "--json", *words, stdin=f"{TEMPORARY}\n{NEW}\n")
        assert answer.json["error"]["code"] == "password_change_required"
        remedy = "usher --as ana users set-password ana --password-stdin"
        assert answer.json["error"]["message"].endswith(f": {remedy}")
    assert change(usher, "ana", TEMPORARY, NEW)[0] == 0
    assert usher("--as", "ana", "users", "show", "ana", stdin=f"{NEW}\n").code == 0


def test_an_expired_password_can_be_changed(
    usher: Usher, store: Store, owner: Session, clock: FakeClock
) -> None:
    with store.write(owner):
        past = clock() - timedelta(days=121)
        UserRow.update(password_set_at=past).where(UserRow.login == "olga").execute()
    assert enter(store, "olga", PASSWORD).must_change_password
    assert change(usher, "olga", PASSWORD, NEW)[0] == 0
    assert not enter(store, "olga", NEW).must_change_password


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("wrong", NEW), 4),
        ((PASSWORD,), 2),
        ((PASSWORD, "short"), 3),
        ((PASSWORD, PASSWORD), 3),
    ],
)
def test_what_cannot_be_changed_is_refused_and_nothing_is_said_of_the_passwords(
    usher: Usher, store: Store, lines: tuple[str, ...], code: int
) -> None:
    found, out = change(usher, "olga", *lines)
    assert found == code
    assert not any(f"“{line}”" in out or f" {line} " in out for line in (*lines, NEW))
    assert enter(store, "olga", PASSWORD)


def test_generate_is_for_other_users(usher: Usher, store: Store) -> None:
    answer = usher("--as", "olga", *OWN, "olga", "--generate", stdin=f"{PASSWORD}\n")
    assert (answer.code, "--password-stdin" in answer.err) == (2, True)
    assert enter(store, "olga", PASSWORD)


def test_a_dry_run_changes_nothing(usher: Usher, store: Store) -> None:
    code, out = change(usher, "olga", PASSWORD, NEW, words=("--dry-run",))
    assert (code, "change_password" in out) == (0, True)
    assert enter(store, "olga", PASSWORD)


def test_a_key_does_not_stand_for_the_current_password(store: Store, owner: Session) -> None:
    """After sign-in with a key over SSH, the current password is the first line.

    A wrong one counts, even in a dry run.
    """
    keys.add(owner, "olga", ED25519.line)
    settings.change(owner, "ssh.key_is_enough", "yes")
    guest = Guest("203.0.113.9", ED25519.fingerprint, owner.user, "olga")
    came_by_ssh(guest)

    def run(*words: str, stdin: str) -> tuple[int, str]:
        request = Request(
            open_store=lambda _url=None, **_how: store, guest=guest, key_is_enough=True
        )
        result = CliRunner().invoke(root, [*OWN, "olga", *words], input=stdin, obj=request)
        return result.exit_code, result.stdout

    for words in ((), ("--dry-run",)):
        code, out = run("--password-stdin", "--json", *words, stdin=f"wrong\n{NEW}\n")
        assert (code, json.loads(out)["error"]["code"]) == (4, "sign_in_refused")
    with store.read():
        assert UserRow.get(UserRow.login == "olga").attempts == 2
    assert run("--password-stdin", stdin=f"{PASSWORD}\n{NEW}\n")[0] == 0
    assert enter(store, "olga", NEW)
