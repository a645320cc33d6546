"""The screen of keys, the form for one, and the password that dangerous things ask for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events

from store import keys, settings, signin, users
from store.database import Store
from store.exchange.options import Options
from store.session import Guest, Session, came_by_ssh
from store.signin import SignedIn
from store.values import Door, Key, Origin, User
from tests.conftest import PASSWORD, FakeClock, session_of
from tests.public_keys import DSA, ECDSA, ED25519
from tests.tui.driving import settled
from tests.tui.one_screen import Seat, sit, visit_of
from tui.screens.import_run import ImportRun
from tui.screens.key_form import KeyForm
from tui.screens.keys import Keys
from tui.screens.person import Person
from tui.screens.profile import Profile
from tui.screens.sign_in import SignIn
from tui.screens.user_form import UserForm

Make = Callable[..., User]


async def paste(seat: Seat, text: str) -> None:
    """Put a text in at once, as a terminal hands over what was pasted."""
    seat.app.post_message(events.Paste(text))
    await settled(seat.pilot)


def olga(session: Session) -> User:
    return users.show(session, "olga")


def test_an_empty_list_says_what_to_do_and_a_pasted_line_becomes_a_key(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        assert "There are none yet. n adds one" in seat.text
        await seat.press("n")
        await paste(seat, f"{ED25519.line}\n")
        assert ED25519.fingerprint in seat.text
        await seat.press("f2")
        assert "1 key" in seat.text
        assert "✓ Added" in seat.text
        line = seat.line("olga@notebook")
        assert "ed25519" in line
        assert "never used" in line
        await seat.press("q")

    assert sit(Keys(visit_of(owner), olga(owner)), steps) is None
    assert [key.fingerprint for key in keys.keys_of(owner, "olga")] == [ED25519.fingerprint]


def test_a_line_is_judged_while_it_is_typed(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await seat.type("ssh-dss x")
        assert "DSA keys are too weak" in seat.text
        await seat.press(*["backspace"] * 9)
        await paste(seat, ECDSA.line)
        assert "▲" not in seat.text
        assert ECDSA.fingerprint in seat.text
        await seat.press("ctrl+o")
        assert "usher keys add 1 FILE" in seat.text
        await seat.press("escape", "f2")

    added = sit(KeyForm(visit_of(owner), olga(owner)), steps)
    assert isinstance(added, Key)


def test_what_is_no_key_is_not_added(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await paste(seat, DSA)
        await seat.press("f2")
        assert "DSA keys are too weak" in seat.text
        await seat.press("escape")
        assert "The key has not been added." in seat.text
        await seat.press("right", "enter")

    assert sit(KeyForm(visit_of(owner), olga(owner)), steps) is None
    assert keys.keys_of(owner, "olga") == ()


def test_a_key_is_removed_after_a_question_that_names_it(owner: Session) -> None:
    keys.add(owner, "olga", ED25519.line)
    keys.add(owner, "olga", ECDSA.line)

    async def steps(seat: Seat) -> None:
        await seat.press("x", "enter")
        assert "2 keys" in seat.text
        await seat.press("j", "ctrl+o")
        assert f"usher keys remove {ECDSA.fingerprint[:40]}" in seat.text
        await seat.press("escape", "x")
        assert "Remove this key of Olga Bakum?" in seat.text
        await seat.press("y")
        assert "1 key" in seat.text

    sit(Keys(visit_of(owner), olga(owner)), steps)
    assert [key.fingerprint for key in keys.keys_of(owner, "olga")] == [ED25519.fingerprint]


@pytest.mark.parametrize("page", ["profile", "person"])
def test_the_keys_are_reached_from_ones_profile_and_from_a_persons_page(
    owner: Session, page: str
) -> None:
    visit = visit_of(owner)

    async def steps(seat: Seat) -> None:
        assert "K keys" in seat.text
        await seat.press("K")
        assert "Olga Bakum · Keys" in seat.text

    sit(Profile(visit) if page == "profile" else Person(visit, olga(owner)), steps)


def test_an_admin_sees_anothers_keys_and_changes_only_those_of_standard_users(
    owner: Session, store: Store, make_user: Make
) -> None:
    """DESIGN 3.6."""
    adam = session_of(store, make_user(login="adam", admin=True))
    maria = make_user(login="maria")
    keys.add(owner, "olga", ED25519.line)

    async def looks(seat: Seat) -> None:
        assert "olga@notebook" in seat.text
        for key in ("n", "x"):
            await seat.press(key)
            assert "▲ Only the owner can do this to the owner" in seat.text

    async def adds(seat: Seat) -> None:
        await seat.press("n")
        await paste(seat, ECDSA.line)
        await seat.press("f2")
        assert "1 key" in seat.text

    sit(Keys(visit_of(adam), olga(adam)), looks)
    sit(Keys(visit_of(adam), maria), adds)


def test_the_password_is_asked_for_when_it_is_older_than_five_minutes(
    owner: Session, store: Store, clock: FakeClock
) -> None:
    """DESIGN 3.6: what asked for it is done then, or refused where one goes back."""
    clock.forward(minutes=6)

    async def steps(seat: Seat) -> None:
        await seat.press("n")
        await paste(seat, ED25519.line)
        await seat.press("f2")
        assert "Your password, once more" in seat.text
        await seat.press("escape")
        assert "This command requires your password" in seat.text
        await seat.press("f2")
        await seat.type("wrong")
        await seat.press("enter")
        assert "The current password is wrong." in seat.text
        assert keys.keys_of(owner, "olga") == ()
        await seat.type(PASSWORD)
        await seat.press("enter")
        assert "1 key" in seat.text

    sit(Keys(visit_of(owner), olga(owner)), steps)
    assert len(keys.keys_of(owner, "olga")) == 1


def test_a_form_that_changes_rights_asks_for_the_password_and_saves_then(
    owner: Session, clock: FakeClock, make_user: Make
) -> None:
    maria = make_user(login="maria")
    clock.forward(minutes=6)

    async def steps(seat: Seat) -> None:
        while seat.here != "admin":
            await seat.press("tab")
        await seat.press("space", "f2")
        assert "Your password, once more" in seat.text
        await seat.type(PASSWORD)
        await seat.press("enter")

    saved = sit(UserForm(visit_of(owner), maria), steps)
    assert isinstance(saved, User)
    assert saved.admin


def test_an_import_that_changes_others_asks_for_the_password_and_runs_then(
    owner: Session, clock: FakeClock, make_user: Make, tmp_path: Path
) -> None:
    maria = make_user(login="maria")
    file = tmp_path / "people.csv"
    file.write_text("login,position\nmaria,Lead\n")
    clock.forward(minutes=6)

    async def steps(seat: Seat) -> None:
        assert "Your password, once more" in seat.text
        await seat.type(PASSWORD)
        await seat.press("enter")
        assert "1 row is done." in seat.text

    sit(ImportRun(visit_of(owner), file, Options(update=True), 1), steps)
    assert users.show(owner, maria.id).position == "Lead"


def test_who_came_by_a_key_finds_their_login_and_gives_the_password(
    owner: Session, store: Store
) -> None:
    async def steps(seat: Seat) -> None:
        assert "Your SSH key says who you are" in seat.text
        assert "fixed" in seat.field("login")
        assert seat.here == "password"
        await seat.press("up")
        await seat.type("x")
        assert "another key is another person" in seat.text
        await seat.press("down")
        await seat.type(PASSWORD)
        await seat.press("enter")

    entered = sit(SignIn(store, "Acme", login="olga"), steps)
    assert isinstance(entered, SignedIn)
    assert entered.session.proof.at is not None


def by_key(store: Store, owner: Session, enough: str) -> None:
    """Olga has come by her key."""
    keys.add(owner, "olga", ED25519.line)
    settings.change(owner, "ssh.key_is_enough", enough)
    came_by_ssh(Guest("203.0.113.9", ED25519.fingerprint, owner.user, "olga"))


def test_where_a_key_is_enough_nothing_is_asked(owner: Session, store: Store) -> None:
    by_key(store, owner, "yes")

    async def steps(seat: Seat) -> None:
        pass

    entered = sit(SignIn(store, "Acme", login="olga", by_key=True), steps)
    assert isinstance(entered, SignedIn)
    assert entered.session.proof.at is None
    assert entered.session.origin.key == ED25519.fingerprint


def test_a_key_that_opens_nothing_is_refused_as_every_sign_in_is(
    owner: Session, store: Store
) -> None:
    by_key(store, owner, "no")

    async def steps(seat: Seat) -> None:
        assert "▲ Login or password not accepted." in seat.text
        await seat.type(PASSWORD)
        await seat.press("enter")

    entered = sit(SignIn(store, "Acme", login="olga", by_key=True), steps)
    assert isinstance(entered, SignedIn)


def test_after_a_session_has_ended_a_key_alone_opens_no_other(owner: Session, store: Store) -> None:
    by_key(store, owner, "yes")

    async def steps(seat: Seat) -> None:
        assert "Your session has ended." in seat.text
        await seat.press("escape")

    ended = "Your session has ended. Sign in again."
    assert sit(SignIn(store, "Acme", ended, login="olga", by_key=True), steps) is None


def test_a_password_session_is_proved_by_its_sign_in(store: Store, owner: Session) -> None:
    session = signin.sign_in(store, "olga", PASSWORD, Door.USHER, Origin()).session
    keys.add(session, "olga", ED25519.line)
