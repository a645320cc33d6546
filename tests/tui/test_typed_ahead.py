"""Keys typed before the user could see the screen confirm and copy nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from textual import events
from textual.screen import Screen

from store import users
from store.session import Session
from store.values import Holder, Status, User
from tests.store.standing import activate
from tests.tui import made
from tests.tui.driving import settled, type_ahead
from tests.tui.gated import Gate
from tests.tui.one_screen import NOTHING, Seat, sit, visit_of
from tui.dialogs.act import Act
from tui.dialogs.confirm import Confirm
from tui.dialogs.conflict import Conflict, WayOut
from tui.dialogs.copy import Copy
from tui.dialogs.question import Answer, Question
from tui.dialogs.show_once import ShowOnce
from tui.screens.locked import Locked
from tui.screens.person import Person
from tui.screens.profile import Profile
from tui.screens.prove import Prove
from tui.screens.users import Users
from tui.typed_ahead import IGNORED

MakeUser = Callable[..., User]

DIALOGS: dict[str, tuple[Callable[[], Screen[Any]], str]] = {
    "act, y": (lambda: Act("Block Ana?", "At once.", "Block"), "y"),
    "act, by its button": (lambda: Act("Block Ana?", "At once.", "Block"), "\t\r"),
    "act, by the reason": (lambda: Act("Block Ana?", "At once.", "Block"), "rleft\r\r"),
    "act, й": (lambda: Act("Block Ana?", "At once.", "Block"), "н"),
    "confirm, y": (lambda: Confirm("Delete it?", "For good.", "Delete"), "y"),
    "confirm, by its button": (lambda: Confirm("Delete it?", "For good.", "Delete"), "\t\r"),
    "question": (
        lambda: Question("How?", "", (Answer("Cancel", ""), Answer("Remove", "x", "x"))), "x",
    ),
    "conflict": (
        lambda: Conflict(Holder(7, "ana", "Ana", Status.INACTIVE), "E-mail", "a@b", set(WayOut)),
        "l",
    ),
    "copy": (lambda: Copy("Copy", [("id", "7")]), "y"),
    "copy, enter": (lambda: Copy("Copy", [("id", "7")]), "\r"),
    "a secret": (lambda: ShowOnce("The password", "horse battery", "Hand it over."), "\x1b"),
}  # fmt: skip


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_takes_no_answer_before_it_was_seen(owner: Session, name: str) -> None:
    make, keys = DIALOGS[name]

    async def steps(seat: Seat) -> None:
        dialog = make()
        answers: list[Any] = []
        seat.app.push_screen(dialog, answers.append)
        type_ahead(seat.app, keys)
        await settled(seat.pilot)
        assert seat.app.screen is dialog
        assert answers == []
        assert seat.app.copied == []
        assert IGNORED in seat.text
        await seat.type(keys)
        assert answers != [] or seat.app.screen is not dialog

    sit(Users(visit_of(owner)), steps)


@pytest.mark.parametrize("dialog", [Act("Block Ana?", "", "Block"), Copy("Copy", [("id", "7")])])
def test_esc_cancels_a_dialog_that_was_not_seen_yet(owner: Session, dialog: Screen[Any]) -> None:
    async def steps(seat: Seat) -> None:
        seat.app.push_screen(dialog)
        type_ahead(seat.app, "\x1b")
        await settled(seat.pilot)
        assert isinstance(seat.app.screen, Users)

    sit(Users(visit_of(owner)), steps)


def test_the_notice_gives_way_to_the_keys_with_the_next_key(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        seat.app.push_screen(Confirm("Delete it?", "For good.", "Delete"))
        type_ahead(seat.app, "y")
        await settled(seat.pilot)
        assert IGNORED in seat.text
        await seat.press("tab")
        assert IGNORED not in seat.text
        assert "y delete" in seat.text

    sit(Users(visit_of(owner)), steps)


@pytest.mark.parametrize("screen", [Prove, lambda session: Locked(session, "olga")])
def test_what_was_typed_ahead_is_no_password(
    owner: Session, screen: Callable[[Session], Screen[Any]]
) -> None:
    """It would count as a wrong password."""

    async def steps(seat: Seat) -> None:
        seat.app.push_screen(screen(owner))
        type_ahead(seat.app, "jjj\r")
        await settled(seat.pilot)
        assert "***" not in seat.text
        await seat.type("jjj")
        assert "***" in seat.text

    sit(Users(visit_of(owner)), steps)


def test_two_versions_are_not_merged_before_they_were_seen(
    owner: Session, make_user: MakeUser
) -> None:
    async def steps(seat: Seat) -> None:
        merge = made.merge(owner, make_user)
        seat.app.push_screen(merge)
        seat.app.post_message(events.Key("f2", None))
        await settled(seat.pilot)
        assert seat.app.screen is merge
        assert IGNORED in seat.text
        await seat.press("f2")
        assert isinstance(seat.app.screen, Users)

    sit(Users(visit_of(owner)), steps)


def test_keys_behind_an_action_never_act_on_the_list(owner: Session, make_user: MakeUser) -> None:
    """`y` copies in the list, but means yes in the dialog about to open."""
    user = made.ana(owner, make_user)
    room = made.users_list(owner, make_user)

    async def steps(seat: Seat) -> None:
        type_ahead(seat.app, "by")
        await settled(seat.pilot)
        assert isinstance(seat.app.screen, Act)
        assert IGNORED in seat.text
        await seat.press("escape")
        type_ahead(seat.app, "bjy")
        await settled(seat.pilot)
        assert isinstance(seat.app.screen, Users)
        assert "Canceled because another key was pressed." in seat.text
        assert room.people.cursor == 0

    sit(room, steps)
    assert users.show(owner, user.id).status is user.status


def test_typing_ahead_in_the_list_and_into_a_form_goes_on_working(
    owner: Session, make_user: MakeUser
) -> None:
    room = made.users_list(owner, make_user)

    async def steps(seat: Seat) -> None:
        type_ahead(seat.app, "jjj")
        await settled(seat.pilot)
        assert room.people.cursor == 3
        type_ahead(seat.app, "/ada\reZoë")
        await settled(seat.pilot)
        assert seat.field("first name").startswith("AdaZoë")

    sit(room, steps)


def test_a_key_waits_for_the_list_that_it_is_meant_for(owner: Session, make_user: MakeUser) -> None:
    """The user cannot mean a row of a list that is about to be replaced."""
    room = made.users_list(owner, make_user)

    async def steps(seat: Seat) -> None:
        gate = Gate()
        gate.shut()
        type_ahead(seat.app, "/ada\r")
        await seat.pilot.pause()
        type_ahead(seat.app, "e")
        await seat.pilot.pause()
        assert room._preparation is None
        gate.open()
        await settled(seat.pilot)
        assert seat.field("first name").startswith("Ada")

    sit(room, steps)


def test_a_key_pressed_after_it_was_said_that_it_takes_long_acts_and_gives_the_request_up(
    owner: Session, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.asking.PATIENCE", 0.01)
    room = made.users_list(owner, make_user)

    async def steps(seat: Seat) -> None:
        gate = Gate()
        gate.shut()
        await seat.pilot.press("b")
        preparation = room._preparation
        assert preparation
        while not (preparation.request.told and preparation.request.told.painted):
            await seat.pilot.pause(0.01)
        assert "Looking what will happen…" in seat.text
        await seat.pilot.press("j")
        gate.open()
        await settled(seat.pilot)
        assert seat.app.screen is room
        assert room.people.cursor == 1
        await seat.press("j", "b")
        assert room.people.current
        assert f"({room.people.current.id})?" in seat.text

    sit(room, steps)


@pytest.mark.parametrize("said", ["Saved: Ana Silva (ana)", ""])
def test_a_notice_outlives_the_word_that_loading_takes_long(
    owner: Session, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """Under load the list was loaded after a change, and what had been changed was wiped."""
    monkeypatch.setattr("tui.screens.asking.PATIENCE", 0.01)
    room = made.users_list(owner, make_user)

    async def steps(seat: Seat) -> None:
        gate = Gate()
        gate.shut()
        room.say(said)
        for _time in range(2):
            room.renew()
            request = room._replacing
            assert request
            while not request.told:
                await seat.pilot.pause(0.01)
        assert room.message_line.sentence == "Loading…"
        gate.open()
        await settled(seat.pilot)
        assert room.message_line.sentence == said

    sit(room, steps)


def test_the_word_that_loading_takes_long_goes_with_an_answer_that_was_quick(
    owner: Session, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was said of a request that was overtaken, of which nothing more is heard."""
    monkeypatch.setattr("tui.screens.asking.PATIENCE", 0.01)
    room = made.users_list(owner, make_user)

    async def steps(seat: Seat) -> None:
        gate = Gate()
        gate.shut()
        room.renew()
        request = room._replacing
        assert request
        while not request.told:
            await seat.pilot.pause(0.01)
        monkeypatch.setattr("tui.screens.asking.PATIENCE", 60)
        room.renew()
        assert room.message_line.sentence == "Loading…"
        gate.open()
        await settled(seat.pilot)
        assert room.message_line.sentence == ""

    sit(room, steps)


