"""What a change of somebody's rights does, and how the rights of two people differ."""

from dataclasses import dataclass
from typing import Any

from store.values.people import User
from store.values.rights import Right, Rights


@dataclass(frozen=True, slots=True)
class Altered:
    """Somebody's rights after a change, and what that changed, in the order people meet it.

    `idle` was allowed and does nothing: its module is for admins only, and they are none.
    """

    rights: Rights
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()

    @property
    def user(self) -> User:
        return self.rights.user

    def as_json(self) -> dict[str, Any]:
        return {
            **self.rights.as_json(),
            "gained": list(self.gained),
            "lost": list(self.lost),
            "no_effect": list(self.idle),
        }


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that was not copied: a `role` by its name, an `override` by its permission, or the
    owner's `denial` of a permission, which only the owner lifts.

    `lacking` are the permissions which the actor does not hold; without any, it would be an allow
    for an admin, who holds what is not denied.
    """

    what: str
    name: str
    lacking: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"what": self.what, "name": self.name, "lacking": list(self.lacking)}


@dataclass(frozen=True, slots=True)
class Copied:
    """Somebody who was given another one's access, and what of it was left out."""

    altered: Altered
    left_out: tuple[LeftOut, ...] = ()

    @property
    def user(self) -> User:
        return self.altered.user

    def as_json(self) -> dict[str, Any]:
        return {
            **self.altered.as_json(),
            "left_out": [one.as_json() for one in self.left_out],
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """What one of two people holds and the other does not, each with what decided it."""

    one: User
    other: User
    rights: tuple[tuple[Right, Right], ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "users": [self.one.as_json(), self.other.as_json()],
            "permissions": [
                {
                    "permission": left.permission,
                    "allowed": [left.allowed, right.allowed],
                    "sources": [left.source, right.source],
                }
                for left, right in self.rights
            ],
        }
