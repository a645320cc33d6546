"""A form by itself: where one is, what is wrong, what is chosen, what is in view."""

from collections.abc import Iterable
from typing import Any

import pytest
from textual import events
from textual.widget import Widget

from store.errors import Problem
from store.values import Holder, Status
from tests.tui.driving import settled
from tests.tui.one_screen import NOTHING, Seat, sit
from tui.commands.forms import USER_FORM
from tui.screens.form_room import FormRoom
from tui.screens.room import bindings_of
from tui.widgets.entry import Entry, visible
from tui.widgets.fields import Field, FieldSpec, Kind
from tui.widgets.form import Form

HOLDER = Holder(17, "Ana Silva", "ana", Status.ACTIVE)
TAKEN = Problem("email", "email_taken", "In use by Ana Silva (user 17, active).", HOLDER)
CITIES = (("k", "Kyiv"), ("l", "Lisboa"), ("s", "São Paulo"), ("x", "[/x]\x1b[2J"))
SPECS = (
    FieldSpec("name", "name", hint="as in the passport"),
    FieldSpec("email", "e-mail"),
    FieldSpec("city", "city", Kind.CHOICE, options=CITIES),
    FieldSpec("teams", "teams", Kind.SEVERAL, options=(("N", "North"), ("S", "South")),
              new_label="new team"),
    FieldSpec("admin", "admin", Kind.CHECK, hint="manages people"),
    FieldSpec("login", "login", fixed="A login is renamed, not edited."),
    FieldSpec("secret", "secret", Kind.SECRET),
)  # fmt: skip


class FormScreen(FormRoom[dict[str, Any]]):
    """Saving gives the values back, or complains about what it was told to complain about."""

    ROOM = USER_FORM
    BINDINGS = bindings_of(USER_FORM)

    def __init__(self, specs: Iterable[FieldSpec] = SPECS, *problems: Problem) -> None:
        super().__init__("A form")
        self.specs = tuple(specs)
        self.problems = problems
        self.wanted: list[str] = []

    def body(self) -> Iterable[Widget]:
        yield Form(self.specs, {"login": "ana"}, ("save", "Save"))

    def on_field_wanted(self, event: Field.Wanted) -> None:
        self.wanted.append(event.text)

    def save(self) -> None:
        if self.problems:
            self.show_problems(self.problems)
        else:
            self.finish(self.form.values)


def test_the_focused_field_is_marked_by_a_sign_and_keys_move_it() -> None:
    async def steps(seat: Seat) -> None:
        for key, label in (("down", "e-mail"), ("tab", "city"), ("up", "e-mail"),
                           ("shift+tab", "name"), ("up", "Save"), ("down", "name")):  # fmt: skip
            await seat.press(key)
            marked = [line for line in seat.text.splitlines() if line.startswith(" ▸")]
            assert [label] == [line[3:9].strip() for line in marked]

    sit(FormScreen(), steps)


def test_one_begins_at_the_first_field_that_can_be_changed() -> None:
    async def steps(seat: Seat) -> None:
        assert seat.here == "e-mail"
        await seat.press("up")
        assert seat.here == "login"

    fixed = FieldSpec("login", "login", fixed="A login is renamed, not edited.")
    sit(FormScreen((fixed, FieldSpec("email", "e-mail"))), steps)


def test_values_come_out_as_they_were_filled_in() -> None:
    async def steps(seat: Seat) -> None:
        await seat.fill("Ana", "ana@x.ua")
        await seat.press("l", "enter", "tab", "space", "enter", "f2", "tab", "space")
        await seat.press("tab", "tab")
        await seat.type("hush")
        await seat.press("f2")

    assert sit(FormScreen(), steps) == {
        "name": "Ana", "email": "ana@x.ua", "city": "l", "teams": ("N",), "admin": True,
        "login": "ana", "secret": "hush",
    }  # fmt: skip


def test_what_is_wrong_stands_beside_the_field_or_below_it_behind_its_sign() -> None:
    problems = (
        Problem("name", "required", "Missing: a name."),
        TAKEN,
        Problem("elsewhere", "odd", "Nowhere to put it."),
    )

    async def steps(seat: Seat) -> None:
        await seat.press("f2")
        lines = seat.text.splitlines()
        assert lines[2].startswith(" ▸ name")
        assert lines[2].endswith("▲ Missing: a name.")
        assert lines[4].strip() == "⚿ taken: In use by Ana Silva (user 17, active)."
        assert lines[-2].strip() == "▲ Nowhere to put it."
        await seat.type("A")
        assert "Missing" not in seat.text
        assert "Nowhere" not in seat.text
        assert "taken" in seat.text

    sit(FormScreen(SPECS, *problems), steps)


def test_on_a_wide_screen_a_conflict_fits_beside_its_field() -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("f2")
        assert seat.line("e-mail").endswith("⚿ taken: In use by Ana Silva (user 17, active).")

    sit(FormScreen(SPECS, TAKEN), steps, (132, 40))


def test_a_long_form_keeps_the_focused_field_in_view_and_says_what_is_below() -> None:
    specs = [FieldSpec(f"f{number}", f"field {number}") for number in range(30)]

    async def steps(seat: Seat) -> None:
        assert "12 more below" in seat.text
        for number in range(1, 30):
            await seat.press("down")
            assert seat.line(" ▸ ").strip().endswith(f"field {number}")
        assert "more below" not in seat.text
        await seat.press("down")
        assert seat.line(" ▸ ").strip() == "▸ Save"
        await seat.press("down")
        assert seat.line(" ▸ ").strip() == "▸ field 0"

    sit(FormScreen(specs), steps)


