"""Every screen on every terminal: without colours, in ASCII, from 60×16 to 300×100.

What judges is generic: it walks over all screens and dialogs there are, and a new one that is not
among them is missed (`test_every_screen_is_judged`).
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest
from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.screen import ModalScreen, Screen
from wcwidth import wcswidth

import tui.dialogs
import tui.screens
from store import keys, listing, users
from store.errors import Invalid, NotAllowed, Problem
from store.exchange import reading
from store.exchange.options import Options
from store.session import Session
from store.values import Filters, Status, User
from tests.conftest import NOON
from tests.public_keys import ECDSA, ED25519
from tests.tui.driving import settled
from tests.tui.made import MakeUser
from tests.tui.one_screen import Seat, sit, visit_of
from tests.tui.test_looks import SCREENS
from tui.dialogs.choose import Choose
from tui.dialogs.copy import Copy
from tui.dialogs.dialog import Dialog
from tui.dialogs.palette import Palette
from tui.letters import instead
from tui.plain import Plain
from tui.screens.employee import EmployeePage
from tui.screens.export import Export
from tui.screens.filters import FilterRoom
from tui.screens.form_room import FormRoom
from tui.screens.help import Help
from tui.screens.import_columns import ImportColumns
from tui.screens.import_lines import ImportLines
from tui.screens.import_people import ImportPeople
from tui.screens.import_rehearsal import ImportRehearsal
from tui.screens.import_run import ImportRun
from tui.screens.key_form import KeyForm
from tui.screens.keys import Keys
from tui.screens.mail_preview import MailPreview
from tui.screens.ownership_form import OwnershipForm
from tui.screens.profile import Profile
from tui.screens.prove import Prove
from tui.screens.room import Room
from tui.screens.setting_form import SettingForm
from tui.screens.too_small import TooSmall
from tui.screens.users import Users
from tui.screens.write_run import WriteRun
from tui.signs import ASCII, SIGNS, UNICODE
from tui.widgets.columns import Columns, Look, line
from tui.widgets.fields import CheckField
from tui.widgets.people_list import PeopleList
from tui.widgets.window import Window

Made = Callable[[Session, MakeUser, Path], Screen[Any]]

CSV = "first_name,email\nAna,ana@acme.com\nRui,two@@acme.com\nEva\n"


def olga(session: Session) -> User:
    return users.show(session, "olga")


def keys_of_olga(session: Session, _make_user: MakeUser, _path: Path) -> Keys:
    keys.add(session, "olga", ED25519.line)
    keys.add(session, "olga", ECDSA.line)
    return Keys(visit_of(session), olga(session))


FROM_FILES: dict[str, tuple[Made, tuple[str, ...]]] = {
    "profile": (lambda s, m, p: Profile(visit_of(s)), ()),
    "export": (lambda s, m, p: Export(visit_of(s), Filters()), ()),
    "import": (lambda s, m, p: ImportPeople(visit_of(s)), ()),
    "import, refused": (lambda s, m, p: ImportPeople(visit_of(s)), (*"nowhere", "enter")),
    "import, headings": (
        lambda s, m, p: ImportColumns(visit_of(s), p, reading.preview(p)),
        ("right",),
    ),
    "import, rehearsed": (lambda s, m, p: ImportRehearsal(visit_of(s), p, Options()), ()),
    "import, done": (lambda s, m, p: ImportRun(visit_of(s), p, Options(), 3), ()),
    "import, lines": (
        lambda s, m, p: ImportRehearsal(visit_of(s), p, Options()),
        ("enter",),
    ),
    "keys": (keys_of_olga, ()),
    "keys, none": (lambda s, m, p: Keys(visit_of(s), olga(s)), ()),
    "new key": (lambda s, m, p: KeyForm(visit_of(s), olga(s)), (*"ssh-dss AAAA", "f2")),
    "password once more": (lambda s, m, p: Prove(s), (*"wrong", "enter")),
    "copy": (lambda s, m, p: Copy("Copy", [("id", "17"), ("login", "ana")]), ()),
    "too small": (lambda s, m, p: TooSmall(), ()),
}
EVERY: dict[str, tuple[Made, tuple[str, ...]]] = {
    name: (lambda s, m, p, made=made: made(s, m), keys) for name, (made, keys) in SCREENS.items()
} | FROM_FILES

REACHED: dict[str, type[Screen[Any]]] = {
    "filters": FilterRoom,
    "an employee": EmployeePage,
    "help": Help,
    "setting": SettingForm,
    "setting, refused": SettingForm,
    "list, finding a command": Palette,
    "import, lines": ImportLines,
    "ownership, claiming": OwnershipForm,
    "a letter as it is read": MailPreview,
    "a letter that was queued": WriteRun,
}
"""The screens that one comes to by the keys."""

SMALLEST, LARGEST = (60, 16), (300, 100)
SIXTEEN = {ColorType.DEFAULT, ColorType.STANDARD}

PlainLook = list[list[tuple[str, bool, bool, bool]]]
"""What is left of a screen without colours: characters, bold, underline, reverse."""


@pytest.fixture
def csv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file to import from, in a home folder with nothing else in it."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    monkeypatch.setenv("HOME", str(home))
    (home / "people.csv").write_text(CSV, encoding="utf-8")
    return home / "people.csv"


def segments(seat: Seat) -> list[list[Segment]]:
    return [list(strip) for strip in seat.app.screen._compositor.render_strips()]


def plain_look(seat: Seat) -> PlainLook:
    """The screen as somebody sees it who has no colours; dim is no attribute of old terminals."""
    return [
        [
            (
                char,
                bool(style and style.bold),
                bool(style and style.underline),
                bool(style and style.reverse),
            )
            for text, style, _control in row
            for char in text
        ]
        for row in segments(seat)
    ]


def letter(char: str) -> bool:
    """Whether it is part of somebody's name rather than a sign of ours."""
    return category(char)[0] in {"L", "M", "N"}


