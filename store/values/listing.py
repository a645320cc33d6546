"""Lists: what narrows them, their pages and their counts."""

from dataclasses import dataclass, replace

from store.values.people import Place, Row
from store.values.words import Locked, Status, View


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a list; empty means all but the removed. Words are ANDed.

    `lock` is one of `Locked`, `view` is `View.SOON`: they show pending and active people alone.
    """

    search: str = ""
    statuses: tuple[Status, ...] = ()
    role: str = ""
    team: str = ""
    lock: str = ""
    view: str = ""

    def __bool__(self) -> bool:
        narrowed = self.statuses or self.role or self.team or self.lock or self.view
        return bool(self.search.strip() or narrowed)

    @property
    def shows(self) -> str:
        """Which of the views this is: what a list of it has to say of each person.

        Of the pending alone it tells their invitations; such a list is `pending`.
        """
        if self.lock:
            return View.LOCKED
        return self.view or (Status.PENDING if self.statuses == (Status.PENDING,) else "")

    def seen_as(self, view: str) -> "Filters":
        """The same in one of the views; in none where that is empty."""
        lock = Locked.ANY if view == View.LOCKED else ""
        return replace(self, lock=lock, view=View.SOON if view == View.SOON else "")


@dataclass(frozen=True, slots=True)
class Page:
    """Some consecutive rows of a list, with the places of the first and the last of them.

    `before` and `after` say whether there is more in that direction.
    """

    rows: tuple[Row, ...] = ()
    first: Place | None = None
    last: Place | None = None
    before: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many; `capped` when there are more than could be counted at once."""

    number: int
    capped: bool = False
