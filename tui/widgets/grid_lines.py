"""Where each permission stands in a grid: modules down, their actions across, in lines that fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store.values import Module
from tui.safe import fit

USUAL = ("view", "create", "edit", "delete")
"""The actions that have columns; what else a module has follows on lines of its own."""
NAME = 14
LEFT = NAME + 2
"""Where the cells begin: a margin, the module's name, a space."""
ACTION_MIN, ACTION_MAX = 6, 20
GAP = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a permission stands in its line; `action` names it where it has no column."""

    permission: str
    x: int
    width: int
    action: str = ""


@dataclass(frozen=True, slots=True)
class GridLine:
    """The cells of one line; the `first` of a module has its name before them."""

    module: Module
    cells: tuple[Cell, ...]
    first: bool


def step_of(mark: int) -> int:
    """From one column to the next: the sign of the cursor, the widest mark, a gap."""
    return 1 + max(mark, ACTION_MIN) + GAP


def lines_of(modules: Iterable[Module], mark: int, width: int) -> list[GridLine]:
    """The lines of these modules, with marks of so many cells, on a screen of this width."""
    return [
        GridLine(module, cells, first=number == 0)
        for module in modules
        for number, cells in enumerate(_cells_of(module, mark, width))
    ]


def _cells_of(module: Module, mark: int, width: int) -> Iterable[tuple[Cell, ...]]:
    step = step_of(mark)
    usual = tuple(
        Cell(f"{module.name}.{action}", LEFT + place * step, step)
        for place, action in enumerate(USUAL)
        if action in module.actions
    )
    if usual:
        yield usual
    others = [action for action in module.actions if action not in USUAL]
    widest = min(max(map(len, others), default=0), ACTION_MAX)
    step = 1 + mark + 1 + widest + GAP
    across = max((width - LEFT) // step, 1)
    for start in range(0, len(others), across):
        yield _named(module, others[start : start + across], step, widest)


def _named(module: Module, actions: Sequence[str], step: int, widest: int) -> tuple[Cell, ...]:
    return tuple(
        Cell(f"{module.name}.{action}", LEFT + place * step, step, fit(action, widest))
        for place, action in enumerate(actions)
    )
