"""Locks: set by the system, lifted by an admin; pure functions of what is known and of time.

S0 has both: more than five wrong passwords in a row, and more than 90 days without coming in.
Neither is swept: a lock is there as soon as facts and time say so (CHECKLIST B13, B20).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from store.settings import Settings


class Kind(StrEnum):
    """Which of the locks it is."""

    PASSWORDS = "passwords"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of somebody's attempts and absence.

    `spared` are the owner and the last usable admin, who are never locked for good: their lock
    for wrong passwords is timed, and being idle does not lock them (DESIGN 3.3).
    `rounds` is how many timed locks there were since the last success, this one not counted.
    """

    attempts: int = 0
    attempted_at: datetime | None = None
    attempted_from: str = ""
    locked_at: datetime | None = None
    rounds: int = 0
    idle_from: datetime | None = None
    spared: bool = False


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock that holds; `until` is when a timed one runs out."""

    kind: Kind
    since: datetime
    until: datetime | None = None


def passwords_lock(facts: Facts, settings: Settings, now: datetime) -> Lock | None:
    """The lock for wrong passwords, from the sixth one on (S0).

    An attempt is counted before it is verified, so the count alone locks: whoever comes while the
    sixth is being verified is one too many.
    """
    since = locked_since(facts, settings)
    if since is None:
        return None
    # A wrong clock wrote a time that is ahead. The lock then counts from now.
    since = min(since, now)
    until = since + timed(facts.rounds, settings) if facts.spared else None
    return None if until is not None and now >= until else Lock(Kind.PASSWORDS, since, until)


def locked_since(facts: Facts, settings: Settings) -> datetime | None:
    """When the one wrong password too many came, whether or not its lock still holds."""
    if facts.locked_at is not None:
        return facts.locked_at
    return facts.attempted_at if facts.attempts > settings.lockout_attempts else None


def timed(rounds: int, settings: Settings) -> timedelta:
    """How long a timed lock holds: 15 minutes, doubling up to 24 hours (DESIGN 3.3)."""
    most = timedelta(hours=settings.lockout_timed_most_hours)
    # Beyond ten rounds doubling only makes numbers that no clock has.
    minutes: int = settings.lockout_timed_minutes << min(rounds, 10)
    return min(timedelta(minutes=minutes), most)


def idle_limit(settings: Settings) -> timedelta | None:
    """How long one may be away; None where nobody is locked for that."""
    days = settings.lockout_idle_days
    return timedelta(days=days) if days else None


def idle_lock(facts: Facts, settings: Settings, now: datetime) -> Lock | None:
    """The lock for being away for more than 90 times 24 hours (S0, CHECKLIST B20)."""
    limit = idle_limit(settings)
    if limit is None or facts.idle_from is None or facts.spared:
        return None
    over = facts.idle_from + limit
    return Lock(Kind.IDLE, over) if now > over else None


def locks(facts: Facts, settings: Settings, now: datetime) -> tuple[Lock, ...]:
    """Every lock that holds."""
    both = (passwords_lock(facts, settings, now), idle_lock(facts, settings, now))
    return tuple(lock for lock in both if lock)
