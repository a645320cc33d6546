"""What is painted before Textual is imported is the sign-in, so that going on from it is cheap."""

import os
import subprocess
import sys

import pytest

from store.session import Session
from tests.tui.one_screen import Seat, sit
from tui.driver.grid import Grid
from tui.driver.parse import Parser
from tui.driver.styles import Styles
from tui.first_frame import drawn
from tui.screens.sign_in import SignIn

SIZES = [(60, 16), (80, 24), (132, 40), (300, 100)]
ALLOWED = {
    "tui", "tui.colours", "tui.exits", "tui.first_frame", "tui.letters", "tui.terminal_state"
}  # fmt: skip


def grid_of(drawing: str, size: tuple[int, int]) -> tuple[Grid, Styles]:
    parser = Parser(Grid(*size), Styles())
    parser.feed(drawing)
    return parser.target, parser.styles


def lines_of(drawing: str, size: tuple[int, int]) -> list[list[tuple[str, object]]]:
    """The cells of each line, each with its style."""
    grid, styles = grid_of(drawing, size)
    return [
        [(text, styles[style]) for text, style in zip(*cells, strict=True)]
        for cells in zip(grid.texts, grid.styles, strict=True)
    ]


def drawn_by_textual(seat: Seat) -> str:
    strips = seat.app.screen._compositor.render_strips()
    lines = (strip.render(seat.app.console) for strip in strips)
    return "".join(f"\x1b[{row};1H{line}" for row, line in enumerate(lines, 1))


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_first_frame_is_the_sign_in_but_for_the_name_of_the_account(
    owner: Session, size: tuple[int, int]
) -> None:
    """LINE: nothing of the account is known yet; all else stands as it will stand."""
    real: list[list[tuple[str, object]]] = []

    async def look(seat: Seat) -> None:
        real.extend(lines_of(drawn_by_textual(seat), size))

    sit(SignIn(owner.store, "Acme"), look, size)
    painted = lines_of(drawn(*size, plain=False, coloured=True), size)
    assert painted[1:] == real[1:]
    assert "".join(text for text, _style in painted[0]).strip() == "Sign in"


def test_in_plain_letters_and_without_colours_nothing_else_is_sent() -> None:
    drawing = drawn(80, 24, plain=True, coloured=False)
    assert drawing.isascii()
    grid, styles = grid_of(drawing, (80, 24))
    used = {styles[style] for row in grid.styles for style in row}
    assert not any(style.foreground or style.background for style in used)


def test_it_needs_the_standard_library_alone() -> None:
    """LINE: painted before anything else is imported."""
    code = "import sys, tui.first_frame; print(*sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True, env={**os.environ}
    )
    modules = {name for name in told.stdout.split() if not name.startswith(("_", "encodings"))}
    ours = {name for name in modules if name.split(".")[0] in {"tui", "store"}}
    assert ours == ALLOWED
    tops = {name.split(".")[0] for name in modules - ours}
    assert tops <= sys.stdlib_module_names | {"__main__", "sitecustomize"}
