"""What people own, and to whom it goes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from store.values.people import User
from store.values.words import Status

Counts = Mapping[str, Mapping[str, int]]
"""How many there are, by kind and state."""


@dataclass(frozen=True, slots=True)
class Record:
    """Anything on the platform that has a user as its owner (DESIGN 3.8); the columns of its CSV.

    `owner` is a login and `sub_account` a name, as people write them.
    """

    kind: str
    ref: str
    title: str
    state: str
    owner: str
    sub_account: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class RecordFilters:
    """What narrows a list of records; empty is everything. `owner` is an id, a login, an e-mail."""

    owner: int | str | None = None
    kind: str = ""
    state: str = ""
    sub_account: str = ""


@dataclass(frozen=True, slots=True, order=True)
class RecordPlace:
    """A place in the order of the list: by kind; of each kind first what is kept here, by state
    and ref, then the rows of the platform's table by their key."""

    kind: str
    platform: bool
    state: str
    ref: str


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some consecutive records, and the place behind which there are more; None at the end."""

    records: tuple[Record, ...] = ()
    next: RecordPlace | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """What came of giving records to somebody: who has them now, how many came, and from whom."""

    to: User
    number: int
    owners: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        return {"to": self.to.as_json(), "assigned": self.number, "from": list(self.owners)}


@dataclass(frozen=True, slots=True)
class Heirs:
    """To whom what somebody owns goes: everything to `all`, but a kind that is named to its own.

    Without `all` only what is of a kind that is named goes anywhere.
    """

    all: int | None = None
    kinds: Mapping[str, int] = field(default_factory=dict)

    def of(self, kind: str) -> int | None:
        """Who gets what is of this kind; None where it stays."""
        return self.kinds.get(kind, self.all)

    @property
    def people(self) -> frozenset[int]:
        return frozenset(self.kinds.values()) | ({self.all} if self.all is not None else set())


@dataclass(frozen=True, slots=True)
class HandOver:
    """A hand-over in batches that has yet to end, with which somebody may be leaving (DESIGN 3.8).

    `verb` is what comes with the last batch, or `transfer`, where nobody leaves; `status` is where
    they stood before. `by` began it: a user by their id, the operator by name. `stopped` says why
    it cannot go on, where it cannot.
    """

    user: int
    verb: str
    heirs: Heirs
    reason: str
    status: Status
    by: tuple[int | None, str]
    began: datetime
    total: int
    moved: int
    stopped: str

    @property
    def leaves(self) -> bool:
        """Whether they are shut out already, and go with the last batch."""
        return self.verb != "transfer"
