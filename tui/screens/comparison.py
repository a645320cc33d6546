"""What one of two people may do and the other may not, with what decided it."""

from collections.abc import Iterable
from functools import partial

from textual import getters
from textual.content import Content
from textual.widget import Widget

from store.access import explaining
from store.values import Difference, Row, User
from store.wording import _, ngettext
from tui import rights
from tui.commands import Situation
from tui.commands.permissions import COMPARISON
from tui.safe import fit, safe
from tui.screens.room import Room, bindings_of
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.reading import Reading

PERMISSION = 22


class Comparison(Room[None]):
    """Two people side by side; what both hold or both lack is left out."""

    ROOM = COMPARISON
    BINDINGS = bindings_of(COMPARISON)

    reading = getters.query_one(Reading)

    def __init__(self, visit: Visit, one: Row | User, other: Row | User) -> None:
        super().__init__(f"{one.full_name} {SIGNS.dot} {other.full_name}", visit.who)
        self.visit, self.one, self.other = visit, one, other
        self.found: Difference | None = None

    def body(self) -> Iterable[Widget]:
        yield Reading()

    def on_mount(self) -> None:
        self.reading.focus()
        self.ask(
            partial(explaining.difference, self.visit.session, self.one.id, self.other.id),
            self._show,
            group="difference",
        )

    def on_resize(self) -> None:
        self._draw()

    def situation(self) -> Situation:
        return Situation(self.visit.actor, self.one)

    def command_lines(self) -> tuple[str, ...]:
        return (f"usher access diff {self.one.id} {self.other.id}",)

    def _show(self, found: Difference) -> None:
        self.found = found
        number = len(found.rights)
        sentence = ngettext("{n} difference", "{n} differences", number)
        self.heading.show(figure=sentence.format(n=number))
        self._draw()

    def _draw(self) -> None:
        found = self.found
        if found is None or not self.is_mounted:
            return
        if not found.rights:
            self.reading.show([safe(rights.the_same(found))])
            return
        room = max((self.size.width - 2 - PERMISSION) // 2, 8)

        def line(*cells: str) -> str:
            widths = (PERMISSION, room, room)
            return "".join(map(fit, cells, widths)).rstrip()

        head = line(_("permission"), found.one.full_name, found.other.full_name)
        lines: list[Content | str] = [Content.styled(head, "bold")]
        for left, right in found.rights:
            lines.append(line(left.permission, rights.in_short(left), rights.in_short(right)))
        self.reading.show(lines)
