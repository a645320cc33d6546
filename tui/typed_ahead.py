"""Keys that were typed before the screen that gets them could be seen.

After a stall of the line many keys arrive at once. Each screen decides about a key before it is
dealt out: it acts, it is held until the screen has what it needs, or it is dropped. Nothing that
confirms, copies or quits acts unless the key was pressed after the user could see what it does.
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
"""Stands for every key."""


IGNORED = _("Keys pressed before this was shown were ignored.")


class KeysFreed(Message):
    """Keys that a screen has held may go on; comes up behind what the screen was told."""


class Verdict(Enum):
    """What becomes of a key."""

    ACT = auto()
    HOLD = auto()
    DROP = auto()


class Sight:
    """Knows when the next thing that a screen paints has been seen.

    With a driver that asks the terminal, that is when the terminal has answered; with any other one
    it is when it was painted.
    """

    def __init__(self, screen: Screen[Any]) -> None:
        self._seen_at: Callable[[], float | None] | None = None
        screen.call_after_refresh(self._painted, screen)

    @property
    def painted(self) -> bool:
        """Whether it has been painted; whether it has been seen is another question."""
        return self._seen_at is not None

    def before(self, moment: float) -> bool:
        """Return whether it had been seen by this moment (monotonic seconds)."""
        seen_at = self._seen_at() if self._seen_at else None
        return seen_at is not None and seen_at <= moment

    def _painted(self, screen: Screen[Any]) -> None:
        driver, now = screen.app._driver, monotonic()
        if isinstance(driver, LineDriver):
            self._seen_at = partial(driver.seen_at, driver.drawn)
        else:
            self._seen_at = lambda: now


class TypedAhead(Screen[ScreenResultType]):
    """A screen that decides about keys which were typed ahead of what it shows."""

    SEEN_FIRST: ClassVar[frozenset[str]] = frozenset()
    """Keys that act only after this screen has been seen; `ALL_KEYS` is each of them."""
    UNSEEN: ClassVar[frozenset[str]] = frozenset({"escape"})
    """Keys that act before it has been seen, where `SEEN_FIRST` is each of them."""

    sight: Sight | None = None

    def on_screen_resume(self) -> None:
        self.show_first()

    def show_first(self) -> None:
        """Count as unseen what is painted from now on: it is not what was there before."""
        self.sight = Sight(self)

    def verdict(self, key: str, moment: float) -> Verdict:
        """Decide about a key that was pressed at this moment; `""` stands for pasted text."""
        if not self.waits_to_be_seen(key) or (self.sight and self.sight.before(moment)):
            return Verdict.ACT
        self.tell_dropped()
        return Verdict.DROP

    def waits_to_be_seen(self, key: str) -> bool:
        """Return whether this key acts only after the screen has been seen."""
        if self.SEEN_FIRST is ALL_KEYS:
            return key not in self.UNSEEN
        return key in self.SEEN_FIRST

    def tell_dropped(self) -> None:
        """Say that keys did nothing; a screen without a place for it says nothing."""