def concrete(kind: type[Screen[Any]]) -> set[type[Screen[Any]]]:
    """The screens of a kind of which there are no further kinds, and those that are shown."""
    found = set()
    for below in kind.__subclasses__():
        if below.__module__.startswith("tui."):
            found |= concrete(below) or {below}
    return found


def test_every_screen_is_judged(owner: Session, make_user: MakeUser, csv: Path) -> None:
    """Add a new screen or dialog to SCREENS in test_looks.py, or here where it needs a file."""
    for package in (tui.screens, tui.dialogs):
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{package.__name__}.{module.name}")

    def make_once(*arguments: Any, **fields: Any) -> User:
        try:
            return make_user(*arguments, **fields)
        except Invalid:
            return users.show(owner, fields["login"])

    judged = {type(made(owner, make_once, csv)) for made, _keys in EVERY.values()}
    known = concrete(Room) | concrete(ModalScreen)
    assert {one.__name__ for one in known - judged - set(REACHED.values())} == set()


@pytest.mark.parametrize("name", EVERY)
def test_every_screen_is_whole_and_holds_nothing_that_old_terminals_lack(
    owner: Session, make_user: MakeUser, csv: Path, name: str
) -> None:
    """Nothing beyond the edge, its keys in view, sixteen colours, no sign without an ASCII one;
    where it is opened, and at the size to which the window is pulled."""
    made, keys = EVERY[name]

    async def steps(seat: Seat) -> None:
        await seat.press(*keys)
        judge_whole(seat, SMALLEST, REACHED.get(name, Screen))
        await seat.resize(LARGEST)
        judge_whole(seat, LARGEST, REACHED.get(name, Screen))

    sit(made(owner, make_user, csv), steps, SMALLEST)


def judge_whole(seat: Seat, size: tuple[int, int], kind: type[Screen[Any]]) -> None:
    lines, screen = seat.text.split("\n"), seat.app.screen
    assert isinstance(screen, kind)
    assert len(lines) == size[1]
    assert max(map(wcswidth, lines)) <= size[0]
    assert "".join(lines).strip()
    if isinstance(screen, Room):
        assert lines[0].strip(), "the heading"
        assert lines[-1].strip(), "the keys"
    for frame in screen.query("#frame") if isinstance(screen, Dialog) else ():
        assert screen.region.contains_region(frame.region)
        assert frame.region.contains_region(frame.children[-1].region), "its keys"
    for text, style, _control in chain.from_iterable(segments(seat)):
        for colour in (style.color, style.bgcolor) if style else ():
            assert colour is None or colour.type in SIXTEEN
        strange = {char for char in text if not char.isascii() and not letter(char)}
        assert not {char for char in strange if instead(char) == "?"}


