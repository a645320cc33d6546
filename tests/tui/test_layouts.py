"""Whoever types Cyrillic works without switching: letters are keys by their place (DESIGN 4)."""

from collections.abc import Callable

import pytest
from textual import events
from textual.widget import Widget

from store import teams
from store.session import Session
from store.values import User
from tests.tui.one_screen import Seat, sit, visit_of
from tui.commands import in_room
from tui.commands.registry import REGISTRY
from tui.dialogs.act import Act
from tui.dialogs.choose import Choose, Picked
from tui.dialogs.confirm import Confirm
from tui.dialogs.copy import Copy
from tui.dialogs.question import Question
from tui.dialogs.show_once import ShowOnce
from tui.layouts import as_latin
from tui.screens.help import Help
from tui.screens.room import Room, bindings_of
from tui.screens.user_form import UserForm
from tui.screens.users import Users
from tui.widgets.people_list import PeopleList
from tui.widgets.reading import Reading
from tui.widgets.window import Window

PLACES = {
    "Russian": (
        "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ",
        "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~",
    ),
    "Ukrainian": (
        "йцукенгшщзхїфівапролджєячсмитьбюґЙЦУКЕНГШЩЗХЇФІВАПРОЛДЖЄЯЧСМИТЬБЮҐ",
        "qwertyuiop[]asdfghjkl;'zxcvbnm,.\\QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>|",
    ),
}
"""What stands on the keys of a keyboard, from the left and from the top."""

ROOMS = sorted({room for command in REGISTRY for room in command.rooms})


def typed(character: str) -> events.Key:
    return events.Key(character, character)


def letter_of(layout: str, key: str) -> str:
    """What somebody with this layout gets who presses the key."""
    cyrillic, latin = PLACES[layout]
    character = {"colon": ":"}.get(key, key)
    return cyrillic[latin.index(character)] if character in latin else key


@pytest.mark.parametrize("layout", PLACES)
def test_every_letter_means_the_key_at_its_place(layout: str) -> None:
    for cyrillic, latin in zip(*PLACES[layout], strict=True):
        assert as_latin(typed(cyrillic)).character == latin


@pytest.mark.parametrize("key", ["q", "L", "1", "/", ".", ",", "?", "*", " ", "é", "漢", "№", "β"])
def test_everything_else_is_left_alone(key: str) -> None:
    """The dot stands where others have the slash; but a dot may be meant."""
    event = typed(key)
    assert as_latin(event) is event


def test_keys_without_a_letter_are_left_alone() -> None:
    for event in (events.Key("f2", None), events.Key("enter", "\r"), events.Key("alt+й", "й")):
        assert as_latin(event) is event


def probe_of(room: str) -> Room[None]:
    """A screen with the keys of a room that only remembers what was asked of it."""

    class Probe(Room[None]):
        ROOM = room
        BINDINGS = bindings_of(room)

        def action_run(self, command_id: str) -> None:
            done.append(command_id)

    done: list[str] = []
    probe = Probe("Probe")
    probe.done = done  # type: ignore[attr-defined]
    return probe


@pytest.mark.parametrize("layout", PLACES)
@pytest.mark.parametrize("room", ROOMS)
def test_every_command_of_a_screen_has_its_cyrillic_key(room: str, layout: str) -> None:
    """Over the whole registry: nothing is to be switched for."""
    keys = [(key, command.id) for command in in_room(room, REGISTRY) for key in command.keys]
    probe = probe_of(room)

    async def steps(seat: Seat) -> None:
        await seat.press(*(letter_of(layout, key) for key, _command in keys))

    sit(probe, steps)
    assert probe.done == [command for _key, command in keys]  # type: ignore[attr-defined]


@pytest.mark.parametrize("where", [PeopleList, Window, Reading, Act, Copy, ShowOnce, Help])
def test_the_keys_of_lists_and_dialogs_have_theirs(where: type[Widget]) -> None:
    letters = [key for key in where._merge_bindings().key_to_bindings if len(key) == 1]
    assert letters
    letters += {"b", "d", "l", "o", "r", "u", "x", "y"} if issubclass(where, Question) else set()
    for layout in PLACES:
        for key in letters:
            assert as_latin(typed(letter_of(layout, key))).key == key


def test_yes_in_a_dialog_is_the_letter_at_the_place_of_y() -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("н")

    assert sit(Confirm("Block Ana?", "At once.", "Block"), steps) is True


def test_in_a_field_a_letter_is_a_letter(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await seat.type("Йосип і Ґалаґан")
        assert seat.field("first name").startswith("Йосип і Ґалаґан")

    sit(UserForm(visit_of(owner)), steps)


def test_a_choice_is_narrowed_by_the_letters_that_were_typed() -> None:
    async def steps(seat: Seat) -> None:
        await seat.press(*"пів", "enter")

    options = (("n", "North"), ("p", "Північ"))
    assert sit(Choose("team", options), steps) == Picked(("p",))


def test_a_field_that_opens_by_typing_is_given_the_letter_that_was_typed(
    owner: Session, make_user: Callable[..., User]
) -> None:
    teams.create(owner, "Йорж")

    async def steps(seat: Seat) -> None:
        while seat.here != "teams":
            await seat.press("down")
        await seat.press("й")
        assert "/ й" in seat.text
        assert "Йорж" in seat.text

    sit(UserForm(visit_of(owner)), steps)


def test_the_search_is_opened_left_and_the_list_walked_without_switching(
    owner: Session, make_user: Callable[..., User]
) -> None:
    make_user(first_name="Лук'ян", last_name="Йовенко")

    async def steps(seat: Seat) -> None:
        await seat.press("/", *"йов", "enter")
        assert "▸" in seat.line("Йовенко")
        assert "/ йов" in seat.text
        await seat.press("й")
        assert "/ йов" not in seat.text
        await seat.press("п", "о")
        assert "▸" in seat.line("Йовенко")
        await seat.press("М")
        assert "◆" in seat.line("Йовенко")
        await seat.press("у")
        assert "last name" in seat.text

    sit(Users(visit_of(owner)), steps)
