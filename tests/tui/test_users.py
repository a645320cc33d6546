"""The list as its user sees it: search as one types, filters, marks, what an empty one says."""

import re
import threading
from collections.abc import Callable
from typing import Any

import pytest

from store import listing, users
from store.errors import Unavailable
from store.session import Session
from store.values import Filters, Page, User
from tests.tui.driving import LARGE
from tests.tui.one_screen import Seat, sit, visit_of
from tui.screens.users import Users

Make = Callable[..., User]
NAMES = [
    ("Оксана", "Шевченко"), ("José", "Gutiérrez"), ("Łukasz", "Żółkiewski"), ("María", "Núñez"),
    ("Maria", "Silva"), ("静", "张"),
]  # fmt: skip


@pytest.fixture
def people(make_user: Make) -> list[User]:
    return [
        make_user(first_name=first, last_name=last, login=f"p{n}", email=f"p{n}@acme.com.ua")
        for n, (first, last) in enumerate(NAMES)
    ]


def names(seat: Seat) -> list[str]:
    """The names on the lines of the list."""
    lines = [line for line in seat.text.splitlines()[4:-2] if line.strip()]
    return [re.split(r"\s+(?:p\d|olga|maria\d+)\s", line[23:])[0] for line in lines]


def test_the_list_shows_everybody_with_status_as_word_and_sign(
    owner: Session, people: list[User]
) -> None:
    async def steps(seat: Seat) -> None:
        line = seat.line("Шевченко, Оксана")
        assert "○ pending" in line
        assert "Salesperson" in line
        assert "Acme · People" in seat.text
        assert seat.text.splitlines()[0].split()[-3:] == ["7", "olga", "owner"]

    sit(Users(visit_of(owner)), steps)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("шевч", ["Шевченко, Оксана"]),
        ("jose", ["Gutiérrez, José"]),
        ("lukasz", ["Żółkiewski, Łukasz"]),
        ("maria n", ["Núñez, María"]),
        ("张", ["张, 静"]),
    ],
)
def test_search_finds_parts_of_names_in_any_script_while_one_types(
    owner: Session, people: list[User], typed: str, found: list[str]
) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("slash")
        await seat.type(typed)
        assert names(seat) == found
        assert "1 of 7" in seat.text

    sit(Users(visit_of(owner)), steps)


def test_maria_finds_maria_and_maria_with_an_accent(owner: Session, people: list[User]) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("slash")
        await seat.type("maría")
        assert names(seat) == ["Núñez, María", "Silva, Maria"]

    sit(Users(visit_of(owner)), steps)


def test_the_search_field_gives_the_list_its_keys_and_esc_goes_step_by_step(
    owner: Session, people: list[User]
) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("slash")
        await seat.type("silva")
        await seat.press("enter")
        assert seat.line("Silva, Maria").startswith("▸")
        await seat.press("slash", "escape")
        assert len(names(seat)) == 7
        await seat.press("escape")
        assert "▸" in seat.text

    sit(Users(visit_of(owner)), steps)