@pytest.mark.parametrize("name", EVERY)
def test_without_colours_one_sees_the_cursor_the_focus_what_is_ticked_and_what_is_wrong(
    owner: Session, make_user: MakeUser, csv: Path, name: str
) -> None:
    made, keys = EVERY[name]

    async def steps(seat: Seat) -> None:
        await seat.press(*keys)
        await judge_cursor(seat)
        await judge_focus(seat)
        await judge_ticks(seat)
        await judge_problems(seat)

    sit(made(owner, make_user, csv), steps)


async def judge_cursor(seat: Seat) -> None:
    """In a list of several lines it moves, and one sees that it did."""
    focused, before = seat.app.focused, plain_look(seat)
    lines = 0
    if isinstance(focused, PeopleList):
        lines = len(focused.rows)
    elif isinstance(focused, Window):
        lines = focused.count
    if lines > 1:
        await seat.press("down")
        assert plain_look(seat) != before


async def judge_focus(seat: Seat) -> None:
    """No two widgets look alike when they have it."""
    screen = seat.app.screen
    looks: list[PlainLook] = []
    for widget in screen.focus_chain:
        screen.set_focus(widget)
        await settled(seat.pilot)
        assert plain_look(seat) not in looks, widget
        looks.append(plain_look(seat))


async def judge_ticks(seat: Seat) -> None:
    """What is ticked looks unlike what is not."""
    for field in seat.app.screen.query(CheckField):
        seat.app.screen.set_focus(field)
        await settled(seat.pilot)
        before = plain_look(seat)
        await seat.press("space")
        assert plain_look(seat) != before


async def judge_problems(seat: Seat) -> None:
    """A sign and a sentence at the field, and at the bottom for what belongs to no field."""
    screen = seat.app.screen
    if isinstance(screen, FormRoom):
        for field in filter(lambda one: one.display, screen.form.fields.values()):
            screen.show_problems((Problem(field.spec.name, "x", "Quite wrong."),))
            await settled(seat.pilot)
            assert seat.text.count(f"{SIGNS.error} Quite wrong.") == 1
    if isinstance(screen, Room):
        Room.refuse(screen, NotAllowed("Not for you."))
        await settled(seat.pilot)
        assert f"{SIGNS.error} Not for you." in seat.text


def test_without_colours_one_sees_who_is_marked(owner: Session, make_user: MakeUser) -> None:
    for number in range(3):
        make_user(last_name=f"Row {number}")

    async def steps(seat: Seat) -> None:
        await seat.press("down")
        rows = [at for at, text in enumerate(seat.text.split("\n")) if "Row 0" in text]
        before = plain_look(seat)[rows[0]]
        await seat.press("space", "up")
        assert plain_look(seat)[rows[0]] != before
        assert SIGNS.marked in seat.line("Row 0")

    sit(Users(visit_of(owner)), steps)


def test_without_colours_one_sees_what_is_chosen_of_several() -> None:
    async def steps(seat: Seat) -> None:
        before = plain_look(seat)
        await seat.press("space")
        assert plain_look(seat) != before
        assert seat.line("North") != seat.line("South").replace("South", "North")

    sit(Choose("team", (("n", "North"), ("s", "South")), several=True), steps)


def test_without_colours_every_status_is_a_word_and_a_sign_of_its_own(
    owner: Session, make_user: MakeUser
) -> None:
    row = listing.page(owner, Filters(), limit=1).rows[0]
    shown = [status for status in Status if status is not Status.REMOVED]
    texts = {
        status: "".join(
            segment.text
            for segment in line(replace(row, status=status), Look(Columns.of(80), NOON))
        )
        for status in shown
    }
    assert all(status.value in text for status, text in texts.items())
    for signs in (UNICODE, ASCII):
        assert len({signs.of_status(status) for status in shown}) == len(shown)


def test_plain_leaves_what_is_no_colour() -> None:
    style = Style(color="red", bgcolor="blue", bold=True, underline=True, reverse=True, dim=True)
    (segment,) = Plain().apply([Segment("x", style)], Color(0, 0, 0))
    assert segment == Segment("x", Style(bold=True, underline=True, reverse=True, dim=True))
