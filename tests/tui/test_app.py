"""The whole application without a terminal: who comes in, what they see, how a visit ends."""

import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from store import settings, signin, users
from store.database import Store
from store.models import SessionRow, UserRow
from store.session import Session
from store.values import Door, Origin, User
from tests.conftest import PASSWORD, FakeClock
from tests.tui.driving import SMALL, drive, settled
from tests.tui.one_screen import Seat
from tui import incident
from tui.app import Usher, run
from tui.commands.registry import REGISTRY

Make = Callable[..., User]
Steps = Callable[[Seat], Awaitable[None]]
OWN = "a lantern over the harbour"


def visit(
    store: Store, steps: Steps, session: Session | None = None, size: tuple[int, int] = SMALL
) -> Usher:
    """Open the application and do something in it."""
    app = Usher(store, session)
    drive(app, lambda pilot: steps(Seat(pilot)), size)
    return app


async def sign_in(seat: Seat, login: str, password: str) -> None:
    await seat.fill(login)
    await seat.type(password)
    await seat.press("enter")


def test_the_first_run_shows_set_up_and_then_the_list(store: Store) -> None:
    async def steps(seat: Seat) -> None:
        assert "Set-up" in seat.text
        await seat.fill("Acme", "Olga", "Bakum", "olga@acme.com.ua", "", PASSWORD)
        await seat.type(PASSWORD)
        await seat.press("f2")
        assert "Acme · People" in seat.text
        assert "Bakum, Olga" in seat.text

    visit(store, steps)
    assert settings.account_name(store) == "Acme"


