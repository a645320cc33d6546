"""What became of the rows of an import: each of them once, a million of them in little memory."""

from array import array
from collections.abc import Iterator, Sequence, Sized
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, overload

from store.errors import Problem
from store.exchange.meeting import in_use
from store.exchange.reading import Row


@dataclass(frozen=True, slots=True)
class Failure:
    """A row that was not imported: the line of its beginning, the code and the sentence."""

    line: int
    code: str
    message: str

    def as_json(self) -> dict[str, Any]:
        return {"line": self.line, "code": self.code, "message": self.message}


class Failures(Sequence[Failure]):
    """The rows that failed, in their order: numbers alone, and each sentence once.

    What is particular to a row is who holds its address; that sentence is made anew each time.
    """

    def __init__(self) -> None:
        self._lines = array("q")
        self._kinds = array("l")
        self._holders = array("q")
        self._known: dict[tuple[str, str], int] = {}
        self._each: list[tuple[str, str]] = []

    def add(self, row: Row, problem: Problem) -> None:
        holder = problem.holder
        kind = (problem.code, str(holder.status) if holder else problem.message)
        number = self._known.setdefault(kind, len(self._each))
        if number == len(self._each):
            self._each.append(kind)
        self._lines.append(row.line)
        self._kinds.append(number)
        self._holders.append(holder.id if holder else 0)

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
        code, message = self._each[self._kinds[place]]
        holder = self._holders[place]
        return Failure(self._lines[place], code, in_use(holder, message) if holder else message)


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What became of each row; `rows` is the sum of the others."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: Sequence[Failure] = ()
    failed_file: Path | None = None

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
        )
