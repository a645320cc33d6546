"""Why somebody may or may not do something: the chain of reasons, who did what, and when."""

from collections.abc import Iterable
from functools import partial

from textual import getters
from textual.content import Content
from textual.widget import Widget

from store.access import explaining
from store.values import Because, Explanation, Row, User
from store.wording import _
from tui import rights
from tui.commands import Situation
from tui.commands.permissions import REASONS
from tui.moments import when
from tui.safe import safe
from tui.screens.room import Room, bindings_of
from tui.signs import SIGNS
from tui.visit import Visit
from tui.widgets.reading import Reading


class Reasons(Room[None]):
    """One permission of one person: the deciding reason first, then what it stands over."""

    ROOM = REASONS
    BINDINGS = bindings_of(REASONS)

    reading = getters.query_one(Reading)

    def __init__(self, visit: Visit, person: Row | User, permission: str) -> None:
        super().__init__(f"{person.full_name} {SIGNS.dot} {permission}", visit.who)
        self.visit, self.person, self.permission = visit, person, permission

    def body(self) -> Iterable[Widget]:
        yield Reading()

    def on_mount(self) -> None:
        self.reading.focus()
        self.heading.show(figure=str(self.visit.zone))
        self.ask(
            partial(explaining.explain, self.visit.session, self.person.id, self.permission),
            self._show,
            group="reasons",
        )

    def situation(self) -> Situation:
        return Situation(self.visit.actor, self.person)

    def command_lines(self) -> tuple[str, ...]:
        return (f"usher access show {self.person.id} --why {self.permission}",)

    def _show(self, found: Explanation) -> None:
        lines: list[Content | str] = [Content.styled(safe(rights.verdict(found)), "bold")]
        for reason in found.because:
            lines += ["", f"  {safe(reason.detail)}", *self._since(reason)]
        self.reading.show(lines)

    def _since(self, reason: Because) -> list[Content | str]:
        """When that came to be, and by whom, as far as it is known."""
        parts = []
        if reason.at:
            parts.append(_("since {day}").format(day=when(reason.at, self.visit.zone)))
        if reason.by:
            parts.append(_("by {name}").format(name=safe(reason.by)))
        return [Content.styled(f"  {', '.join(parts)}", "bright_black")] if parts else []
