"""Accepting an invitation: by its code, once, in time (S3, DESIGN 3.5, CHECKLIST D30-D38)."""

from collections.abc import Callable

import pytest

from store import audit, settings, signin, users
from store.codes import Purpose
from store.database import Store
from store.errors import CodeRefused, Invalid, SignInRefused
from store.invitations.addresses import addresses
from store.invitations.pending import listed
from store.invitations.resend import resend
from store.invitations.revoke import revoke
from store.invitations.sending import send
from store.session import Session
from store.values import Door, Origin, Status, User
from tests.conftest import FakeClock
from tests.store.standing import MakeUser
from tests.store.test_storing import code_of_letter, letters, mint

SOURCE = Origin("root", "203.0.113.9")
OWN = "a lantern over the harbour"
NAMES = {"first_name": "Lesia", "last_name": "Shevchuk"}


@pytest.fixture
def code(store: Store, owner: Session) -> str:
    """Of an invitation to somebody of whom nothing is known but the address."""
    send(owner, addresses("lesia@acme.ua"))
    return code_of_letter(store, "invitation")


def accept(store: Store, code: str, password: str = OWN, **names: str) -> User:
    return signin.accept(store, code, password, source=SOURCE, **(names or NAMES))


def refused(store: Store, code: str) -> str:
    with pytest.raises(CodeRefused) as error:
        accept(store, code)
    return error.value.message


def test_by_accepting_one_is_active_confirmed_and_called_something(
    store: Store, owner: Session, code: str
) -> None:
    """S3: names and password; user and address confirmed; no session, no letter more."""
    user = accept(store, code)
    assert (user.status, user.full_name) == (Status.ACTIVE, "Lesia Shevchuk")
    assert (user.confirmed, user.email_confirmed, user.password) == (True, True, "own")
    assert users.show(owner, "lesia@acme.ua") == user
    assert listed(owner).total == 0
    with store.read():
        assert not store.sql("SELECT 1 FROM usher_session WHERE user_id = ?", user.id)
        assert not store.sql("SELECT 1 FROM usher_invitation")
    assert letters(store, "password_changed") == []
    entry = audit.history(owner, user.id)[0]
    assert (entry.verb, entry.actor) == ("accept", "lesia@acme.ua")
    assert entry.changes["first_name"] == ("", "Lesia")
    assert entry.changes["status"] == (Status.PENDING, Status.ACTIVE)
    assert signin.sign_in(store, "lesia@acme.ua", OWN, Door.PLATFORM, SOURCE)


def test_a_new_name_is_found_by_it(store: Store, owner: Session, code: str) -> None:
    from store import listing
    from store.values import Filters

    accept(store, code)
    found = listing.page(owner, Filters(search="shevch")).rows
    assert [row.login for row in found] == ["lesia@acme.ua"]


def test_names_are_asked_for_where_nobody_knows_them(
    store: Store, owner: Session, code: str
) -> None:
    """S1: as far as the setting requires them; the code is still good."""
    with pytest.raises(Invalid) as error:
        accept(store, code, "short", first_name="Lesia\x07")
    problems = [(one.field, one.code) for one in error.value.problems]
    assert problems[:2] == [("first_name", "control_characters"), ("last_name", "required")]
    assert ("password", "password_short") in problems
    settings.change(owner, "users.required", "first_name")
    assert accept(store, code, first_name="Lesia").full_name == "Lesia"
    send(owner, addresses("Rui Simoes <rui@acme.ua>"))
    known = accept(store, code_of_letter(store, "invitation"), last_name="Simões")
    assert known.full_name == "Rui Simões"


def test_a_password_may_not_be_made_of_the_names_that_come_with_it(store: Store, code: str) -> None:
    with pytest.raises(Invalid, match="password"):
        accept(store, code, "shevchuk12345")


EVENTS: dict[str, Callable[[Session, Store, FakeClock, str], object]] = {
    "used": lambda owner, store, clock, code: accept(store, code),
    "renewed": lambda owner, store, clock, code: resend(owner, "lesia@acme.ua"),
    "revoked": lambda owner, store, clock, code: revoke(owner, "lesia@acme.ua"),
    "expired": lambda owner, store, clock, code: clock.forward(days=7, seconds=1),
    "blocked": lambda owner, store, clock, code: users.block(owner, "lesia@acme.ua"),
    "another address": lambda owner, store, clock, code: users.edit(
        owner, "lesia@acme.ua", {"email": "b@acme.ua"}
    ),
}


@pytest.mark.parametrize("event", EVENTS)
def test_whatever_ended_it_the_answer_is_the_same_and_says_what_to_do(
    store: Store, owner: Session, clock: FakeClock, code: str, event: str
) -> None:
    unknown = refused(store, "never made")
    EVENTS[event](owner, store, clock, code)
    assert refused(store, code) == unknown
    assert "usher invitations resend" in unknown


def test_it_holds_to_the_last_second(store: Store, clock: FakeClock, code: str) -> None:
    clock.forward(days=7)
    assert accept(store, code).status is Status.ACTIVE


def test_a_code_is_good_for_one_thing_and_tells_for_which(
    store: Store, owner: Session, code: str
) -> None:
    """CHECKLIST D35: so that the sign-in screen asks for what belongs to it."""
    number = users.show(owner, "lesia@acme.ua").id
    reset = mint(owner, number)
    assert signin.purpose_of(store, code, SOURCE) is Purpose.INVITATION
    assert signin.purpose_of(store, reset, SOURCE) is Purpose.RESET
    assert refused(store, reset)
    with pytest.raises(CodeRefused):
        signin.reset(store, code, OWN, SOURCE)
    with pytest.raises(CodeRefused):
        signin.purpose_of(store, "never made", SOURCE)


def test_guesses_are_counted_over_all_ways_in(store: Store, clock: FakeClock, code: str) -> None:
    """CHECKLIST D38: ten, then even the right one waits."""
    for number in range(4):
        refused(store, f"guess {number}")
        with pytest.raises(CodeRefused):
            signin.reset(store, f"guess {number}", OWN, SOURCE)
    for number in range(2):
        with pytest.raises(CodeRefused):
            signin.purpose_of(store, f"guess {number}", SOURCE)
    refused(store, code)
    elsewhere = Origin("root", "198.51.100.7")
    assert signin.purpose_of(store, code, elsewhere) is Purpose.INVITATION
    clock.forward(minutes=5, seconds=1)
    assert accept(store, code).status is Status.ACTIVE


def test_what_is_used_first_ends_the_other(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """DESIGN 3.4: a temporary password, and the letter that invites."""
    user = make_user("handed over in person", email="ana@acme.ua")
    accept(store, code_of_letter(store, "invitation"))
    with pytest.raises(SignInRefused):
        signin.sign_in(store, user.login, "handed over in person", Door.USHER, SOURCE)
    other = make_user("handed over in person", email="bob@acme.ua")
    code = code_of_letter(store, "invitation")
    session = signin.sign_in(store, other.login, "handed over in person", Door.USHER, SOURCE)
    assert refused(store, code)
    signin.change_password(session.session, "handed over in person", OWN)
    with store.read():
        assert not store.sql("SELECT 1 FROM usher_invitation")


def test_the_lock_for_wrong_passwords_is_lifted_by_the_mailbox(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    """DESIGN 3.3."""
    user = make_user("handed over in person", email="ana@acme.ua")
    for _time in range(6):
        with pytest.raises(SignInRefused):
            signin.sign_in(store, user.login, "wrong", Door.USHER, SOURCE)
    assert accept(store, code_of_letter(store, "invitation")).locks == ()
