"""What goes into the store and comes out of it: frozen values, no live model, nothing lazy."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """Where a user stands in its life (DESIGN 3.1)."""

    PENDING = "pending"
    ACTIVE = "active"
    BLOCKED = "blocked"
    INACTIVE = "inactive"
    REMOVED = "removed"


class Door(StrEnum):
    """What is being entered."""

    PLATFORM = "platform"
    SIMULATOR = "simulator"
    USHER = "usher"


class Why(StrEnum):
    """Why a session ended, where its person did not leave by themselves."""

    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    REMOVED = "removed"
    PASSWORD = "password"  # noqa: S105  (it was set anew)
    LOCKED = "locked"
    RIGHTS = "rights"
    ENDED = "ended"
    LIMIT = "limit"
    GONE = "gone"


def rfc3339(moment: datetime | None) -> str | None:
    """A moment as the command line's JSON writes it: RFC 3339, UTC, whole seconds."""
    if moment is None:
        return None
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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
class Origin:
    """From where a person acts: host user, SSH client's address, terminal, key's fingerprint."""

    os_user: str = ""
    address: str = ""
    terminal: str = ""
    key: str = ""

    def __str__(self) -> str:
        parts = (self.os_user, self.address, self.terminal, self.key)
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Key:
    """A public key of one person. The key itself is only ever given to sshd."""

    user: int
    kind: str
    fingerprint: str
    comment: str
    added: datetime
    last_used: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "user": self.user,
            "type": self.kind,
            "fingerprint": self.fingerprint,
            "comment": self.comment or None,
            "added": rfc3339(self.added),
            "last_used": rfc3339(self.last_used),
        }


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One signed-in person at one door; `this` is the session that asks.

    `seen` is when the session was last heard of: screens give word, commands and platforms do not.
    """

    id: int
    user: int
    door: Door
    address: str
    origin: str
    started: datetime
    seen: datetime
    this: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "user": self.user,
            "door": self.door,
            "address": self.address or None,
            "origin": self.origin,
            "started": rfc3339(self.started),
            "seen": rfc3339(self.seen),
            "this": self.this,
        }


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

    @property
    def locks(self) -> tuple[str, ...]:
        return tuple(lock.kind for lock in self.held)

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


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

    @property
    def locks(self) -> tuple[str, ...]:
        return tuple(lock.kind for lock in self.held)

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

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
class Draft:
    """A user as someone typed it, not yet checked. Empty means not given.

    `role` and `teams` are names; `country`, `language` and `currency` are ISO codes.
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
            admin=user.admin,
            simulator_only=user.simulator_only,
            currency=user.employee.currency,
            number=user.employee.number,
            address=user.employee.address,
            notes=user.employee.notes,
        )


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """What happened: who, when, from where, which verb, on whom, why, and what changed."""

    seq: int
    at: datetime
    actor: str
    origin: str
    verb: str
    target: int | None
    reason: str
    changes: Mapping[str, tuple[Any, Any]]
    command: str

    def as_json(self) -> dict[str, Any]:
        return {
            "seq": self.seq,
            "at": rfc3339(self.at),
            "actor": self.actor,
            "origin": self.origin,
            "verb": self.verb,
            "target": self.target,
            "reason": self.reason or None,
            "changes": {name: list(pair) for name, pair in self.changes.items()},
            "command": self.command,
        }


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail in the outbox, as people see it; no code ever stands in it."""

    id: int
    kind: str
    to: str
    state: str
    created: datetime
    sent: datetime | None = None
    error: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind,
            "to": self.to,
            "state": self.state,
            "created": rfc3339(self.created),
            "sent": rfc3339(self.sent),
            "error": self.error or None,
        }


class Locked(StrEnum):
    """By which lock a list is narrowed."""

    ANY = "any"
    PASSWORDS = "passwords"
    IDLE = "idle"


class View(StrEnum):
    """The lists of those who cannot come in, or soon cannot, though their status would let them."""

    LOCKED = "locked"
    SOON = "soon"


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
        """Which of the views this is: what a list of it has to say of each person."""
        return View.LOCKED if self.lock else self.view

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


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What an act would have written, had it not been rolled back."""

    entries: tuple[AuditEntry, ...] = field(default=())
    letters: tuple[Letter, ...] = field(default=())
