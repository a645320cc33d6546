"""Two changes to the same person: field by field what was, mine, theirs, and what will stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from textual import getters
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from store.values import Draft, User
from store.wording import _
from tui.commands.forms import MERGE
from tui.safe import fit, safe, width
from tui.screens.room import Room, bindings_of
from tui.screens.user_fields import DRAFT, LABELS, said
from tui.signs import SIGNS
from tui.widgets.words import LONGEST, Words

LABEL, STANDS = 16, 10
FULL_LINES = 3
"""Of a value that does not fit into its column."""


class Side(StrEnum):
    """Whose value will stand."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


SIDES = {Side.MINE: _("mine"), Side.THEIRS: _("theirs"), Side.BOTH: _("the same")}


@dataclass
class Difference:
    """One field that somebody changed."""

    field: str
    was: Any
    mine: Any
    theirs: Any
    stands: Side
    conflict: bool

    @property
    def texts(self) -> tuple[str, str, str]:
        """What was, mine and theirs, as people read them."""
        was, mine, theirs = (said(self.field, v) for v in (self.was, self.mine, self.theirs))
        return was, mine, theirs


def differences(base: Draft, mine: Draft, theirs: Draft) -> list[Difference]:
    """The fields that anybody changed; where both did, differently, theirs stands until chosen."""
    found = []
    for field in (name for name in LABELS if name in DRAFT):
        was, my, their = (getattr(draft, field) for draft in (base, mine, theirs))
        if was == my == their:
            continue
        alone = Side.MINE if their == was else Side.THEIRS
        stands = Side.BOTH if my == their else alone
        conflict = my != their and was not in (my, their)
        found.append(Difference(field, was, my, their, stands, conflict))
    return found


class Changes(Widget, can_focus=True):
    """The table: one line a field, and below it in full what did not fit into the line."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"changes--head", "changes--stands"}
    BINDINGS = [
        Binding("up,shift+tab", "move(-1)", show=False),
        Binding("down,tab", "move(1)", show=False),
    ]

    def __init__(self, differences: list[Difference]) -> None:
        super().__init__()
        self.differences = differences
        self.cursor = 0

    @property
    def current(self) -> Difference:
        """The field under the cursor."""
        return self.differences[self.cursor]

    def action_move(self, step: int) -> None:
        self.cursor = (self.cursor + step) % len(self.differences)
        self.refresh()

    def render(self) -> Content:
        room = max((self.size.width - LABEL - STANDS - 3) // 3, 4)
        heads = (_("was"), _("mine"), _("theirs"))
        head = "".join(
            ("   ", fit(_("field"), LABEL), *(fit(name, room) for name in heads), _("stands"))
        )
        lines = [Content.styled(head, self.get_visual_style("changes--head"))]
        lines += [self._line(number, room) for number in range(len(self.differences))]
        texts = self.current.texts
        if any(width(text) >= room for text in texts):
            lines.append(Content(""))
            for name, text in zip(heads, texts, strict=True):
                lines += self._in_full(name, text)
        return Content("\n").join(lines)

    def _line(self, number: int, room: int) -> Content:
        difference = self.differences[number]
        marker = SIGNS.cursor if number == self.cursor else " "
        strong = self.get_visual_style("changes--stands")
        was, mine, theirs = (f"{fit(text, room - 1)} " for text in difference.texts)
        stands = SIDES[difference.stands]
        return Content.assemble(
            f" {marker} {fit(LABELS[difference.field], LABEL)}{was}",
            (mine, strong if difference.stands is not Side.THEIRS else ""),
            (theirs, strong if difference.stands is not Side.MINE else ""),
            f"{SIGNS.error} {stands}" if difference.conflict else f"  {stands}",
        )

    def _in_full(self, name: str, text: str) -> list[Content]:
        room = max(self.size.width - LABEL - 4, 10)
        lines = Content(safe(text[:LONGEST])).wrap(room)[:FULL_LINES]
        names = [name, *[""] * (len(lines) - 1)]
        return [
            Content.assemble(f"   {fit(label, LABEL)}", line)
            for label, line in zip(names, lines, strict=True)
        ]


class Merge(Room[dict[str, Any]]):
    """Gives back which of my values are to stand over theirs, or None when one went back."""

    ROOM = MERGE
    SEEN_FIRST: ClassVar[frozenset[str]] = frozenset({"f2"})
    BINDINGS = bindings_of(MERGE)

    changes = getters.query_one(Changes)

    def __init__(self, base: Draft, mine: Draft, theirs: User, who: str = "") -> None:
        super().__init__(f"{theirs.full_name} ({theirs.id}): {_('two changes')}", who)
        self.differences = differences(base, mine, Draft.of(theirs))

    def body(self) -> Iterable[Widget]:
        yield Words(
            _(
                "Someone else has saved this person meanwhile. Nothing was overwritten."
                " Below is what will stand. Where both of you changed a field ({sign}), choose:"
                " left for mine, right for theirs. Then save."
            ).format(sign=SIGNS.error)
        )
        yield Changes(self.differences)

    def do_save(self) -> None:
        self.dismiss({one.field: one.mine for one in self.differences if one.stands is Side.MINE})

    def do_leave(self) -> None:
        self.dismiss(None)

    def do_mine(self) -> None:
        self._choose(Side.MINE)

    def do_theirs(self) -> None:
        self._choose(Side.THEIRS)

    def do_switch(self) -> None:
        self._choose(Side.MINE if self.changes.current.stands is Side.THEIRS else Side.THEIRS)

    def do_help_in_form(self) -> None:
        self.do_help()

    def do_draw_form(self) -> None:
        self.do_draw()

    def _choose(self, side: Side) -> None:
        if self.changes.current.conflict:
            self.changes.current.stands = side
            self.changes.refresh()
        else:
            self.say(_("Here is nothing to choose: only one of you changed it, or both alike."))
