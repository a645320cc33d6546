"""One screen by itself: pushed, driven by keys, its result collected."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from store import users
from store.session import Session
from store.values import User
from tests.tui.driving import SMALL, drive, settled, text_of, type_ahead
from tui.keys_in_order import KeysInOrder
from tui.sheet import dress
from tui.visit import Visit

NOTHING: Any = object()
"""No result yet; None is one."""


class OneScreen(KeysInOrder):
    """Shows a screen, remembers what it gave back, and everything it looked like."""

    CSS_PATH = Path(__file__).parents[2] / "screens.tcss"
    ALLOW_SELECT = False
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        dress(self)
        self.shown = screen
        self.result: Any = NOTHING
        self.copied: list[str] = []

    def on_mount(self) -> None:
        self.push_screen(self.shown, self._collect)

    def _collect(self, result: Any) -> None:
        self.result = result

    def copy_to_clipboard(self, text: str) -> None:
        self.copied.append(text)


class Seat:
    """Whoever sits before the screen: presses keys and reads."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.pilot = pilot
        self.app: OneScreen = pilot.app  # type: ignore[assignment]

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await settled(self.pilot)

    async def resize(self, size: tuple[int, int]) -> None:
        await self.pilot.resize_terminal(*size)
        await settled(self.pilot)

    async def type(self, text: str) -> None:
        type_ahead(self.app, text)
        await settled(self.pilot)

    async def fill(self, *texts: str) -> None:
        """One text a field, with tab between them."""
        for text in texts:
            if text:
                await self.type(text)
            await self.press("tab")

    @property
    def text(self) -> str:
        return text_of(self.app)

    def field(self, label: str) -> str:
        """The line of a field: the value, and what stands beside it."""
        found = [line for line in self.text.splitlines() if line[3:19].strip() == label]
        assert found, f"no field {label!r} in\n{self.text}"
        return found[0][19:].strip()

    @property
    def here(self) -> str:
        """The label of the line that has the focus."""
        return self.line("▸")[3:19].strip()

    def line(self, label: str) -> str:
        """The line of the screen that holds this."""
        found = [line for line in self.text.splitlines() if label in line]
        assert found, f"no line with {label!r} in\n{self.text}"
        return found[0]


def sit(
    screen: Screen[Any],
    steps: Callable[[Seat], Awaitable[None]],
    size: tuple[int, int] = SMALL,
) -> Any:
    """Do something with a screen and return what it gave back."""
    app = OneScreen(screen)
    drive(app, lambda pilot: steps(Seat(pilot)), size)
    return app.result


def visit_of(session: Session) -> Visit:
    """A visit of the session's person."""
    actor: User = users.show(session, session.user or "")
    return Visit.begin(session, actor)
