"""Roles: for now plain named things; what they permit comes with the rights."""

from typing import TYPE_CHECKING

from store import named
from store.models import RoleRow
from store.values import Named

if TYPE_CHECKING:
    from store.session import Session

READY_MADE = ("Manager", "Salesperson", "Support", "Simulator", "Read only")
"""The roles that `init` makes (DESIGN 5)."""


def listed(session: "Session") -> tuple[Named, ...]:
    """Every role, by name."""
    return named.listed(session, RoleRow)


def create(session: "Session", name: str) -> Named:
    """Make a role; raises as `named.create` does."""
    return named.create(session, RoleRow, "role", name)
