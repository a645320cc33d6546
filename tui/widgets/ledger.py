"""A ledger: what became of each of many, a line each, so that nothing vanishes silently.

A line has a sign, its word, whom it concerns and a sentence. Lines are made when they are shown:
a ledger of a million rows that failed costs no more than one of ten.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip

from tui.safe import fit, safe, width
from tui.widgets.window import Window

Item = TypeVar("Item")

BEFORE_SIGN = 3
FULL_LINES = 2
"""Of a sentence that does not fit into its line, below the ledger and an empty line."""
ROOM_BELOW = FULL_LINES + 1
LONGEST = 600
"""Letters of it that are looked at."""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One outcome: `✓ invited   lesia@acme.com.ua   active, Salesperson`."""

    sign: str
    word: str
    who: str
    message: str = ""


class Ledger(Window, Generic[Item]):
    """Lines of outcomes; what is cut of the one under the cursor stands in full below them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"ledger--below"}

    def __init__(
        self, told: Callable[[Item], LedgerLine], *, word: int = 16, who: int = 28
    ) -> None:
        """`told` says what became of an item; `word` and `who` are the widths of these columns."""
        super().__init__()
        self.told, self.word, self.who = told, word, who
        self.items: Sequence[Item] = ()

    @property
    def count(self) -> int:
        return len(self.items)

    @property
    def current(self) -> Item | None:
        """What the cursor is on."""
        return self.items[self.cursor] if self.items else None

    @property
    def room(self) -> int:
        return max(self.size.height - ROOM_BELOW, 1)

    def show(self, items: Sequence[Item]) -> None:
        """Put other lines in; the cursor goes to the first."""
        self.items = items
        self.cursor = self.top = 0
        self.refresh()

    def go(self, to: int, *, top: int | None = None) -> None:
        old = self.cursor
        super().go(to, top=top)
        if self.cursor != old:
            self.refresh(Region(0, self.room, self.size.width, ROOM_BELOW))

    def render_line(self, y: int) -> Strip:
        if y < self.room:
            return super().render_line(y)
        width, said = self.size.width, self._below()[y - self.room :]
        style = self.get_component_rich_style("ledger--below", partial=True)
        return Strip([Segment(fit(said[0] if said else "", width), style)], width)

    def strip(self, number: int) -> Strip:
        told = self.told(self.items[number])
        word, who = fit(told.word, self.word), fit(told.who, self.who)
        text = f"{told.sign} {word} {who} {told.message[:LONGEST]}"
        return self.marked(text, here=number == self.cursor and self.has_focus, indent=1)

    def _below(self) -> list[str]:
        """What is cut of the line under the cursor, in full."""
        current = self.current
        if current is None:
            return []
        told = self.told(current)
        left = BEFORE_SIGN + width(told.sign) + self.word + self.who + 3
        cut = width(told.word) > self.word or width(told.who) > self.who
        if not cut and left + width(told.message[:LONGEST]) <= self.size.width:
            return []
        parts = (told.word, told.who, told.message) if cut else (told.message,)
        room = max(self.size.width - BEFORE_SIGN - 1, 1)
        lines = [
            line.plain.rstrip()
            for line in Content(safe(": ".join(part[:LONGEST] for part in parts))).wrap(room)
        ]
        if len(lines) > FULL_LINES:
            lines[FULL_LINES - 1 :] = [fit(lines[FULL_LINES - 1] + " " * room, room)]
        return ["", *(f"{' ' * BEFORE_SIGN}{line}" for line in lines)]