def test_an_admin_comes_to_the_list_and_leaves_by_q(store: Store, owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        assert "Acme" in seat.text
        await sign_in(seat, "olga", PASSWORD)
        assert "People" in seat.text
        await seat.press("q")

    app = visit(store, steps)
    assert app.return_code == 0
    with store.read():
        (row,) = SessionRow.select()
    assert row.ended is not None


def test_a_standard_user_sees_their_own_page_alone(
    store: Store, owner: Session, make_user: Make
) -> None:
    """DESIGN 3.6."""
    make_user("handed over in person", first_name="Rui", last_name="Mota", login="rui")
    temporary = signin.sign_in(store, "rui", "handed over in person", Door.USHER, Origin())
    signin.change_password(temporary.session, "handed over in person", OWN)

    async def steps(seat: Seat) -> None:
        await sign_in(seat, "rui", OWN)
        assert "Rui Mota" in seat.text
        await seat.press("q")

    assert visit(store, steps).return_code == 0


def test_a_temporary_password_leads_to_a_new_one_and_nowhere_else(
    store: Store, make_user: Make
) -> None:
    """Gate 8 (S0)."""
    make_user("handed over in person", login="ada", admin=True)

    async def steps(seat: Seat) -> None:
        await sign_in(seat, "ada", "handed over in person")
        assert "Your password is temporary" in seat.text
        await seat.fill("handed over in person", OWN)
        await seat.type(OWN)
        await seat.press("f2")
        assert "People" in seat.text

    visit(store, steps)
    assert not signin.sign_in(store, "ada", OWN, Door.USHER, Origin()).must_change_password


def test_who_does_not_choose_a_new_password_is_out_again(store: Store, make_user: Make) -> None:
    make_user("handed over in person", login="ada", admin=True)

    async def steps(seat: Seat) -> None:
        await sign_in(seat, "ada", "handed over in person")
        await seat.press("escape")

    visit(store, steps)
    with store.read():
        assert SessionRow.select().where(SessionRow.ended.is_null()).count() == 0


def test_the_screen_locks_after_fifteen_idle_minutes_and_keeps_what_was_typed(
    store: Store, owner: Session, clock: FakeClock
) -> None:
    """CHECKLIST E39."""

    async def steps(seat: Seat) -> None:
        await seat.press("n")
        await seat.type("Half typed")
        clock.forward(minutes=14, seconds=59)
        seat.app.look_at_idle()  # type: ignore[attr-defined]
        await seat.press()
        assert "Half typed" in seat.text
        clock.forward(seconds=1)
        seat.app.look_at_idle()  # type: ignore[attr-defined]
        await seat.pilot.pause()
        assert "Locked" in seat.text
        assert "Half typed" not in seat.text
        await seat.press("escape", "ctrl+p", "f1")
        await seat.press("escape")
        assert "Locked" in seat.text
        await seat.type(PASSWORD)
        await seat.press("enter")
        assert "Half typed" in seat.text

    visit(store, steps, owner)


def test_a_key_puts_the_lock_off(store: Store, owner: Session, clock: FakeClock) -> None:
    async def steps(seat: Seat) -> None:
        clock.forward(minutes=14)
        await seat.press("j")
        clock.forward(minutes=14)
        seat.app.look_at_idle()  # type: ignore[attr-defined]
        await seat.pilot.pause()
        assert "People" in seat.text

    visit(store, steps, owner)


def test_a_session_that_someone_ended_leads_back_to_the_sign_in_with_the_reason(
    store: Store, owner: Session, make_user: Make
) -> None:
    """CHECKLIST E40."""
    make_user("handed over in person", login="ada", admin=True)
    session = signin.sign_in(store, "ada", "handed over in person", Door.USHER, Origin()).session

    async def steps(seat: Seat) -> None:
        with store.write(owner):
            UserRow.update(status="blocked").where(UserRow.login == "ada").execute()
        await seat.press("n")
        assert "Your session has ended. Sign in again." in seat.text
        assert "Sign in with your login" in seat.text

    visit(store, steps, session)


def test_a_terminal_that_is_too_small_gets_one_sentence_and_loses_nothing(
    store: Store, owner: Session
) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("n")
        await seat.type("Half typed")
        await seat.pilot.resize_terminal(50, 12)
        await seat.pilot.pause()
        assert "Usher needs 60×16" in seat.text
        await seat.pilot.resize_terminal(80, 24)
        await seat.pilot.pause()
        assert "Half typed" in seat.text

    visit(store, steps, owner)


def test_help_and_palette_come_from_the_registry(store: Store, owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("question_mark")
        for command in REGISTRY:
            if "users" in command.rooms:
                assert command.help in seat.text
        await seat.press("q", "colon")
        await seat.type("create a user")
        assert "Create a user" in seat.text
        await seat.press("enter")
        assert "New user" in seat.text

    visit(store, steps, owner, (132, 60))


def test_no_key_means_two_things_in_one_room() -> None:
    """DESIGN 4: the same letter means the same everywhere."""
    rooms = {room for command in REGISTRY for room in command.rooms}
    for room in rooms:
        keys = [key for command in REGISTRY if room in command.rooms for key in command.keys]
        assert len(keys) == len(set(keys)), room
    assert len({command.id for command in REGISTRY}) == len(REGISTRY)


def test_an_incident_shows_an_id_and_no_traceback_and_the_exit_code_is_not_0(
    store: Store,
    owner: Session,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    data_folder: Path,
) -> None:
    """CHECKLIST A12: nothing of what stood in variables, a password least of all."""

    def broken(self: Usher) -> None:
        secret = PASSWORD
        raise RuntimeError(secret)

    monkeypatch.setattr(Usher, "come_in", broken)
    monkeypatch.setattr(Usher, "run", lambda self, **_options: _headless(self))
    incident.log_to(store.folder)
    assert run(store, owner) != 0
    told = capsys.readouterr().err
    assert "incident" in told
    assert "Traceback" not in told
    assert PASSWORD not in told + (data_folder / "usher.log").read_text()
    assert "RuntimeError" in (data_folder / "usher.log").read_text()


def _headless(app: Usher) -> None:
    from textual.app import App

    App.run(app, headless=True)


def test_the_palette_does_not_open_over_a_locked_screen(
    store: Store, owner: Session, clock: FakeClock
) -> None:
    async def steps(seat: Seat) -> None:
        clock.forward(minutes=15)
        seat.app.look_at_idle()  # type: ignore[attr-defined]
        await seat.pilot.pause()
        before = seat.text
        await seat.press("ctrl+p", "colon", "backspace")
        assert seat.text == before

    visit(store, steps, owner)


def test_what_was_asked_for_before_the_lock_opens_neither_over_it_nor_after_it(
    store: Store, owner: Session, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No page opens over a locked screen, and another screen cancels a request."""
    asked, go_on = threading.Event(), threading.Event()
    original = users.show

    def slow(session: Session, who: int | str) -> User:
        asked.set()
        go_on.wait(10)
        return original(session, who)

    async def steps(seat: Seat) -> None:
        monkeypatch.setattr(users, "show", slow)
        await seat.pilot.press("enter")
        while not asked.is_set():
            await seat.pilot.pause()
        clock.forward(minutes=15)
        seat.app.look_at_idle()  # type: ignore[attr-defined]
        go_on.set()
        await seat.press()
        await settled(seat.pilot)
        assert "Locked" in seat.text
        await seat.type(PASSWORD)
        await seat.press("enter")
        assert "Lately" not in seat.text
        assert "Acme · People" in seat.text
        await seat.press("enter")
        assert "Lately" in seat.text

    visit(store, steps, owner)


def test_an_admin_hears_at_sign_in_of_a_clock_that_was_ahead(
    store: Store, owner: Session, clock: FakeClock
) -> None:
    """CHECKLIST B21: locks and expiry depend on the clock."""
    clock.forward(days=30)
    signin.sign_in(store, "olga", PASSWORD, Door.USHER, Origin())
    clock.forward(days=-30)

    async def steps(seat: Seat) -> None:
        await sign_in(seat, "olga", PASSWORD)
        assert "the history is 30 days ahead. See: usher doctor clock" in seat.text

    visit(store, steps)
