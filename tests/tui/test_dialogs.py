"""Questions and choices: esc is one step back, nothing is confirmed by accident."""

from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Static

from store import names
from store.values import Holder, Status
from tests.tui.driving import drive
from tests.tui.one_screen import NOTHING, OneScreen, Seat, sit
from tui.commands import in_room
from tui.commands.people import USERS
from tui.commands.registry import REGISTRY
from tui.dialogs.choose import Choose, Picked
from tui.dialogs.confirm import Confirm
from tui.dialogs.conflict import Conflict, WayOut
from tui.dialogs.palette import Palette
from tui.dialogs.show_once import ShowOnce
from tui.sheet import dress

COUNTRIES = tuple(names.countries().items())


def answered(dialog: Any, *keys: str) -> Any:
    async def steps(seat: Seat) -> None:
        await seat.press(*keys)

    return sit(dialog, steps)


@pytest.mark.parametrize(
    ("keys", "result"),
    [
        (("enter",), False),
        (("escape",), False),
        (("y",), True),
        (("right", "enter"), True),
        (("tab", "left", "enter"), False),
        (("n",), NOTHING),
    ],
)
def test_a_question_means_no_until_one_says_yes(keys: tuple[str, ...], result: object) -> None:
    dialog = Confirm("Block Ana?", "Her sessions end at once.", "Block")
    assert answered(dialog, *keys) is result


def test_a_question_names_the_consequence_and_its_keys() -> None:
    async def steps(seat: Seat) -> None:
        assert "Her sessions end at once." in seat.text
        assert "▸ Cancel" in seat.text
        assert "y block  enter choose  esc cancel" in seat.text

    sit(Confirm("Block Ana?", "Her sessions end at once.", "Block"), steps)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ukr", "Ukraine"),
        ("de", "Germany"),
        ("ger", "Germany"),
        ("in", "India"),
        ("cote", "Côte d’Ivoire"),
        ("reun", "Réunion"),
    ],
)
def test_typing_brings_the_best_name_to_the_top(typed: str, first: str) -> None:
    code = next(code for code, name in COUNTRIES if name == first)
    assert answered(Choose("country", COUNTRIES), *typed, "enter") == Picked((code,))


def test_the_one_chosen_before_has_the_cursor() -> None:
    assert answered(Choose("country", COUNTRIES, chosen=["UA"]), "enter") == Picked(("UA",))


def test_the_window_follows_the_cursor_through_the_whole_list() -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("up")
        assert "▸ Afghanistan" in seat.text
        for _page in range(40):
            await seat.press("pagedown")
        assert "▸ Zimbabwe" in seat.text
        await seat.press("up")
        assert "▸ Zambia" in seat.text
        await seat.press("enter")

    assert sit(Choose("country", COUNTRIES), steps) == Picked(("ZM",))


def test_those_above_the_one_chosen_before_are_in_view_too() -> None:
    options = [(str(n), f"team {n}") for n in range(8)]

    async def steps(seat: Seat) -> None:
        assert "team 0" in seat.text
        assert "▸ team 6" in seat.text
        await seat.pilot.resize_terminal(80, 10)
        await seat.press("down")
        assert "team 0" not in seat.text
        assert "▸ team 7" in seat.text
        await seat.pilot.resize_terminal(80, 24)
        await seat.press("up")
        assert "team 0" in seat.text
        assert "▸ team 6" in seat.text

    sit(Choose("team", options, chosen=["6"]), steps)


def test_of_many_the_one_chosen_before_has_some_above_it() -> None:
    async def steps(seat: Seat) -> None:
        assert "▸ Ukraine" in seat.text
        assert seat.text.index("Uganda") < seat.text.index("Ukraine")

    sit(Choose("country", COUNTRIES, chosen=["UA"]), steps)


def test_nothing_of_that_name() -> None:
    async def steps(seat: Seat) -> None:
        await seat.type("qqq")
        await seat.press("enter")
        assert seat.app.result is NOTHING
        assert "Nothing is called that. Type less of it." in seat.text
        await seat.press("escape")
        assert seat.app.result is None

    sit(Choose("country", COUNTRIES), steps)


