"""The roles, a line each; what the one under the cursor permits stands below."""

from collections.abc import Sequence

from textual.content import Content
from textual.strip import Strip

from store.values import Module, Role
from store.wording import _, ngettext
from tui.granting import in_short
from tui.moments import grouped
from tui.safe import fit, safe
from tui.widgets.explained import Explained

NAME, NUMBER, PEOPLE = 30, 16, 18
BELOW = 5
"""Lines for what a role permits, the first of them empty."""


class RoleLines(Explained):
    """Their names, how much each permits, how many have it, and whether it is ready-made."""

    def __init__(self) -> None:
        super().__init__()
        self.items: Sequence[Role] = ()
        self.modules: Sequence[Module] = ()

    @property
    def count(self) -> int:
        return len(self.items)

    @property
    def current(self) -> Role | None:
        """The role under the cursor."""
        return self.items[self.cursor] if self.items else None

    @property
    def room_below(self) -> int:
        return BELOW

    def show(self, items: Sequence[Role], modules: Sequence[Module], at: int | None = None) -> None:
        """Put the roles in anew; the cursor goes to the one of this id, or stays on its own."""
        here = self.current.id if at is None and self.current else at
        self.items, self.modules = items, modules
        places = [place for place, one in enumerate(items) if one.id == here]
        self.go(places[0] if places else self.cursor, top=self.top)
        self.refresh()

    def strip(self, number: int) -> Strip:
        one = self.items[number]
        permits = ngettext("{n} permission", "{n} permissions", len(one.permissions))
        people = ngettext("{n} person", "{n} people", one.people)
        said = (
            fit(one.name, NAME),
            fit(permits.format(n=len(one.permissions)), NUMBER, right=True),
            fit(people.format(n=grouped(one.people)), PEOPLE, right=True),
            _("ready-made") if one.ready_made else _("own"),
        )
        return self.marked(" ".join(said), here=number == self.cursor)

    def below(self) -> list[str]:
        one = self.current
        if one is None:
            return ["", f"   {_('There is no role yet. n makes one.')}"]
        permitted = in_short(one.permissions, self.modules)
        told = _("Permits {these}.").format(these=", ".join(permitted) or _("nothing yet"))
        room = max(self.size.width - 4, 20)
        lines = [line.plain.rstrip() for line in Content(safe(told)).wrap(room)]
        if len(lines) > BELOW - 1:
            lines[BELOW - 2 :] = [fit(lines[BELOW - 2] + " " * room, room)]
        return ["", *(f"   {line}" for line in lines)]
