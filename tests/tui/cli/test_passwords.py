"""`users set-password`, `users rename`, `forgot`, `reset`, `maintain` (DESIGN 5)."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner

from store import signin
from store.database import Store
from store.errors import SignInRefused
from store.session import Guest, Session
from store.values import Door, Origin, User
from tests.conftest import PASSWORD, FakeClock
from tests.store.test_storing import code_of_letter, letters
from tests.tui.cli.conftest import Usher
from tui.cli import usher as root
from tui.cli.request import Request

MakeUser = Callable[..., User]
NEW = "seven quiet herons"


@pytest.fixture
def ana(make_user: MakeUser) -> User:
    return make_user("handed over in person", first_name="Ana", login="ana", email="ana@acme.ua")


def enter(store: Store, login: str, password: str) -> signin.SignedIn:
    return signin.sign_in(store, login, password, Door.USHER, Origin())


def test_a_generated_one_is_printed_once(usher: Usher, store: Store, ana: User) -> None:
    answer = usher("users", "set-password", "ana", "--generate", "--json").json
    assert answer["id"] == ana.id
    assert enter(store, "ana", answer["temporary_password"]).must_change_password
    told = usher("users", "set-password", "ana", "--generate").out
    assert "Temporary password, shown this once: " in told
    assert "within 72 hours" in told


def test_one_by_stdin_stands_behind_the_actors(usher: Usher, store: Store, ana: User) -> None:
    answer = usher(
        "users", "set-password", "ana", "--as", "olga", "--password-stdin", "--json",
        stdin=f"{PASSWORD}\n{NEW}\n",
    )  # fmt: skip
    assert answer.code == 0
    assert "temporary_password" not in answer.json
    assert enter(store, "ana", NEW)


@pytest.mark.parametrize(
    ("words", "stdin", "code"),
    [
        (("--generate", "--password-stdin"), "x\n", 2),
        ((), "", 2),
        ((), "short\n", 3),
        ((), "handed over in person\n", 3),
    ],
)
def test_what_cannot_be_is_refused(
    usher: Usher, ana: User, words: tuple[str, ...], stdin: str, code: int
) -> None:
    assert usher("users", "set-password", "ana", *words, stdin=stdin).code == code


def test_on_the_owner_the_host_needs_a_reason(usher: Usher, store: Store, owner: Session) -> None:
    """The way back of an owner who is locked out (CHECKLIST B23)."""
    refused = usher("users", "set-password", "olga", "--generate")
    assert (refused.code, "--reason" in refused.err) == (4, True)
    answer = usher("users", "set-password", "olga", "--generate", "--reason", "phoned", "--json")
    assert enter(store, "olga", answer.json["temporary_password"]).must_change_password


def test_who_is_locked_is_said_to_be(usher: Usher, store: Store, ana: User) -> None:
    for _number in range(6):
        with pytest.raises(SignInRefused):
            enter(store, "ana", "wrong")
    told = usher("users", "set-password", "ana", "--generate").out
    assert f"Still locked: usher users unlock {ana.id}" in told


def test_a_rename_prints_the_user_and_the_password(usher: Usher, store: Store, ana: User) -> None:
    answer = usher("users", "rename", "ana", "--login", "anna.k", "--generate", "--json").json
    assert answer["login"] == "anna.k"
    assert enter(store, "anna.k", answer["temporary_password"]).must_change_password
    assert "now signs in as" in usher("users", "rename", "anna.k", "--login", "a.k", stdin=NEW).out


def test_a_login_that_is_taken_is_6(usher: Usher, ana: User) -> None:
    answer = usher("users", "rename", "ana", "--login", "OLGA", "--generate", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (6, "conflict")
    assert answer.json["error"]["problems"][0]["holder"]["login"] == "olga"


def test_a_rehearsal_tells_the_letter_and_writes_nothing(
    usher: Usher, store: Store, ana: User
) -> None:
    told = usher("users", "rename", "ana", "--login", "anna", "--generate", "--dry-run").out
    assert "letter renamed to ana@acme.ua" in told
    assert enter(store, "ana", "handed over in person")


def test_forgot_says_the_same_to_everybody(usher: Usher, store: Store, ana: User) -> None:
    """CHECKLIST C27."""
    for words in ((), ("--json",)):
        answers = {usher("forgot", who, *words) for who in ("ana@acme.ua", "x@acme.ua", "")}
        assert len(answers) == 1
        assert answers.pop().code == 0
    assert letters(store, "reset") == ["ana@acme.ua"] * 2


@pytest.mark.parametrize("by_stdin", [True, False])
def test_reset_takes_the_code_as_a_word_or_by_stdin(
    usher: Usher, store: Store, ana: User, by_stdin: bool
) -> None:
    usher("forgot", "ana@acme.ua")
    code = code_of_letter(store, "reset")
    words, stdin = (("-",), f"{code}\n{NEW}\n") if by_stdin else ((code,), f"{NEW}\n")
    answer = usher("reset", *words, "--password-stdin", "--json", stdin=stdin)
    assert answer.json["status"] == "active"
    assert not enter(store, "ana", NEW).must_change_password
    again = usher("reset", *words, "--json", stdin=stdin)
    assert (again.code, again.json["error"]["code"]) == (4, "code_refused")


def test_a_weak_password_leaves_the_code_good(usher: Usher, store: Store, ana: User) -> None:
    usher("forgot", "ana@acme.ua")
    code = code_of_letter(store, "reset")
    assert usher("reset", code, stdin="short\n").code == 3
    assert usher("reset", code, stdin=f"{NEW}\n").code == 0


@pytest.mark.parametrize("words", [("forgot", "ana@acme.ua"), ("reset", "abc"), ("maintain",)])
def test_they_are_the_hosts(store: Store, owner: Session, words: tuple[str, ...]) -> None:
    """Whoever comes over SSH has them at the sign-in of the screens."""
    request = Request(open_store=lambda _url=None, **_how: store, guest=Guest("203.0.113.9"))
    answer = CliRunner().invoke(root, words, obj=request)
    assert (answer.exit_code, "not for SSH" in answer.stderr) == (4, True)


def test_maintain_tells_what_it_did(
    usher: Usher, store: Store, owner: Session, clock: FakeClock
) -> None:
    clock.forward(days=119)
    assert "letter password_expires to olga@acme.com.ua" in usher("maintain", "--dry-run").out
    done = {"reminded": 1, "codes": 0, "sessions": 0, "sources": 0, "letters": 0,
            "handed": 0, "erased": 0, "damage": None}  # fmt: skip
    assert usher("maintain", "--json").json == done
    assert usher("maintain").out.startswith("0 letters")
