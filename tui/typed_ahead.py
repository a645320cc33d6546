"""Decide about keys that were typed before the user could see the screen that gets them.

After the line stalls, many keys arrive at once. Each screen decides whether a key acts, is held
until the screen has its data, or is dropped. A key that confirms, copies or quits acts only if it
was pressed after the user could see what it does.
"""

from collections.abc import Callable
from enum import Enum, auto
from functools import partial
from time import monotonic
from typing import Any, ClassVar

from textual.message import Message
from textual.screen import Screen, ScreenResultType

from store.wording import _
from tui.driver.line_driver import LineDriver

ALL_KEYS = frozenset({"*"})
"""Means every key."""


IGNORED = _("Keys pressed before this was shown were ignored.")


class KeysFreed(Message):
    """A message that releases held keys, after earlier messages to the screen."""


class Verdict(Enum):
    """Whether a key acts, is held or is dropped."""

    ACT = auto()
    HOLD = auto()
    DROP = auto()


class Sight:
    """Knows when the next frame of a screen has been seen.

    With `LineDriver`, that is when the terminal has answered. With any other driver, it is when the
    frame was painted.
    """

    def __init__(self, screen: Screen[Any]) -> None:
        self._seen_at: Callable[[], float | None] | None = None
        screen.call_after_refresh(self._painted, screen)

    @property
    def painted(self) -> bool:
        """Whether the frame has been painted, but not necessarily seen."""
        return self._seen_at is not None

    def before(self, moment: float) -> bool:
        """Return whether the frame had been seen by `moment` (monotonic seconds)."""
        seen_at = self._seen_at() if self._seen_at else None
        return seen_at is not None and seen_at <= moment

    def _painted(self, screen: Screen[Any]) -> None:
        driver, now = screen.app._driver, monotonic()
        if isinstance(driver, LineDriver):
            self._seen_at = partial(driver.seen_at, driver.drawn)
        else:
            self._seen_at = lambda: now


class TypedAhead(Screen[ScreenResultType]):
    """A screen that decides about keys typed before the user could see it."""

    SEEN_FIRST: ClassVar[frozenset[str]] = frozenset()
    """Keys that act only once this screen has been seen. `ALL_KEYS` means every key."""
    UNSEEN: ClassVar[frozenset[str]] = frozenset({"escape"})
    """Keys that always act, even if `SEEN_FIRST` is `ALL_KEYS`."""

    sight: Sight | None = None

    def on_screen_resume(self) -> None:
        self.show_first()

    def show_first(self) -> None:
        """Count the screen as unseen until its next frame has been seen."""
        self.sight = Sight(self)

    def verdict(self, key: str, moment: float) -> Verdict:
        """Decide about a key pressed at `moment`. The key `""` means pasted text."""
        if not self.waits_to_be_seen(key) or (self.sight and self.sight.before(moment)):
            return Verdict.ACT
        self.tell_dropped()
        return Verdict.DROP

    def waits_to_be_seen(self, key: str) -> bool:
        """Return whether this key acts only once the screen has been seen."""
        if self.SEEN_FIRST is ALL_KEYS:
            return key not in self.UNSEEN
        return key in self.SEEN_FIRST

    def tell_dropped(self) -> None:
        """Show that keys were ignored, if the screen has a place for it."""
