"""Roles: named sets of permissions for standard users (S1)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from store import named
from store.fields import utc_text
from store.models import RoleRow
from store.values import Named

if TYPE_CHECKING:
    from store.database import Unit
    from store.session import Session


def listed(session: "Session") -> tuple[Named, ...]:
    """Every role, by name."""
    return named.listed(session, RoleRow)


def create(session: "Session", name: str) -> Named:
    """Make a role; raises as `named.create` does."""
    return named.create(session, RoleRow, "role", name)


def permit(unit: "Unit", role: int, permissions: Iterable[str]) -> None:
    """Write that a role permits these, which it did not; the verb has checked them."""
    unit.session.store.insert_rows(
        "usher_role_permission",
        ("role_id", "permission_id", "at", "by_id", "by_name"),
        [(role, permission, utc_text(unit.now), *unit.by) for permission in permissions],
    )
