"""The photo of a person on the screen: drawn when asked for, set from a file, taken out."""

from pathlib import Path

import pytest
from rich.color import ColorType

from store import photos, users
from store.session import Session
from tests.pictures import picture
from tests.tui.one_screen import Seat, sit, visit_of
from tui.plain import Plain
from tui.screens.person import Person
from tui.screens.photo import COLUMNS, LINES, PhotoRoom
from tui.screens.profile import Profile
from tui.widgets.picture import HALF

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def test_a_photo_is_set_drawn_in_half_blocks_and_taken_out(owner: Session, tmp_path: Path) -> None:
    face = tmp_path / "face.png"
    face.write_bytes(picture("PNG", 200, 100))
    olga = users.show(owner, "olga")

    async def steps(seat: Seat) -> None:
        await seat.press("v")
        assert "There is no photo of Olga Bakum." in seat.text
        await seat.press("x")
        assert "There is no photo to remove." in seat.text
        await seat.press("e", "f2")
        assert "Name the file of a picture." in seat.text
        await seat.press(*str(tmp_path / "none.png"), "f2")
        assert "cannot be read (no such file" in seat.text
        await seat.press("ctrl+u", *str(face), "f2")
        assert "200x100 pixels" in seat.text
        assert seat.text.count(HALF) == COLUMNS * LINES // 2
        strips = seat.app.screen._compositor.render_strips()
        drawn = [one.style for strip in strips for one in strip if HALF in one.text]
        colours = {style.color for style in drawn if style and style.color}
        assert {one.type for one in colours} == {ColorType.TRUECOLOR}
        assert len(colours) > 1
        await seat.press("x")
        assert "Remove the photo of Olga Bakum?" in seat.text
        await seat.press("y")
        assert "The photo is gone." in seat.text
        assert HALF not in seat.text
        await seat.press("q")
        assert "remove photo" in seat.text, "what was done there stands on the page at once"

    sit(Person(visit_of(owner), olga), steps)


def test_one_comes_to_the_own_photo_from_the_profile(owner: Session) -> None:
    async def steps(seat: Seat) -> None:
        await seat.press("v")
        assert "There is no photo of Olga Bakum." in seat.text

    sit(Profile(visit_of(owner)), steps)


def test_without_colours_the_size_and_a_command_stand_there_instead(
    owner: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos.put(owner, "olga", picture())
    monkeypatch.setattr("textual.app.App.get_line_filters", lambda _app: (Plain(),))

    async def steps(seat: Seat) -> None:
        assert "40x20 pixels" in seat.text
        assert "usher users photo 1 --save FILE.jpg" in seat.text
        assert HALF not in seat.text

    sit(PhotoRoom(visit_of(owner), users.show(owner, "olga")), steps)