def test_an_action_that_was_confirmed_is_told_though_esc_was_pressed_meanwhile(
    owner: Session, make_user: MakeUser
) -> None:
    user = activate(owner, made.ana(owner, make_user))
    page = Person(visit_of(owner), user)

    async def steps(seat: Seat) -> None:
        gate = Gate()
        await seat.press("b")
        gate.shut()
        await seat.pilot.press("y")
        await seat.pilot.press("escape")
        gate.open()
        await settled(seat.pilot)
        assert seat.app.screen is page
        assert "Blocked: Ana Silva" in seat.text

    sit(page, steps)


def test_esc_at_the_top_clears_the_message_and_goes_nowhere(owner: Session) -> None:
    for screen in (Users(visit_of(owner)), Profile(visit_of(owner), at_top=True)):

        async def steps(seat: Seat) -> None:
            seat.app.screen.say("Something.")  # type: ignore[attr-defined]
            await seat.press("escape", "escape", "escape")
            assert "Something." not in seat.text
            assert seat.app.result is NOTHING
            await seat.press("q")
            assert seat.app.result is None

        sit(screen, steps)


def test_q_does_not_quit_before_the_list_was_seen(owner: Session, make_user: MakeUser) -> None:
    """Of several `q` typed at once, the first closes the page and the rest do not quit."""
    room = made.users_list(owner, make_user)

    async def steps(seat: Seat) -> None:
        await seat.press("enter")
        type_ahead(seat.app, "qqq")
        await settled(seat.pilot)
        assert seat.app.screen is room
        assert seat.app.result is NOTHING
        assert IGNORED in seat.text
        await seat.press("asterisk")
        type_ahead(seat.app, "qq")
        await settled(seat.pilot)
        assert seat.app.result is NOTHING
        await seat.press("q")
        assert seat.app.result is None

    sit(room, steps)


@pytest.mark.parametrize("keys", [("escape",), ("slash", "escape")], ids=["list", "search field"])
def test_esc_after_a_search_keeps_the_cursor_on_the_user_who_was_found(
    owner: Session, make_user: MakeUser, keys: tuple[str, ...]
) -> None:
    room = made.users_list(owner, make_user)

    async def steps(seat: Seat) -> None:
        type_ahead(seat.app, "/шев\r")
        await settled(seat.pilot)
        await seat.press(*keys)
        assert room.people.current
        assert room.people.current.full_name == "Оксана Шевченко"
        assert len(room.people.rows) > 3
        assert room.search.value == ""

    sit(room, steps)
