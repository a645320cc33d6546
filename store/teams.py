"""Teams: for now plain named groups of users."""

from typing import TYPE_CHECKING

from store import named
from store.models import TeamRow
from store.values import Named

if TYPE_CHECKING:
    from store.session import Session


def listed(session: "Session") -> tuple[Named, ...]:
    """Every team, by name."""
    return named.listed(session, TeamRow)


def create(session: "Session", name: str) -> Named:
    """Make a team; raises as `named.create` does."""
    return named.create(session, TeamRow, "team", name)
