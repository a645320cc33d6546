"""A text that changes always has the height of what it says."""

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.pilot import Pilot

from tests.tui.driving import drive, settled
from tui.widgets.told import Told


class OneText(App[None]):
    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Told("one")


def test_what_changes_twice_before_it_is_laid_out_has_the_height_of_the_last() -> None:
    """With Textual's own Static the page of a person lost what had happened lately."""

    async def steps(pilot: Pilot[None]) -> None:
        told = pilot.app.query_one(Told)
        told.update("one\ntwo")
        # As when all is laid out anew at that moment, for another reason.
        pilot.app.query_one(VerticalScroll)._clear_arrangement_cache()
        pilot.app.screen._refresh_layout()
        told.update("one\ntwo\nthree")
        await settled(pilot)
        assert told.region.height == 3

    drive(OneText(), steps)
