"""A grid of permissions: modules down, actions across, a mark in every cell.

It knows neither roles nor people. A screen gives it modules and marks, and asks it for what is
under the cursor when one of the screen's own keys means that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from store.values import Module
from store.wording import _
from tui.safe import fit
from tui.signs import SIGNS
from tui.widgets.grid_lines import LEFT, NAME, USUAL, Cell, GridLine, lines_of, step_of
from tui.widgets.window import Window


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands in a cell: a sign, and a word where the sign alone would not say it."""

    sign: str
    word: str = ""


class PermissionGrid(Window):
    """The arrows move the cursor from cell to cell. `mark` is the width of the widest mark."""

    BINDINGS = [
        Binding("left", "across(-1)", show=False),
        Binding("right", "across(1)", show=False),
    ]

    class Moved(Message):
        """The cursor is on another cell."""

        def __init__(self, permission: str) -> None:
            super().__init__()
            self.permission = permission

    def __init__(self, mark: int) -> None:
        super().__init__()
        self.mark = mark
        self.modules: Sequence[Module] = ()
        self.marks: Mapping[str, Mark] = {}
        self._lines: list[GridLine] = []
        self._x = LEFT

    @property
    def count(self) -> int:
        return len(self._lines)

    @property
    def room(self) -> int:
        # The first line names the columns.
        return max(self.size.height - 1, 1)

    @property
    def current(self) -> str | None:
        """The permission under the cursor."""
        return self._cell.permission if self._cell else None

    @property
    def module(self) -> Module | None:
        """The module under the cursor."""
        return self._lines[self.cursor].module if self._lines else None

    def show(self, modules: Sequence[Module], marks: Mapping[str, Mark]) -> None:
        """Put modules and their marks in; the cursor stays where it is, as far as that is there."""
        self.modules, self.marks = modules, marks
        self._lay_out()

    def put(self, marks: Mapping[str, Mark]) -> None:
        """Other marks for the same modules: only the lines that differ are drawn anew."""
        changed = {one for one in marks if marks[one] != self.marks.get(one)}
        self.marks = marks
        for number, line in enumerate(self._lines):
            if changed & {cell.permission for cell in line.cells}:
                self.redraw(number)

    def go(self, to: int, *, top: int | None = None) -> None:
        before = self.cursor
        super().go(to, top=top)
        if self.cursor != before and self.current:
            self.post_message(self.Moved(self.current))

    def redraw(self, number: int) -> None:
        if 0 <= number - self.top < self.room:
            self.refresh(Region(0, number - self.top + 1, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        return super().render_line(y - 1) if y else self._names()

    def strip(self, number: int) -> Strip:
        line = self._lines[number]
        here = self._cell if number == self.cursor and self.has_focus else None
        style = self.get_component_rich_style("window--cursor", partial=True)
        name = line.module.name if line.first else ""
        segments = [Segment(f" {fit(name, NAME)} ")]
        at = LEFT
        for cell in line.cells:
            said = f"{SIGNS.cursor if cell is here else ' '}{self._said(cell)}"
            segments.append(Segment(" " * (cell.x - at)))
            segments.append(Segment(fit(said, cell.width), style if cell is here else None))
            at = cell.x + cell.width
        if line.first and line.module.admin_only:
            behind = LEFT + len(USUAL) * step_of(self.mark)
            segments.append(Segment(f"{' ' * (behind - at)} {_('admins only')}"))
        return Strip(Segment.simplify(segments)).adjust_cell_length(self.size.width)

    def on_resize(self) -> None:
        self._lay_out()

    def action_across(self, steps: int) -> None:
        """To the next cell of the line."""
        cell = self._cell
        if cell is None:
            return
        cells = self._lines[self.cursor].cells
        to = cells[max(min(cells.index(cell) + steps, len(cells) - 1), 0)]
        self._x = to.x
        if to is not cell:
            self.redraw(self.cursor)
            self.post_message(self.Moved(to.permission))

    @property
    def _cell(self) -> Cell | None:
        """The one under the cursor: of its line, the nearest to the column one came down in."""
        if not self._lines:
            return None
        cells = self._lines[self.cursor].cells
        return min(cells, key=lambda cell: abs(cell.x - self._x))

    def _said(self, cell: Cell) -> str:
        mark = self.marks[cell.permission]
        return " ".join(part for part in (mark.sign, cell.action, mark.word) if part)

    def _names(self) -> Strip:
        names = "".join(fit(f" {action}", step_of(self.mark)) for action in USUAL)
        style = self.get_component_rich_style("window--cursor", partial=True)
        return Strip([Segment(fit(f"{' ' * LEFT}{names}", self.size.width), style)])

    def _lay_out(self) -> None:
        under, line = self.current, self.cursor
        self._lines = lines_of(self.modules, self.mark, self.size.width)
        for number, one in enumerate(self._lines):
            for cell in one.cells:
                if cell.permission == under:
                    line, self._x = number, cell.x
        self.go(line, top=self.top)
        self.refresh()
