"""Finding out that something has only moved up or down, which a terminal can do by itself.

Scrolling a part of the screen takes some twenty bytes; painting the lines anew a thousand.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tui.driver.grid import BLANK, Grid

FEWEST = 3
"""Lines that must have moved together."""

WORTH = 24
"""Cells that must be saved: what the sequences themselves cost."""

ALIKE = 3
"""Where a line stands several times, so many of its places are looked at."""


class Shift(NamedTuple):
    """The lines from `top` to `bottom` move `by` lines up, or down where that is negative."""

    top: int
    bottom: int
    by: int


def find(have: Grid, target: Grid, rows: Iterable[int]) -> Shift | None:
    """The shift of a part of the screen that brings it closest to the target, if any pays."""
    places: dict[str, list[int]] = {}
    for row, texts in enumerate(have.texts):
        places.setdefault("".join(texts), []).append(row)
    moved: dict[int, list[int]] = {}
    for row in rows:
        line = "".join(target.texts[row])
        if line.isspace():
            continue
        for place in places.get(line, ())[:ALIKE]:
            if place != row:
                moved.setdefault(place - row, []).append(row)
    if not moved:
        return None
    by, lines = max(moved.items(), key=lambda one: len(one[1]))
    if len(lines) < FEWEST:
        return None
    first, last = min(lines), max(lines)
    shift = Shift(min(first, first + by), max(last, last + by), by)
    return shift if _saved(have, target, shift) >= WORTH else None


def _saved(have: Grid, target: Grid, shift: Shift) -> int:
    """How many cells fewer differ after a shift."""
    saved = 0
    for row in range(shift.top, shift.bottom + 1):
        saved += target.changes(have, row, row)
        source = row + shift.by
        if shift.top <= source <= shift.bottom:
            saved -= target.changes(have, row, source)
        else:
            saved -= target.width - Counter(target.texts[row])[BLANK]
    return saved
