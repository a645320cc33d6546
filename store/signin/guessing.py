"""Codes that somebody gives who is not signed in, and how many may be guessed (CHECKLIST D38)."""

from datetime import timedelta
from typing import TYPE_CHECKING

from store import codes
from store.codes import Purpose
from store.errors import CodeRefused
from store.session import visitor
from store.signin import throttle
from store.users import read
from store.values import Door, Origin, Status, User

if TYPE_CHECKING:
    from store.database import Store, Unit

CODE = "code"
"""What is counted of an address, in the throttle."""
GUESSES, GUESSES_WINDOW = 10, timedelta(minutes=5)
"""So many wrong codes from one address may be tried in this time (CHECKLIST D38)."""

MAY_COME = frozenset({Status.PENDING, Status.ACTIVE})
"""Whose codes open anything."""


def owner_of(store: "Store", code: str, purpose: Purpose, source: Origin) -> User:
    """Whose code this is, before anything is done by it.

    Raises:
        CodeRefused: nobody's who may use it, or this source has guessed too often.
    """
    if throttle.lately(store, CODE, source.address, GUESSES_WINDOW) < GUESSES:
        number = codes.whose(store, code, purpose)
        people = read.load(store, [number]) if number else []
        if people and people[0].status in MAY_COME:
            return people[0]
        with store.write(visitor(store, None, "", Door.USHER, source)) as unit:
            count(unit, source)
    raise CodeRefused


def count(unit: "Unit", source: Origin) -> None:
    """One more that was wrong, or that somebody else has just used."""
    throttle.add(unit, CODE, source.address, GUESSES_WINDOW)
