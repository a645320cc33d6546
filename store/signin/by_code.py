"""Coming in by the code of a letter: what the ways have in common.

Guesses of a source are counted over all of them together, and every code that opens nothing gets
the same answer (CHECKLIST D32-D38).
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from store import codes, confirmed
from store.codes import Purpose
from store.errors import CodeRefused
from store.models import UserRow
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

MAY_USE = {
    Purpose.INVITATION: frozenset({Status.PENDING}),
    Purpose.RESET: frozenset({Status.PENDING, Status.ACTIVE}),
    Purpose.CONFIRMATION: frozenset({Status.PENDING, Status.ACTIVE}),
    Purpose.ABSENCE: frozenset({Status.ACTIVE}),
}
"""Where whoever uses a code must stand."""


def purpose_of(store: "Store", code: str, source: Origin) -> Purpose:
    """What a code is for, so that whoever has one is asked for what belongs to it.

    Raises:
        CodeRefused: it opens nothing, or this source has guessed too often.
    """
    found = _look(store, code, source, tuple(MAY_USE))
    return found[0]


def owner_of(store: "Store", code: str, purpose: Purpose, source: Origin) -> User:
    """Whose code this is.

    Raises:
        CodeRefused: nobody's who may use it, or this source has guessed too often.
    """
    return _look(store, code, source, (purpose,))[1]


def spent(unit: "Unit", code: str, purpose: Purpose, user: User, source: Origin) -> bool:
    """Use up a code of this person; where somebody else was quicker, count it as a guess."""
    if codes.redeem(unit, code, purpose) == user.id:
        return True
    throttle.add(unit, CODE, source.address, GUESSES_WINDOW)
    return False


def prove_mailbox(unit: "Unit", user: User) -> None:
    """Confirm the user and the address: only its owner can read the code in the email."""
    if not user.confirmed:
        UserRow.update(confirmed_at=unit.now).where(UserRow.id == user.id).execute()
    confirmed.confirm(unit, user.id)


def _look(
    store: "Store", code: str, source: Origin, purposes: tuple[Purpose, ...]
) -> tuple[Purpose, User]:
    only = purposes[0] if len(purposes) == 1 else ""
    if throttle.lately(store, CODE, source.address, GUESSES_WINDOW) < GUESSES:
        for purpose in purposes:
            number = codes.whose(store, code, purpose)
            people = read.load(store, [number]) if number else []
            if people and people[0].status in MAY_USE[purpose]:
                return purpose, people[0]
        with store.write(visitor(store, None, "", Door.USHER, source)) as unit:
            throttle.add(unit, CODE, source.address, GUESSES_WINDOW)
    raise CodeRefused(only)
