"""Teams and sub-accounts, with how many people are in each."""

from dataclasses import asdict, dataclass
from typing import Any

from store.values.people import Named


@dataclass(frozen=True, slots=True)
class Team(Named):
    """A team. `own_clients_only` shows its members what their own teams have, and no more (S1)."""

    own_clients_only: bool
    members: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class SubAccount(Named):
    """A part of the account. `people` have been granted it by name; who has all is not counted."""

    people: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