def test_all_of_a_long_complaint_is_in_view_with_its_field() -> None:
    specs = [FieldSpec(f"f{number}", f"field {number}") for number in range(30)]
    problem = Problem("f25", "odd", "This is very long and wraps. " * 5)

    async def steps(seat: Seat) -> None:
        await seat.press("f2")
        assert "▸ field 25" in seat.text
        assert seat.text.count("This is very long") >= 4

    sit(FormScreen(specs, problem), steps)


def test_esc_asks_before_it_drops_what_was_typed() -> None:
    async def steps(seat: Seat) -> None:
        await seat.type("Ana")
        await seat.press("escape")
        assert "Drop what was typed?" in seat.text
        await seat.press("escape")
        assert seat.line("name").split()[-1] == "Ana"
        await seat.press("escape", "enter")
        assert seat.app.result is NOTHING
        await seat.press("escape", "y")
        assert seat.app.result is None

    sit(FormScreen(), steps)


def test_esc_leaves_at_once_where_nothing_was_typed() -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("escape")
        assert seat.app.result is None

    sit(FormScreen(), steps)


def test_a_choice_is_narrowed_by_typing_and_emptied_by_backspace() -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("tab", "tab", "s", "a", "o")
        assert "▸ São Paulo" in seat.text
        assert "Kyiv" not in seat.text
        await seat.press("enter")
        assert "São Paulo ›" in seat.line("city")
        await seat.press("backspace")
        assert "– ›" in seat.line("city")

    sit(FormScreen(), steps)


def test_what_is_typed_while_the_choices_are_read_opens_them_when_they_are_there() -> None:
    screen = FormScreen(
        [FieldSpec("city", "city", Kind.CHOICE, options=None), FieldSpec("name", "name")]
    )

    async def steps(seat: Seat) -> None:
        await seat.press("l", "i")
        assert "Still reading what there is" in seat.text
        screen.form.offer("city", CITIES)
        await settled(seat.pilot)
        assert "Still reading" not in seat.text
        await seat.press("enter")
        assert seat.field("city").startswith("Lisboa")

    sit(screen, steps)


def test_a_new_one_is_named_by_what_was_typed_and_the_marks_stay() -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("tab", "tab", "tab", "enter", "enter")
        assert "[✓] North" in seat.text
        await seat.type("East Coast")
        assert "▸ new team “East Coast”" in seat.text
        await seat.press("enter")
        assert seat.app.shown.wanted == ["East Coast"]  # type: ignore[attr-defined]
        assert "North ›" in seat.line("teams")

    sit(FormScreen(), steps)


def test_who_tries_to_change_a_fixed_field_is_told_why_not() -> None:
    async def steps(seat: Seat) -> None:
        assert "⚿ fixed" in seat.line("login")
        await seat.press("up", "up", "up", "x")
        assert "⚿ A login is renamed, not edited." in seat.text
        assert "ana" in seat.line("login")

    sit(FormScreen(), steps)


def test_enter_goes_on_and_saves_behind_the_last_password() -> None:
    async def steps(seat: Seat) -> None:
        await seat.type("Ana")
        await seat.press("enter")
        await seat.type("a@x.ua")
        await seat.press("enter", "down", "down", "down", "down")
        await seat.type("hush")
        assert seat.app.result is NOTHING
        await seat.press("enter")
        assert seat.app.result["secret"] == "hush"

    sit(FormScreen(), steps)


def test_what_is_pasted_is_one_line_and_presses_nothing() -> None:
    async def steps(seat: Seat) -> None:
        for _field in range(5):
            seat.app.focused.post_message(events.Paste("Ana\nSilva\r\n\x1b[201~y"))  # type: ignore[union-attr]
            await settled(seat.pilot)
            await seat.press("tab")
            assert seat.app.result is NOTHING
        assert isinstance(seat.app.screen, FormScreen)
        assert seat.app.shown.form.values["name"] == "Ana Silva \x1b[201~y"  # type: ignore[attr-defined]
        assert "\x1b" not in seat.text

    sit(FormScreen(), steps)


def test_a_megabyte_pasted_is_refused_in_words() -> None:
    async def steps(seat: Seat) -> None:
        seat.app.focused.post_message(events.Paste("a" * 1_000_000))  # type: ignore[union-attr]
        await settled(seat.pilot)
        assert "▲ This is too long: at most 4096 characters." in seat.text

    sit(FormScreen(), steps)


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+x"])
def test_a_secret_is_neither_shown_nor_copied(key: str) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("up", "up")
        await seat.type("hush")
        assert "hush" not in seat.text
        assert seat.line("secret").endswith("****")
        await seat.press("ctrl+shift+a", key)
        assert seat.app.copied == []
        assert seat.app.shown.form.values["secret"] == "hush"  # type: ignore[attr-defined]

    sit(FormScreen(), steps)


@pytest.mark.parametrize(
    "text", ["Ana", "a\x1bb", "\u202egnp", "e\u0301", "Z" + "\u0301" * 9, "\u0301x", "漢\u200d字"]
)
def test_a_field_prints_nothing_raw_and_counts_as_many_letters(text: str) -> None:
    assert len(visible(text)) == len(text)
    assert not set(visible(text)) & set("\x1b\u202e\u200d")
    assert visible(text).count("\u0301") <= 4


def test_the_cursor_stands_behind_what_was_typed() -> None:
    async def steps(seat: Seat) -> None:
        seat.app.focused.post_message(events.Paste("漢\x1bb"))  # type: ignore[union-attr]
        await settled(seat.pilot)
        entry = seat.app.focused
        assert isinstance(entry, Entry)
        assert entry.cursor_screen_offset.x - entry.region.x == 5

    sit(FormScreen(), steps)