def test_several_are_marked_and_taken_in_the_order_of_the_list() -> None:
    options = (("a", "Anna"), ("b", "Boris"), ("c", "Clara"))
    dialog = Choose("people", options, chosen={"b"}, several=True)
    assert answered(dialog, "c", "enter", "enter", "f2") == Picked(("a", "b", "c"))
    dialog = Choose("people", options, chosen={"b"}, several=True)
    assert answered(dialog, "down", "enter", "f2") == Picked(())


def test_esc_asks_before_it_drops_marks_that_were_changed() -> None:
    """DESIGN 4: esc asks before it drops what was typed."""
    options = (("a", "Anna"), ("b", "Boris"), ("c", "Clara"))

    async def steps(seat: Seat) -> None:
        await seat.press("enter", "escape")
        assert "Drop what was marked?" in seat.text
        assert seat.app.result is NOTHING
        await seat.press("escape")
        assert "[✓] Anna" in seat.text
        await seat.press("escape", "y")
        assert seat.app.result is None

    sit(Choose("people", options, chosen={"b"}, several=True), steps)
    for keys in (("escape",), ("enter", "enter", "escape")):
        dialog = Choose("people", options, chosen={"b"}, several=True)
        assert answered(dialog, *keys) is None


def test_a_new_one_needs_a_name() -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("down", "down", "enter")
        assert "Type its name first." in seat.text
        await seat.type("West")
        await seat.press("enter")

    dialog = Choose("team", (("n", "North"), ("s", "South")), new_label="new team")
    assert sit(dialog, steps) == Picked((), new="West")


def test_space_marks_while_nothing_is_typed_and_is_a_letter_after() -> None:
    options = (("n", "North"), ("nw", "North West"))
    dialog = Choose("team", options, several=True)
    assert answered(dialog, "space", "f2") == Picked(("n",))
    dialog = Choose("team", options, several=True)
    assert answered(dialog, *"north", "space", "w", "enter", "f2") == Picked(("nw",))


@pytest.mark.parametrize(
    ("typed", "command"),
    [("his", "history"), ("create", "new"), ("mark a", "mark_all"), ("csv", "export")],
)
def test_a_command_is_found_by_its_name_and_by_what_it_does(typed: str, command: str) -> None:
    palette = Palette(in_room(USERS, REGISTRY))
    assert answered(palette, *typed, "enter") == Picked((command,))


def test_a_taken_name_leads_to_its_holder_or_back() -> None:
    holder = Holder(17, "Ana Silva", "ana", Status.PENDING)
    assert answered(Conflict(holder, "E-mail", "ana@x.ua"), "enter") is WayOut.MEND
    assert answered(Conflict(holder, "E-mail", "ana@x.ua"), "escape") is WayOut.MEND
    assert answered(Conflict(holder, "E-mail", "ana@x.ua"), "right", "enter") is WayOut.OPEN
    assert answered(Conflict(holder, "E-mail", "ana@x.ua"), "o") is WayOut.OPEN
    assert answered(Conflict(holder, "E-mail", "ana@x.ua", list(WayOut)), "r") is WayOut.RESTORE
    assert answered(Conflict(holder, "E-mail", "ana@x.ua", list(WayOut)), "l") is WayOut.RELEASE
    assert answered(Conflict(holder, "E-mail", "ana@x.ua"), "r") is NOTHING


def test_a_secret_is_not_closed_by_an_enter_too_many() -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("enter", "enter", "space")
        assert "bak-dom-fir" in seat.text
        assert seat.app.copied == []
        await seat.press("y")
        assert seat.app.copied == ["bak-dom-fir"]
        assert "Sent to your terminal's clipboard." in seat.text
        await seat.press("escape")
        assert seat.app.result is None

    sit(ShowOnce("The password", "bak-dom-fir", "Hand it over."), steps)


def test_what_lies_behind_a_dialog_is_not_dimmed() -> None:
    class Behind(App[None]):
        CSS_PATH = OneScreen.CSS_PATH

        def compose(self) -> ComposeResult:
            yield Static("behind\n" * 24)

    app = Behind()
    dress(app)

    async def steps(pilot: Any) -> None:
        def first() -> Any:
            segment = next(iter(app.screen._compositor.render_strips()[0]))
            return segment.text.strip(), str(segment.style)

        before = first()
        app.push_screen(Confirm("Block?", "At once.", "Block"))
        await pilot.pause()
        assert first() == before

    drive(app, steps)
