"""An application on whatever terminal there is: its colours, its size, its clipboard."""

import os
from typing import Any

from textual import events, on
from textual.filter import LineFilter
from textual.geometry import Size

from tui.clipboard import passed_on
from tui.colours import Depth
from tui.driver.line_driver import LineDriver
from tui.keys_in_order import KeysInOrder
from tui.messages import DrawAnew
from tui.plain import Plain
from tui.safe import safe
from tui.screens.too_small import TooSmall
from tui.sheet import dress


class OnTerminal(KeysInOrder, inherit_bindings=False):
    """What Usher needs of every terminal. None of textual's own ways out is open: no key, no
    palette of its own, no screenshot."""

    ALLOW_SELECT = False
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, depth: Depth = Depth.SIXTEEN, **options: Any) -> None:
        super().__init__(**options)
        dress(self)
        self.depth = depth
        self.no_color = depth is Depth.NONE
        self.line_filters: tuple[LineFilter, ...] = (Plain(),) if self.no_color else ()

    def get_line_filters(self) -> tuple[LineFilter, ...]:
        return self.line_filters

    def copy_to_clipboard(self, text: str) -> None:
        """To the clipboard of the terminal, whatever stands in between; nothing raw goes there."""
        super().copy_to_clipboard(safe(text))
        further = passed_on(safe(text), os.environ)
        if further and self._driver:
            self._driver.write(further)

    @on(DrawAnew)
    def draw_anew(self) -> None:
        """Send the whole screen again: something else has written over it."""
        if isinstance(self._driver, LineDriver):
            self._driver.redraw()
        else:
            self.screen.refresh(layout=True, repaint=True)

    def hurry(self) -> None:
        """Shorten the wait at the end, as after a signal."""
        if isinstance(self._driver, LineDriver):
            self._driver.hurry()

    def on_mount(self) -> None:
        self.screen_change_signal.subscribe(self, lambda _shown: self.fit(self.size))

    def on_resize(self, event: events.Resize) -> None:
        self.fit(event.size)

    def fit(self, size: Size) -> None:
        """Keep the sentence on top while the terminal is too small, and no longer."""
        if not self.screen_stack:
            return
        small, told = TooSmall.fits_not(size), isinstance(self.screen, TooSmall)
        if small and not told:
            self.push_screen(TooSmall())
        elif told and not small:
            self.pop_screen()
