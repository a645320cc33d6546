"""The screen from which one works: the people for who may see them, else the own profile."""

from typing import Any

from store.access import Actor, may
from tui.screens.profile import Profile
from tui.screens.room import Room
from tui.screens.users import Users
from tui.visit import Visit

__all__ = ["Visit", "home_of"]


def home_of(visit: Visit) -> Room[Any]:
    """What this person sees first."""
    return Users(visit) if may(Actor.of(visit.actor), "users.view") else Profile(visit, at_top=True)