def test_the_newest_search_wins_and_the_list_never_jumps_back(
    owner: Session, people: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that was overtaken while it ran is dropped; what waited is never asked."""
    asked: list[str] = []
    first_runs, second_waits = threading.Event(), threading.Event()
    original = listing.page

    def slow(session: Session, filters: Filters, **options: Any) -> Page:
        asked.append(filters.search)
        if filters.search == "m":
            first_runs.set()
            second_waits.wait(10)
        return original(session, filters, **options)

    monkeypatch.setattr(listing, "page", slow)

    async def steps(seat: Seat) -> None:
        await seat.press("slash")
        asked.clear()
        await seat.pilot.press("m")
        while not first_runs.is_set():
            await seat.pilot.pause()
        await seat.pilot.press("a", "r", "i")
        second_waits.set()
        await seat.press()
        await seat.pilot.app.workers.wait_for_complete()
        await seat.pilot.pause()
        assert asked == ["m", "mari"]
        assert "/ mari" in seat.text
        assert names(seat) == ["Núñez, María", "Silva, Maria"]

    sit(Users(visit_of(owner)), steps)


def test_the_figures_choose_a_status_and_q_goes_back_to_everybody(
    owner: Session, people: list[User]
) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("2")
        assert names(seat) == ["Bakum, Olga"]
        assert "[2 active]" in seat.text
        assert "1 of 7" in seat.text
        await seat.press("5")
        assert "No user matches." in seat.text
        await seat.press("q")
        assert len(names(seat)) == 7

    sit(Users(visit_of(owner)), steps)


def test_a_role_is_chosen_among_the_filters(owner: Session, make_user: Make) -> None:
    make_user(last_name="Mota", role="Manager")
    make_user(last_name="Sousa", role="Support")

    async def steps(seat: Seat) -> None:
        await seat.press("f", "down", "enter")
        await seat.type("manag")
        await seat.press("enter", "f2")
        assert names(seat) == ["Mota, Maria"]
        assert "Manager" in seat.text.splitlines()[1]

    sit(Users(visit_of(owner)), steps)


def test_from_a_search_that_found_nobody_enter_and_q_lead_back(
    owner: Session, people: list[User]
) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("slash")
        await seat.type("nobody of that name")
        assert "No user matches." in seat.text
        await seat.press("enter", "q")
        assert len(names(seat)) == 7
        await seat.press("down")
        assert "▸" in seat.text

    sit(Users(visit_of(owner)), steps)


def test_an_account_with_its_owner_alone_shows_them(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        assert names(seat) == ["Bakum, Olga"]

    sit(Users(visit_of(owner)), steps)


def test_a_list_that_cannot_be_read_says_why_and_what_to_press(
    owner: Session, people: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = visit_of(owner)
    original = listing.page

    def broken(*_arguments: object, **_options: object) -> Page:
        raise Unavailable("The disk that holds usher.db reported an error.")

    monkeypatch.setattr(listing, "page", broken)

    async def steps(seat: Seat) -> None:
        assert "▲ The list could not be read." in seat.text
        assert "reported an error" in seat.text
        monkeypatch.setattr(listing, "page", original)
        await seat.press("1")
        assert len(names(seat)) == 7

    sit(Users(visit), steps)


def test_marks_are_counted_and_q_takes_them_off_first(owner: Session, people: list[User]) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("space", "space")
        assert "2 marked" in seat.text
        await seat.press("asterisk")
        assert "marked" not in seat.text
        await seat.press("asterisk")
        assert "7 marked" in seat.text
        await seat.press("q")
        assert "marked" not in seat.text

    sit(Users(visit_of(owner)), steps)


def test_marks_survive_a_search(owner: Session, people: list[User]) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("space", "slash")
        await seat.type("silva")
        await seat.press("enter", "space")
        assert "2 marked" in seat.text

    sit(Users(visit_of(owner)), steps)


def test_who_was_edited_elsewhere_shows_when_one_comes_back(
    owner: Session, people: list[User]
) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("down", "enter")
        shown = seat.text.splitlines()[0].split("·")[1].split()[0]
        users.edit(owner, int(shown), {"first_name": "Changed"})
        await seat.press("q")
        assert seat.line("Changed").startswith("▸")

    sit(Users(visit_of(owner)), steps)


def test_ctrl_o_shows_what_one_looks_at_as_a_command(owner: Session, people: list[User]) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("slash")
        await seat.type("o'neil")
        await seat.press("enter", "ctrl+o")
        assert "usher users list --search 'o'\"'\"'neil'" in seat.text

    sit(Users(visit_of(owner)), steps, LARGE)


@pytest.mark.parametrize("hostile", ["[/x]\x1b", "a[@click=app.quit]b", "\u202eabc", "x" * 100])
def test_hostile_names_neither_crash_nor_reach_the_terminal_raw(
    owner: Session, make_user: Make, hostile: str
) -> None:
    """CHECKLIST F8: also a name that came past the checks."""
    from store.models import UserRow

    user = make_user(last_name="Visible")
    with owner.store.write(owner):
        UserRow.update(
            last_name=hostile, first_name=hostile, login=hostile, position=hostile
        ).where(UserRow.id == user.id).execute()

    async def steps(seat: Seat) -> None:
        await seat.press("2", "3", "enter")
        assert not {"\x1b", "\u202e"} & set(seat.text)
        await seat.press("l")
        assert not {"\x1b", "\u202e"} & set(seat.text)
        await seat.press("q", "e", "escape", "q")
        assert not {"\x1b", "\u202e"} & set(seat.text)

    sit(Users(visit_of(owner)), steps)
