"""What became of the rows of an import: each of them once, a million of them in little memory."""

from array import array
from collections.abc import Iterator, Sequence, Sized
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, overload

from store.errors import Problem
from store.exchange.meeting import in_use
from store.exchange.reading import Row

_Kind = tuple[str, str, str]
"""What several failures share: the code, and the text before and after the quoted value.

For a value that another user has: the code, the field and that user's status.
"""


@dataclass(frozen=True, slots=True)
class Failure:
    """A row that was not imported: the line of its beginning, the code and the sentence."""

    line: int
    code: str
    message: str

    def as_json(self) -> dict[str, Any]:
        return {"line": self.line, "code": self.code, "message": self.message}


class Failures(Sequence[Failure]):
    """The failed rows in order, stored compactly: each sentence once, and the values as bytes.

    What is particular to a row is the value that its sentence quotes, and who holds it: these are
    put into the sentence each time it is read.
    """

    def __init__(self) -> None:
        self._lines = array("q")
        self._kinds = array("l")
        self._holders = array("q")
        self._values = bytearray()
        self._ends = array("L", [0])
        self._known: dict[_Kind, int] = {}
        self._each: list[_Kind] = []

    def add(self, row: Row, problem: Problem) -> None:
        holder = problem.holder
        before, value, after = _around_value(problem.message)
        kind = (
            (problem.code, problem.field, str(holder.status))
            if holder
            else (problem.code, before, after)
        )
        number = self._known.setdefault(kind, len(self._each))
        if number == len(self._each):
            self._each.append(kind)
        self._lines.append(row.line)
        self._kinds.append(number)
        self._holders.append(holder.id if holder else 0)
        self._values += value.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._values))

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[Failure]:
        return map(self._at, range(len(self)))

    @overload
    def __getitem__(self, place: int) -> Failure: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Failure, ...]: ...
    def __getitem__(self, place: int | slice) -> Failure | tuple[Failure, ...]:
        if isinstance(place, slice):
            return tuple(map(self._at, range(len(self))[place]))
        return self._at(range(len(self))[place])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Failures) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def _at(self, place: int) -> Failure:
        code, before, after = self._each[self._kinds[place]]
        value = self._values[self._ends[place] : self._ends[place + 1]].decode(
            "utf-8", "surrogatepass"
        )
        holder = self._holders[place]
        message = in_use(before, value, holder, after) if holder else f"{before}{value}{after}"
        return Failure(self._lines[place], code, message)


def _around_value(sentence: str) -> tuple[str, str, str]:
    """Return the text before the quoted value of a sentence, the value, and the text after it."""
    start, end = sentence.find("“") + 1, sentence.rfind("”")
    if not 0 < start <= end:
        return sentence, "", ""
    return sentence[:start], sentence[start:end], sentence[end:]


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What became of each row; `rows` is the sum of the others.

    `readdressed` says how many of the updated users have a new email address (DESIGN 3.5).
    """

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: Sequence[Failure] = ()
    failed_file: Path | None = None
    readdressed: int = 0

    def as_json(self) -> dict[str, Any]:
        """The settled shape of `usher import` (DESIGN 5) but for `failed`.

        There may be a million of them: whoever writes them asks each for its own.
        """
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "failed_file": str(self.failed_file) if self.failed_file else None,
        }


class Decided(Protocol):
    """What became of some rows, each of them in exactly one of these."""

    @property
    def created(self) -> Sized: ...
    @property
    def updated(self) -> Sized: ...
    @property
    def unchanged(self) -> int: ...
    @property
    def failed(self) -> Sequence[tuple[Row, Problem]]: ...


@dataclass(slots=True)
class Tally:
    """The summary in the making."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: Failures = field(default_factory=Failures)
    readdressed: int = 0

    @property
    def rows(self) -> int:
        return self.created + self.updated + self.unchanged + len(self.failed)

    def add(self, decision: Decided) -> None:
        self.created += len(decision.created)
        self.updated += len(decision.updated)
        self.unchanged += decision.unchanged
        for row, problem in decision.failed:
            self.failed.add(row, problem)

    def summary(self, failed_file: Path | None = None) -> ImportSummary:
        return ImportSummary(
            rows=self.rows,
            created=self.created,
            updated=self.updated,
            unchanged=self.unchanged,
            failed=self.failed,
            failed_file=failed_file,
            readdressed=self.readdressed,
        )
