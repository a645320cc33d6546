"""Locks: from the sixth wrong password on, and after more than 90 days away (S0, DESIGN 3.3)."""

from datetime import UTC, datetime, timedelta

import pytest

from store.policy import lockout
from store.policy.lockout import Facts, Kind, Lock
from store.settings import Settings

THEN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
NINETY_DAYS = timedelta(days=90)
DEFAULTS = Settings()


def wrong(attempts: int, **more: object) -> Facts:
    return Facts(attempts=attempts, attempted_at=THEN, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("attempts", "locked"), [(0, False), (5, False), (6, True)])
def test_the_fifth_wrong_password_is_forgiven_and_the_sixth_locks(
    attempts: int, locked: bool
) -> None:
    """S0 "more than 5 times"."""
    lock = lockout.passwords_lock(wrong(attempts), DEFAULTS, THEN)
    assert lock == (Lock(Kind.PASSWORDS, THEN) if locked else None)


def test_a_lock_for_wrong_passwords_never_runs_out_by_itself() -> None:
    """S0: an admin lifts it."""
    facts = wrong(6, locked_at=THEN)
    assert lockout.passwords_lock(facts, DEFAULTS, THEN + timedelta(days=3650))


def test_a_lock_stays_though_the_setting_is_raised_later() -> None:
    raised = Settings(lockout_attempts=10)
    assert lockout.passwords_lock(wrong(6, locked_at=THEN), raised, THEN)
    assert lockout.passwords_lock(wrong(6), raised, THEN) is None


@pytest.mark.parametrize(
    ("rounds", "minutes"),
    [(0, 15), (1, 30), (2, 60), (3, 120), (6, 960), (7, 1440), (8, 1440), (10_000, 1440)],
)
def test_the_owners_lock_is_timed_and_doubles_from_15_minutes_to_24_hours(
    rounds: int, minutes: int
) -> None:
    """DESIGN 3.3, CHECKLIST B23: it holds to the last second before it runs out."""
    facts = wrong(6, locked_at=THEN, rounds=rounds, spared=True)
    until = THEN + timedelta(minutes=minutes)
    assert lockout.passwords_lock(facts, DEFAULTS, until - SECOND) == Lock(
        Kind.PASSWORDS, THEN, until
    )
    assert lockout.passwords_lock(facts, DEFAULTS, until) is None


@pytest.mark.parametrize(
    ("away", "locked"),
    [(NINETY_DAYS - SECOND, False), (NINETY_DAYS, False), (NINETY_DAYS + SECOND, True)],
)
def test_more_than_90_days_of_24_hours_away_lock(away: timedelta, locked: bool) -> None:
    """S0, CHECKLIST B20: the boundary is exact, and the lock dates from it."""
    lock = lockout.idle_lock(Facts(idle_from=THEN), DEFAULTS, THEN + away)
    assert lock == (Lock(Kind.IDLE, THEN + NINETY_DAYS) if locked else None)


def test_being_idle_does_not_lock_the_spared_nor_where_the_limit_is_switched_off() -> None:
    """DESIGN 3.3: the owner and the last usable admin are never locked for good."""
    late = THEN + timedelta(days=3650)
    assert lockout.idle_lock(Facts(idle_from=THEN, spared=True), DEFAULTS, late) is None
    never = Settings(lockout_idle_days=0)
    assert lockout.idle_lock(Facts(idle_from=THEN), never, late) is None


def test_both_locks_can_hold_at_once() -> None:
    facts = wrong(6, idle_from=THEN)
    late = THEN + timedelta(days=91)
    assert [lock.kind for lock in lockout.locks(facts, DEFAULTS, late)] == ["passwords", "idle"]
