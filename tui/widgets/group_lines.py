"""Teams or sub-accounts, a line each; what is true of the one under the cursor stands below."""

from collections.abc import Sequence

from textual.content import Content
from textual.strip import Strip

from store.values import SubAccount, Team
from store.wording import _, ngettext
from tui.moments import grouped
from tui.reach import what_they_see
from tui.safe import fit, safe
from tui.widgets.explained import Explained

Group = Team | SubAccount

NAME, PEOPLE = 30, 14
BELOW = 4
"""Lines for what is true of one, the first of them empty."""


def people_in(one: Group) -> int:
    """How many are in it by name."""
    return one.members if isinstance(one, Team) else one.people


class GroupLines(Explained):
    """Their names, how many people are in each, and what the members of a team see."""

    def __init__(self) -> None:
        super().__init__()
        self.items: Sequence[Group] = ()
        self.nothing = ""

    @property
    def count(self) -> int:
        return len(self.items)

    @property
    def current(self) -> Group | None:
        """The one under the cursor."""
        return self.items[self.cursor] if self.items else None

    @property
    def room_below(self) -> int:
        return BELOW

    def show(self, items: Sequence[Group], *, at: int | None, nothing: str) -> None:
        """Put others in, with the cursor on the one with the id `at`; `nothing` says what to do
        where there are none."""
        self.items, self.nothing = items, nothing
        places = [place for place, one in enumerate(items) if one.id == at]
        self.go(places[0] if places else min(self.cursor, len(items)), top=self.top)
        self.refresh()

    def strip(self, number: int) -> Strip:
        one = self.items[number]
        people = people_in(one)
        figure = ngettext("{n} person", "{n} people", people).format(n=grouped(people))
        sees = what_they_see(one) if isinstance(one, Team) else ""
        text = f"{fit(one.name, NAME)} {fit(figure, PEOPLE, right=True)}   {sees}"
        return self.marked(text.rstrip(), here=number == self.cursor)

    def below(self) -> list[str]:
        one = self.current
        room = max(self.size.width - 4, 20)
        wrapped = Content(safe(_told(one) if one else self.nothing)).wrap(room)
        return ["", *(f"   {line.plain.rstrip()}" for line in wrapped)][:BELOW]


def _told(one: Group) -> str:
    if isinstance(one, SubAccount):
        return _(
            "What belongs to {name} is seen by those who were granted it, by those who have all"
            " sub-accounts, and by every admin."
        ).format(name=one.name)
    if one.own_clients_only:
        return _(
            "Members see the clients of those who are in a team with them, and their own; other"
            " teams of theirs do not undo that. Admins see all."
        )
    return _("This team takes nothing from what its members see.")
