"""What is known of people's locks, read for the policy; and lifting them.

Who is spared is looked up only for an admin who would be locked: hardly ever.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from store.fields import utc_moment, utc_text
from store.models import UserRow
from store.policy import lockout
from store.policy.lockout import Facts, Lock
from store.settings import Settings
from store.values import Held, Status

if TYPE_CHECKING:
    from store.database import Store, Unit

COLUMNS = (
    "u.admin, u.owner, u.attempts, u.attempted_at, u.attempted_from, u.locked_at, u.lock_rounds,"
    " u.idle_from"
)
"""Of a user `u`, as `facts` takes them."""


def facts(
    store: "Store", number: int, columns: Sequence[Any], settings: Settings, now: datetime
) -> Facts:
    """What the policy looks at, from the `COLUMNS` of a person."""
    admin, owner, attempts, attempted_at, attempted_from, locked_at, rounds, idle_from = columns
    known = Facts(
        attempts=attempts,
        attempted_at=utc_moment(attempted_at),
        attempted_from=attempted_from,
        locked_at=utc_moment(locked_at),
        rounds=rounds,
        idle_from=utc_moment(idle_from),
        spared=bool(owner),
    )
    if admin and not owner and lockout.locks(known, settings, now):
        return replace(known, spared=not another_admin(store, number, settings, now))
    return known


def held(known: Facts, settings: Settings, now: datetime) -> tuple[Held, ...]:
    """The locks that hold, as values that leave the store."""
    return tuple(
        Held(lock.kind, lock.since, lock.until, known.attempts, known.attempted_from)
        if lock.kind is lockout.Kind.PASSWORDS
        else Held(lock.kind, lock.since)
        for lock in lockout.locks(known, settings, now)
    )


def of(store: "Store", number: int, settings: Settings, now: datetime) -> tuple[Lock, ...]:
    """The locks that hold for one person."""
    with store.read():
        rows = store.sql(f"SELECT {COLUMNS} FROM usher_user u WHERE u.id = ?", number)
        known = facts(store, number, rows[0], settings, now) if rows else Facts()
    return lockout.locks(known, settings, now)


def lift(unit: "Unit", user: int, *, idle: bool = True) -> None:
    """Lift the locks and begin their clocks anew; a letter lifts the one for passwords alone."""
    changes: dict[str, Any] = {"attempts": 0, "locked_at": None, "lock_rounds": 0}
    if idle:
        changes["idle_from"] = unit.now
    UserRow.update(**changes).where(UserRow.id == user).execute()


def another_admin(store: "Store", number: int, settings: Settings, now: datetime) -> bool:
    """Whether some other admin but the owner is active, confirmed and not locked (DESIGN 3.3).

    Whoever is locked is none of these, so that for all who are the answer is the same.
    """
    limit = lockout.idle_limit(settings)
    awake = "AND idle_from >= ?" if limit else ""
    rows = store.sql(
        "SELECT 1 FROM usher_user WHERE admin AND NOT owner AND id <> ? AND status = ?"
        " AND confirmed_at IS NOT NULL AND locked_at IS NULL AND attempts <= ?"
        f" {awake} LIMIT 1",
        number,
        Status.ACTIVE,
        settings.lockout_attempts,
        *([utc_text(now - limit)] if limit else []),
    )
    return bool(rows)
