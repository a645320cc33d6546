"""The screen of open sessions, and what open screens learn of their own."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.screen import Screen

from store import audit, signin, users
from store.database import Store
from store.models import SessionRow, UserRow
from store.session import Session, operator_session
from store.signin import sessions
from store.values import Door, Origin, User, Why
from tests.conftest import PASSWORD, FakeClock
from tests.public_keys import ED25519
from tests.tui.driving import drive, settled
from tests.tui.one_screen import Seat, sit, visit_of
from tui.app import Usher
from tui.screens.person import Person
from tui.screens.profile import Profile
from tui.screens.sessions import Sessions
from tui.screens.users import Users

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

TEMPORARY = "nine wet umbrellas"
OWN = "a lantern over the harbour"
Make = Callable[..., User]


def enter(store: Store, login: str, password: str = TEMPORARY, address: str = "") -> Session:
    origin = Origin("root", address or "203.0.113.9", "pts/1")
    with store.write(operator_session(store)):
        UserRow.update(password_temporary=False).execute()
    return signin.sign_in(store, login, password, Door.USHER, origin).session


@pytest.fixture
def ana(make_user: Make) -> User:
    return make_user(TEMPORARY, login="ana", first_name="Ana", last_name="Silva")


def test_one_session_is_ended_after_a_question_that_names_it(
    store: Store, owner: Session, ana: User
) -> None:
    first, second = enter(store, "ana"), enter(store, "ana", address="198.51.100.7")

    async def steps(seat: Seat) -> None:
        assert "2 sessions" in seat.text
        await seat.press("x", "enter")
        assert "2 sessions" in seat.text
        await seat.press("ctrl+o")
        assert f"usher users sessions {ana.id} --end {second.row}" in seat.text
        await seat.press("escape", "x")
        assert "End this session of Ana Silva?" in seat.text
        assert "usher, 198.51.100.7." in seat.text
        await seat.press("y")
        assert "✓ 1 session has ended." in seat.text
        assert "203.0.113.9" in seat.text
        await seat.press("q")

    assert sit(Sessions(visit_of(owner), ana), steps) is None
    assert not signin.still_open(store, second.row or 0)
    assert signin.still_open(store, first.row or 0)


def test_all_others_are_ended_and_the_own_one_stays(
    store: Store, owner: Session, ana: User
) -> None:
    here = enter(store, "olga", PASSWORD)
    enter(store, "olga", PASSWORD)
    enter(store, "olga", PASSWORD)

    async def steps(seat: Seat) -> None:
        assert "3 sessions" in seat.text
        await seat.press("G", "x")
        assert "You sit in this one" in seat.text
        await seat.press("X")
        assert "End all other sessions of Olga Bakum?" in seat.text
        assert "2 sessions end." in seat.text
        await seat.press("y")
        assert "1 session" in seat.text
        assert "this one" in seat.text
        await seat.press("X")
        assert "There is no other session to end." in seat.text

    sit(Sessions(visit_of(here), users.show(here, "olga")), steps)


def test_an_empty_list_says_so(owner: Session, ana: User) -> None:
    async def steps(seat: Seat) -> None:
        assert "Ana Silva is signed in nowhere." in seat.text
        await seat.press("x")
        assert "There is no session to end." in seat.text

    sit(Sessions(visit_of(owner), ana), steps)


def test_an_admin_looks_at_the_sessions_of_an_admin_but_ends_none(
    store: Store, owner: Session, make_user: Make
) -> None:
    """DESIGN 3.6."""
    make_user(TEMPORARY, login="ada", admin=True)
    ada = enter(store, "ada")
    enter(store, "olga", PASSWORD)

    async def steps(seat: Seat) -> None:
        assert "1 session" in seat.text
        await seat.press("x")
        assert "Only the owner can do this to the owner" in seat.text

    sit(Sessions(visit_of(ada), users.show(ada, "olga")), steps)


@pytest.mark.parametrize("page", ["list", "person", "profile"])
def test_they_are_reached_from_the_list_a_page_and_the_profile(owner: Session, page: str) -> None:
    visit = visit_of(owner)
    screens: dict[str, Screen[Any]] = {
        "list": Users(visit),
        "person": Person(visit, visit.actor),
        "profile": Profile(visit),
    }

    async def steps(seat: Seat) -> None:
        await seat.press("S")
        assert "Olga Bakum · Sessions" in seat.text

    sit(screens[page], steps)


# What an open screen learns of its own session

Steps = Callable[["At"], Awaitable[None]]


class At(Seat):
    """A seat before the whole application."""

    async def wait(self) -> None:
        """Let the moment come at which it is asked whether the session stands."""
        standing = self.app.standing  # type: ignore[attr-defined]
        if standing is not None:
            standing.ask()
        await settled(self.pilot)


def open_screens(store: Store, session: Session, steps: Steps) -> None:
    drive(Usher(store, session), lambda pilot: steps(At(pilot)))


WAYS: dict[str, tuple[str, ...]] = {
    "the list": (),
    "a form with typed text": ("n", *"Half typed"),
    "a question over a form": ("n", *"Half typed", "escape"),
    "help": ("question_mark",),
    "the password once more": ("m", "K", "n", *"ssh"),
}


@pytest.mark.parametrize("way", WAYS)
def test_whoever_is_ended_is_told_without_a_key_wherever_they_are(
    store: Store, owner: Session, way: str
) -> None:
    """CHECKLIST E40: within five seconds, by the poll."""
    session = enter(store, "olga", PASSWORD)

    async def steps(at: At) -> None:
        await at.press(*WAYS[way])
        await at.wait()
        assert "Sign in with your login" not in at.text
        sessions.end(owner, "olga", session.row)
        await at.wait()
        assert "This session was ended by an administrator" in at.text
        assert "Sign in with your login" in at.text
        assert "Half typed" not in at.text
        # Whoever was here is named already, and a password goes on where it cannot be read.
        await at.type(PASSWORD)
        await at.press("enter")
        assert "People" in at.text
        await at.wait()
        assert "People" in at.text

    open_screens(store, session, steps)


def test_a_locked_screen_tells_it_too(store: Store, owner: Session, clock: FakeClock) -> None:
    session = enter(store, "olga", PASSWORD)

    async def steps(at: At) -> None:
        clock.forward(minutes=15)
        at.app.look_at_idle()  # type: ignore[attr-defined]
        await settled(at.pilot)
        assert "Locked" in at.text
        with store.write(owner) as unit:
            sessions.end_all(unit, owner.user or 0, Why.PASSWORD)
        await at.wait()
        assert "Your password was reset" in at.text
        assert "Locked" not in at.text

    open_screens(store, session, steps)


def test_after_twelve_hours_the_sign_in_is_there_without_a_key(
    store: Store, owner: Session, clock: FakeClock
) -> None:
    """CHECKLIST E39."""
    session = enter(store, "olga", PASSWORD)

    async def steps(at: At) -> None:
        clock.forward(hours=12, seconds=1)
        await at.wait()
        assert "Your session has reached its maximum length." in at.text

    open_screens(store, session, steps)


def test_open_screens_give_word_and_write_nothing_into_the_history(
    store: Store, owner: Session, clock: FakeClock
) -> None:
    session = enter(store, "olga", PASSWORD)
    before = audit.count(owner)

    async def steps(at: At) -> None:
        clock.forward(seconds=3)
        await at.wait()
        with store.read():
            assert SessionRow.get_by_id(session.row).seen == clock()
        clock.forward(seconds=3)
        await at.wait()
        with store.read():
            assert SessionRow.get_by_id(session.row).seen != clock(), "every tenth time alone"

    open_screens(store, session, steps)
    assert audit.count(owner) == before


def test_a_database_that_is_away_is_no_drama(
    store: Store, owner: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = enter(store, "olga", PASSWORD)

    async def steps(at: At) -> None:
        before = at.text
        with monkeypatch.context() as patch:
            patch.setattr(store.database, "database", "/nowhere/at/all.db")
            await at.wait()
        assert at.text == before
        with store.write(owner):
            UserRow.update(status="pending", owner=False, admin=False).execute()
            SessionRow.update(ended=store.now(), why=Why.BLOCKED).execute()
        await at.wait()
        assert "You have been blocked, so" in at.text

    open_screens(store, session, steps)


def test_nothing_is_asked_before_somebody_is_signed_in(store: Store, owner: Session) -> None:
    async def steps(at: At) -> None:
        assert at.app.standing is None  # type: ignore[attr-defined]
        await at.type("olga")
        await at.press("tab")
        await at.type(PASSWORD)
        await at.press("enter")
        assert at.app.standing is not None  # type: ignore[attr-defined]

    drive(Usher(store), lambda pilot: steps(At(pilot)))


# Wrong passwords count on every screen that asks for one (CHECKLIST B18)

ASKING: dict[str, tuple[str, ...]] = {
    "the locked screen": (),
    "before something dangerous": ("m", "K", "n"),
    "one's own password": ("m", "s"),
}
LOCKED_OUT = "Too many wrong passwords, so your session has ended"


@pytest.mark.parametrize("where", ASKING)
def test_the_sixth_wrong_one_ends_the_session_of_whoever_sits_there(
    store: Store, owner: Session, clock: FakeClock, make_user: Make, where: str
) -> None:
    make_user(TEMPORARY, login="ada", admin=True)
    make_user(TEMPORARY, login="eva", admin=True)
    session = enter(store, "ada")

    async def wrong(at: At) -> None:
        if where == "one's own password":
            await at.press("ctrl+u")
            await at.type("wrong")
            await at.press("tab", "ctrl+u")
            await at.type(OWN)
            await at.press("tab", "ctrl+u")
            await at.type(OWN)
            await at.press("f2")
        else:
            await at.type("wrong")
            await at.press("f2")

    async def steps(at: At) -> None:
        await at.press(*ASKING[where])
        if where == "the locked screen":
            clock.forward(minutes=15)
            at.app.look_at_idle()  # type: ignore[attr-defined]
            await settled(at.pilot)
        elif where == "before something dangerous":
            clock.forward(minutes=6)
            await at.type(ED25519.line)
            await at.press("f2")
            assert "once more" in at.text
        for _attempt in range(5):
            await wrong(at)
            assert LOCKED_OUT not in at.text
        await wrong(at)
        assert LOCKED_OUT in at.text
        assert "Sign in with your login" in at.text

    open_screens(store, session, steps)
    assert users.show(owner, "ada").locks == ("passwords",)
    with store.read():
        assert SessionRow.get_by_id(session.row).why == Why.LOCKED


def test_six_wrong_ones_at_the_sign_in_lock_and_look_like_any_other(
    store: Store, owner: Session, ana: User
) -> None:
    looks = set()

    async def steps(at: At) -> None:
        await at.type("ana")
        await at.press("tab")
        for word in (*["wrong"] * 6, TEMPORARY):
            await at.type(word)
            await at.press("enter")
            looks.add(at.text)

    drive(Usher(store), lambda pilot: steps(At(pilot)))
    assert len(looks) == 1
    assert users.show(owner, "ana").locks == ("passwords",)
