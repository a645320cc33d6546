"""What became of each of many people, kept small: a million of them take some thirty megabytes."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

from store.policy.transitions import told


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one: their id where they are known, what they are called, and why.

    `outcome` is what was done, `blocked`, or the code of the refusal.
    """

    user: int | None
    who: str
    outcome: str
    message: str
    done: bool

    def as_json(self) -> dict[str, Any]:
        """The settled shape of a line of a ledger (DESIGN 5)."""
        return {"user": self.user, "outcome": self.outcome, "message": self.message}


@dataclass(frozen=True, slots=True)
class Kind:
    """What many outcomes have in common: the sentence has places for the name and the id."""

    outcome: str
    pattern: str
    done: bool


class Outcomes(Sequence[Outcome]):
    """Outcomes in the order of the acts. Sentences are kept once, names as bytes."""

    def __init__(self) -> None:
        self.stopped = ""
        """Why it could not go on, where it could not."""
        self._numbers = array("q")
        self._kind_of = array("L")
        self._ends = array("L", [0])
        self._names = bytearray()
        self._kinds: list[Kind] = []
        self._places: dict[Kind, int] = {}
        self._counts: list[int] = []

    def add(self, number: int | None, who: str, kind: Kind) -> None:
        """One more."""
        place = self._places.setdefault(kind, len(self._kinds))
        if place == len(self._kinds):
            self._kinds.append(kind)
            self._counts.append(0)
        self._counts[place] += 1
        self._numbers.append(number or 0)
        self._kind_of.append(place)
        self._names += who.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._names))

    @property
    def done(self) -> int:
        """How many were done."""
        return sum(number for kind, number in self.counts if kind.done)

    @property
    def failed(self) -> int:
        """How many were refused."""
        return len(self) - self.done

    @property
    def counts(self) -> list[tuple[Kind, int]]:
        """How many there are of each kind, in the order in which they came."""
        return list(zip(self._kinds, self._counts, strict=True))

    def refused_first(self) -> Sequence[int]:
        """The places of all, those that were refused before the others."""
        refused, done = array("L"), array("L")
        for place, kind in enumerate(self._kind_of):
            (done if self._kinds[kind].done else refused).append(place)
        return refused + done

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> Outcome: ...
    @overload
    def __getitem__(self, place: slice) -> list[Outcome]: ...
    def __getitem__(self, place: int | slice) -> Outcome | list[Outcome]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        place = range(len(self))[place]
        kind, number = self._kinds[self._kind_of[place]], self._numbers[place]
        name = self._names[self._ends[place] : self._ends[place + 1]]
        who = name.decode("utf-8", "surrogatepass")
        message = told(kind.pattern, number, who)
        return Outcome(number or None, who, kind.outcome, message, kind.done)

    def __iter__(self) -> Iterator[Outcome]:
        return (self[place] for place in range(len(self)))
