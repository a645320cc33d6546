"""Marks on some lines of a list, or on all of them but some, however many there are."""

from collections.abc import Hashable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Marks(Generic[Key]):
    """What is marked: some keys, or everything that matches but for some keys."""

    ids: frozenset[Key] = frozenset()
    everybody: bool = False

    def __contains__(self, key: Key) -> bool:
        return (key in self.ids) is not self.everybody

    def toggled(self, key: Key) -> "Marks[Key]":
        return Marks(self.ids ^ {key}, self.everybody)

    def with_all(self, keys: AbstractSet[Key]) -> "Marks[Key]":
        """The same with these marked as well."""
        changed = self.ids - keys if self.everybody else self.ids | keys
        return Marks(frozenset(changed), self.everybody)

    def count(self, total: int) -> int:
        """How many of so many are marked."""
        return total - len(self.ids) if self.everybody else len(self.ids)
