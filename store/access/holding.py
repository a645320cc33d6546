"""What somebody holds: the one rule, and what it looks at (DESIGN 3.6).

Effective permission of a standard user = admin-only rule → override → role. An admin holds what
the owner has not denied them, the owner everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from store.values import Right, Source

if TYPE_CHECKING:
    from store.database import Store

Catalogue = Mapping[str, bool]
"""Every permission, in the order in which people meet them, and whether it is for admins only."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rule looks at: who somebody is, what their role permits, their overrides."""

    owner: bool = False
    admin: bool = False
    role: frozenset[str] = frozenset()
    overrides: Mapping[str, bool] = field(default_factory=dict)


def decide(facts: Facts, permission: str, *, admin_only: bool) -> Right:
    """Whether they hold it, and what decided that; pure."""
    override = facts.overrides.get(permission)
    if facts.owner:
        return Right(permission, True, Source.OWNER)
    if facts.admin:
        denied = override is False
        return Right(permission, not denied, Source.DENIED if denied else Source.ADMIN)
    if admin_only:
        return Right(permission, False, Source.ADMIN_ONLY)
    if override is not None:
        return Right(permission, override, Source.OVERRIDE)
    if permission in facts.role:
        return Right(permission, True, Source.ROLE)
    return Right(permission, False, Source.NONE)


def rights(facts: Facts, catalogue: Catalogue) -> tuple[Right, ...]:
    """What they hold and what they do not, of everything there is; pure."""
    return tuple(
        decide(facts, permission, admin_only=admin_only)
        for permission, admin_only in catalogue.items()
    )


def held(facts: Facts, catalogue: Catalogue) -> frozenset[str]:
    """What they hold; pure."""
    return frozenset(right.permission for right in rights(facts, catalogue) if right.allowed)


def catalogue(store: "Store") -> Catalogue:
    """Every permission that there is."""
    with store.read():
        rows = store.sql(
            "SELECT p.name, m.admin_only FROM usher_permission p"
            " JOIN usher_module m ON m.name = p.module_id ORDER BY m.place, p.place"
        )
    return {permission: bool(admin_only) for permission, admin_only in rows}


def facts_of(store: "Store", number: int) -> Facts:
    """What the rule looks at of a person; nobody holds nothing."""
    with store.read():
        rows = store.sql("SELECT owner, admin, role_id FROM usher_user WHERE id = ?", number)
        if not rows:
            return Facts()
        owner, admin, role = rows[0]
        overrides = overrides_of(store, number)
        return Facts(bool(owner), bool(admin), permitted_by(store, role), overrides)


def overrides_of(store: "Store", number: int) -> Mapping[str, bool]:
    """What is allowed or denied to one person, over their role."""
    with store.read():
        rows = store.sql(
            "SELECT permission_id, allowed FROM usher_override WHERE user_id = ?", number
        )
    return {permission: bool(allowed) for permission, allowed in rows}


def denied_by_owner(store: "Store", user_id: int) -> frozenset[str]:
    """Return permissions denied by the owner or the operator. Only they can lift the denials."""
    with store.read():
        rows = store.sql(
            "SELECT permission_id FROM usher_override"
            " WHERE user_id = ? AND by_owner AND NOT allowed",
            user_id,
        )
    return frozenset(permission for (permission,) in rows)


def permitted_by(store: "Store", role: int | None) -> frozenset[str]:
    """What a role permits; without one, nothing."""
    with store.read():
        rows = store.sql(
            "SELECT permission_id FROM usher_role_permission WHERE role_id = ?", role or 0
        )
    return frozenset(permission for (permission,) in rows)
