"""The screen from which one works: the people for admins, the own profile for all others."""

from typing import Any

from tui.screens.profile import Profile
from tui.screens.room import Room
from tui.screens.users import Users
from tui.visit import Visit

__all__ = ["Visit", "home_of"]


def home_of(visit: Visit) -> Room[Any]:
    """What this person sees first."""
    return Users(visit) if visit.actor.admin else Profile(visit)
