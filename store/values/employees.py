"""Employees: the personnel cards of users, and of people who have yet to become one (S4)."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Employee:
    """A card whole; `user` is whose it is, None while it waits for somebody with its e-mail."""

    id: int
    user: int | None
    email: str
    first_name: str
    last_name: str
    currency: str = ""
    number: str = ""
    address: str = ""
    notes: str = ""

    @property
    def full_name(self) -> str:
        """What they are called: by the address where nobody has given a name yet."""
        return f"{self.first_name} {self.last_name}".strip() or self.email

    def as_json(self) -> dict[str, Any]:
        """The settled shape of an employee (DESIGN 5)."""
        return {**asdict(self), "email": self.email or None}


@dataclass(frozen=True, slots=True)
class Employees:
    """A page of cards in the order in which they were made, and how many there are in all.

    `after` is the id behind which the next page begins; None on the last one.
    """

    rows: tuple[Employee, ...]
    total: int
    after: int | None = None
