"""What somebody may do on the platform, and where it comes from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from store.values.people import User
from store.values.words import Status, rfc3339


class Source(StrEnum):
    """What decided about a permission (DESIGN 5)."""

    OWNER = "owner"
    ADMIN = "admin"
    DENIED = "denied"
    ADMIN_ONLY = "admin_only"
    OVERRIDE = "override"
    ROLE = "role"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Module:
    """A part of the platform with its actions; `admin_only` is closed to standard users (S3)."""

    name: str
    actions: tuple[str, ...]
    admin_only: bool = False
    built_in: bool = False

    @property
    def permissions(self) -> tuple[str, ...]:
        """Each action as the permission that it is."""
        return tuple(f"{self.name}.{action}" for action in self.actions)

    def as_json(self) -> dict[str, Any]:
        return {
            "module": self.name,
            "actions": list(self.actions),
            "admin_only": self.admin_only,
            "built_in": self.built_in,
        }


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A module as it is now, and how many roles and people something was taken from with that."""

    module: Module
    roles: int = 0
    people: int = 0

    def as_json(self) -> dict[str, Any]:
        return {**self.module.as_json(), "roles": self.roles, "people": self.people}


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of permissions, in the order in which people meet them; `people` have it.

    `ready_made` is one of those that an account begins with."""

    id: int
    name: str
    ready_made: bool = False
    permissions: tuple[str, ...] = ()
    people: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "ready_made": self.ready_made,
            "permissions": list(self.permissions),
            "people": self.people,
        }


@dataclass(frozen=True, slots=True)
class CopiedRole:
    """A role that was made like another one, and what the actor lacks and so was left out."""

    role: Role
    left_out: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {**self.role.as_json(), "left_out": list(self.left_out)}


@dataclass(frozen=True, slots=True)
class Right:
    """One permission of one person: whether they hold it, and what decided that."""

    permission: str
    allowed: bool
    source: Source

    def as_json(self) -> dict[str, Any]:
        return {"permission": self.permission, "allowed": self.allowed, "source": self.source}


@dataclass(frozen=True, slots=True)
class Rights:
    """Everything that one person may and may not do, in the order in which people meet it."""

    user: User
    permissions: tuple[Right, ...]

    def as_json(self) -> dict[str, Any]:
        """The settled shape (DESIGN 5)."""
        return {
            "user": self.user.as_json(),
            "permissions": [right.as_json() for right in self.permissions],
        }


@dataclass(frozen=True, slots=True)
class Because:
    """One link of the chain of reasons: what says so, since when, and who did it."""

    source: Source
    detail: str
    at: datetime | None = None
    by: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "detail": self.detail,
            "at": rfc3339(self.at),
            "by": self.by or None,
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether somebody may, and why: the deciding reason first, then what it stands over."""

    user: User
    permission: str
    allowed: bool
    because: tuple[Because, ...]

    def as_json(self) -> dict[str, Any]:
        """The settled shape (DESIGN 5)."""
        return {
            "permission": self.permission,
            "allowed": self.allowed,
            "because": [reason.as_json() for reason in self.because],
        }


@dataclass(frozen=True, slots=True)
class Past:
    """What somebody was and held at a moment; the login is the one of today.

    Of who was removed since, `status` and `permissions` are None: they are erased.
    """

    user: int
    login: str
    status: Status | None
    role: str
    permissions: tuple[Right, ...] | None

    def as_json(self) -> dict[str, Any]:
        """The settled shape (DESIGN 5); only what was held is listed."""
        held = self.permissions
        return {
            "user": self.user,
            "login": self.login,
            "status": self.status,
            "role": self.role or None,
            "permissions": None if held is None else [right.as_json() for right in held],
        }
