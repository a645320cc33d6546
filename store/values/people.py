"""People: one of them whole, what a form holds of them, and a line of the list."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from store.values.invitations import Invitation
from store.values.words import Status, rfc3339

ALL = "all"
"""What stands for every sub-account, and is therefore no sub-account's name (DESIGN 5)."""


@dataclass(frozen=True, slots=True)
class Named:
    """A role or a team: a plain named thing."""

    id: int
    name: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds an address or a login that someone else wants."""

    id: int
    name: str
    login: str
    status: Status

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of the list: bottom flag, folded last and first name, id."""

    bottom: int
    last_key: str
    first_key: str
    id: int


@dataclass(frozen=True, slots=True)
class Held:
    """A lock that holds somebody: `passwords` or `idle`, since when, until when if it is timed.

    `attempts` wrong passwords have been given in a row, the last of them from `source`.
    """

    kind: str
    since: datetime
    until: datetime | None = None
    attempts: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """What ends for somebody who does nothing, and when: `idle`, `password` or `invitation`."""

    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    id: int
    status: Status
    first_name: str
    last_name: str
    login: str
    email: str
    phone: str
    role: str
    admin: bool
    owner: bool
    last_seen: datetime | None
    place: Place
    held: tuple[Held, ...] = ()
    """The locks, of those whom their status would let in."""
    ends: tuple[Deadline, ...] = ()
    """What runs out within days; known in the view of those of whom it does."""
    invitation: Invitation | None = None
    """Known in the list of the pending, of whom were invited."""

    @property
    def locks(self) -> tuple[str, ...]:
        return tuple(lock.kind for lock in self.held)

    @property
    def full_name(self) -> str:
        """What they are called: by the login where nobody has given a name yet."""
        return f"{self.first_name} {self.last_name}".strip() or self.login


@dataclass(frozen=True, slots=True)
class EmployeeCard:
    """The personnel data of a user (S4)."""

    id: int | None = None
    currency: str = ""
    number: str = ""
    address: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class User:
    """Everything known about one person, but for secrets.

    `version` rises with each change; a form hands it back so that a stale save is noticed.
    """

    id: int
    login: str
    first_name: str
    last_name: str
    email: str
    status: Status
    confirmed: bool
    email_confirmed: bool
    admin: bool
    owner: bool
    simulator_only: bool
    role: str
    teams: tuple[str, ...]
    sub_accounts: tuple[str, ...]
    """Those granted one by one; `ALL` alone is each of them, those to come as well."""
    last_seen: datetime | None
    created: datetime
    phone: str
    country: str
    language: str
    position: str
    employee: EmployeeCard
    password: str
    """`none`, `temporary` or `own`."""
    version: int
    held: tuple[Held, ...] = ()
    """The locks, with what is known of each."""
    password_until: datetime | None = None
    """The last moment at which the password may be used as it is; None for never."""
    denied: tuple[str, ...] = ()
    """What the owner has denied an admin; of others it is empty."""

    @property
    def locks(self) -> tuple[str, ...]:
        return tuple(lock.kind for lock in self.held)

    @property
    def full_name(self) -> str:
        """What they are called: by the login where nobody has given a name yet."""
        return f"{self.first_name} {self.last_name}".strip() or self.login

    def as_json(self) -> dict[str, Any]:
        """The settled shape of a user (DESIGN 5)."""
        return {
            "id": self.id,
            "login": self.login,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "email": self.email or None,
            "status": self.status,
            "locks": list(self.locks),
            "confirmed": self.confirmed,
            "email_confirmed": self.email_confirmed,
            "admin": self.admin,
            "owner": self.owner,
            "simulator_only": self.simulator_only,
            "role": self.role or None,
            "teams": list(self.teams),
            "sub_accounts": list(self.sub_accounts),
            "last_seen": rfc3339(self.last_seen),
            "created": rfc3339(self.created),
        }

    def as_long_json(self) -> dict[str, Any]:
        """The settled shape and what only one person's page shows."""
        return {
            **self.as_json(),
            "phone": self.phone,
            "country": self.country,
            "language": self.language,
            "position": self.position,
            "employee": asdict(self.employee),
            "version": self.version,
        }


@dataclass(frozen=True, slots=True)
class OwnMail:
    """What somebody's own mail bears (S4); empty is their name, their address, no signature."""

    sender_name: str = ""
    reply_to: str = ""
    signature: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Draft:
    """A user as someone typed it, not yet checked. Empty means not given.

    `role`, `teams` and `sub_accounts` are names, of the last also `ALL` alone; `country`,
    `language` and `currency` are ISO codes.
    """

    first_name: str = ""
    last_name: str = ""
    login: str = ""
    email: str = ""
    phone: str = ""
    country: str = ""
    language: str = ""
    role: str = ""
    teams: tuple[str, ...] = ()
    position: str = ""
    sub_accounts: tuple[str, ...] = ()
    admin: bool = False
    simulator_only: bool = False
    currency: str = ""
    number: str = ""
    address: str = ""
    notes: str = ""

    @classmethod
    def of(cls, user: User) -> "Draft":
        """The editable part of a user, as a form shows it."""
        return cls(
            first_name=user.first_name,
            last_name=user.last_name,
            login=user.login,
            email=user.email,
            phone=user.phone,
            country=user.country,
            language=user.language,
            role=user.role,
            teams=user.teams,
            position=user.position,
            sub_accounts=user.sub_accounts,
            admin=user.admin,
            simulator_only=user.simulator_only,
            currency=user.employee.currency,
            number=user.employee.number,
            address=user.employee.address,
            notes=user.employee.notes,
        )
