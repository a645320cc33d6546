"""Giving a password, at whatever place: counted first, verified, taken back when it is right.

The sixth wrong one in a row locks (S0), however many come at once: the count is one statement,
and whoever comes while the sixth is being verified is refused uncounted (CHECKLIST B13-B18).
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from store import locks, settings
from store.fields import utc_text
from store.policy import lockout, passwords
from store.session import NOBODY
from store.signin import facts, throttle
from store.signin.gates import Facts
from store.values import Origin

if TYPE_CHECKING:
    from store.database import Store, Unit
    from store.session import Session
    from store.settings import Settings

SIGN_IN = "sign_in"
"""What is counted of an address, in the throttle."""

LEFT_OVER = timedelta(minutes=1)
"""After so long nobody is verifying the one password too many any more."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A password that was given: whose, whether it was counted as which, and whether it is right.

    `refused` says that the address from which it came is refused for a while.
    """

    user: int | None
    origin: Origin
    counted: int = 0
    refused: bool = False
    right: bool = False
    stored: str | None = None


def give(visitor: "Session", password: str) -> Attempt:
    """Count an attempt of the session's person, or of nobody, and verify: always exactly once."""
    store = visitor.store
    with store.write(visitor) as unit:
        made = _count(unit, visitor.user or None)
    right = store.verify(made.stored, password)
    return replace(made, right=right and made.stored is not None)


def facts_for(store: "Store", made: Attempt) -> Facts:
    """What the gates look at, without what this very attempt has counted."""
    known = facts.of(store, made.user)
    if not made.counted:
        return known
    return replace(known, locks=replace(known.locks, attempts=0))


def succeed(unit: "Unit", user: int) -> None:
    """The right password came to its end: the count and the rounds begin anew."""
    locks.lift(unit, user, idle=False)


def fail(unit: "Unit", made: Attempt) -> bool:
    """Write down that it led to nothing; whether this one locked its person."""
    store, current = unit.session.store, settings.load(unit.session.store)
    _count_source(unit, made, current)
    known = facts.of(store, made.user)
    if made.user is None or not made.counted:
        throttle.spend(unit)
        return False
    if made.right:
        # A temporary one that is over is no wrong one; the right one begins the count anew.
        state = passwords.state(known.password, current, unit.now)
        over = state is passwords.State.TEMPORARY_OVER
        _take_back(store, made.user, 1 if over else known.locks.attempts)
        return False
    if made.counted > current.lockout_attempts and _lock(unit, made.user, current):
        return True
    unit.record("wrong_password", made.user)
    return False


def _count(unit: "Unit", user: int | None) -> Attempt:
    """The attempt as it stands before its verification, counted where it is to be counted."""
    store, origin = unit.session.store, unit.session.origin
    current = settings.load(store)
    window = timedelta(minutes=current.lockout_source_minutes)
    lately = throttle.lately(store, SIGN_IN, origin.address, window)
    known = facts.of(store, user)
    stored = stored_of(store, user)
    refused = lately >= current.lockout_source_attempts and not _admin_of_old(
        store, user, origin.address
    )
    made = Attempt(known.id or None, origin, refused=refused, stored=stored)
    if made.user is None or stored is None or refused:
        throttle.spend(unit)
        return made
    _settle_left_over(unit, made.user, known.locks, current)
    if lockout.passwords_lock(known.locks, current, unit.now):
        _bring_back(unit, made.user, known.locks)
        throttle.spend(unit)
        return made
    if lockout.locked_since(known.locks, current):
        # A timed lock that has run out starts at zero, and the next one holds twice as long.
        store.sql(
            "UPDATE usher_user SET attempts = 0, locked_at = NULL, lock_rounds = lock_rounds + 1"
            " WHERE id = ? AND lock_rounds = ?",
            made.user,
            known.locks.rounds,
        )
    rows = store.sql(
        "UPDATE usher_user SET attempts = attempts + 1, attempted_at = ?, attempted_from = ?"
        " WHERE id = ? AND attempts <= ? AND locked_at IS NULL RETURNING attempts",
        utc_text(unit.now),
        origin.address or origin.os_user,
        made.user,
        current.lockout_attempts,
    )
    return replace(made, counted=rows[0][0] if rows else 0)


def _bring_back(unit: "Unit", user: int, known: lockout.Facts) -> None:
    """Let a lock that a wrong clock wrote ahead of time count from now, so that it ends."""
    now = utc_text(unit.now)
    if max(known.locked_at or unit.now, known.attempted_at or unit.now) > unit.now:
        unit.session.store.sql(
            "UPDATE usher_user SET"
            " locked_at = CASE WHEN locked_at > ? THEN ? ELSE locked_at END,"
            " attempted_at = CASE WHEN attempted_at > ? THEN ? ELSE attempted_at END WHERE id = ?",
            now, now, now, now, user,
        )  # fmt: skip


def _settle_left_over(unit: "Unit", user: int, known: lockout.Facts, current: "Settings") -> None:
    """Lock for whoever was to do so and died while verifying."""
    too_many = known.attempts > current.lockout_attempts and known.locked_at is None
    if too_many and known.attempted_at and unit.now - known.attempted_at > LEFT_OVER:
        _lock(unit, user, current)


def _lock(unit: "Unit", user: int, current: "Settings") -> bool:
    rows = unit.session.store.sql(
        "UPDATE usher_user SET locked_at = attempted_at"
        " WHERE id = ? AND attempts > ? AND locked_at IS NULL RETURNING attempts, attempted_from",
        user,
        current.lockout_attempts,
    )
    for attempts, source in rows:
        changes = {"lock": (None, lockout.Kind.PASSWORDS), "attempts": (None, attempts)}
        unit.record("lock", user, changes | ({"from": (None, source)} if source else {}))
    return bool(rows)


def _take_back(store: "Store", user: int, number: int) -> None:
    store.sql(
        "UPDATE usher_user SET attempts = CASE WHEN attempts > ? THEN attempts - ? ELSE 0 END"
        " WHERE id = ? AND locked_at IS NULL",
        number,
        number,
        user,
    )


def _count_source(unit: "Unit", made: Attempt, current: "Settings") -> None:
    window = timedelta(minutes=current.lockout_source_minutes)
    number = throttle.add(unit, SIGN_IN, made.origin.address, window)
    if number == current.lockout_source_attempts:
        unit.record("refuse_source", None, {"from": (None, made.origin.address)})


def _admin_of_old(store: "Store", user: int | None, address: str) -> bool:
    """Whether this is an admin who has come in from this address before."""
    rows = store.sql(
        "SELECT 1 FROM usher_user u JOIN usher_session s ON s.user_id = u.id"
        " WHERE u.id = ? AND u.admin AND s.address = ? LIMIT 1",
        user,
        address,
    )
    return bool(rows)


def stored_of(store: "Store", user: int | None) -> str | None:
    """The hash of somebody's password; None where there is none."""
    with store.read():
        rows = store.sql("SELECT password_hash FROM usher_user WHERE id = ?", user or NOBODY)
    return rows[0][0] if rows else None
