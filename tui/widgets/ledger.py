"""A ledger: what became of each of many, a line each, so that nothing vanishes silently.

A line has a sign, its word, whom it concerns and a sentence. Lines are made when they are shown:
a ledger of a million rows that failed costs no more than one of ten.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual.content import Content
from textual.strip import Strip

from tui.safe import fit, safe, width
from tui.widgets.explained import Explained

Item = TypeVar("Item")

BEFORE_SIGN = 3
FULL_LINES = 2
"""Of a sentence that does not fit into its line, below the ledger and an empty line."""
LONGEST = 600
"""Letters of it that are looked at."""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One outcome: `✓ invited   lesia@acme.com.ua   active, Salesperson`."""

    sign: str
    word: str
    who: str
    message: str = ""


class Ledger(Explained, Generic[Item]):
    """Lines of outcomes; what is cut of the one under the cursor stands in full below them."""

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
    def room_below(self) -> int:
        return FULL_LINES + 1

    def show(self, items: Sequence[Item]) -> None:
        """Put other lines in; the cursor goes to the first."""
        self.items = items
        self.cursor = self.top = 0
        self.refresh()

    def strip(self, number: int) -> Strip:
        told = self.told(self.items[number])
        word, who = fit(told.word, self.word), fit(told.who, self.who)
        text = f"{told.sign} {word} {who} {told.message[:LONGEST]}"
        return self.marked(text, here=number == self.cursor and self.has_focus, indent=1)

    def below(self) -> list[str]:
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
