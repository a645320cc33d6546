"""Who is locked and who soon will be, as SQL: what `policy.lockout` says of each, for a million.

For nearly everybody a lock is a plain condition on columns, which the partial indexes serve. The
policy itself is asked of the few whom it spares: the owner, and the admins where none of them is
usable (DESIGN 3.3).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from store import locks
from store.codes import Purpose
from store.fields import utc_text
from store.policy import lockout
from store.settings import Settings
from store.values import Filters, Locked, Status, View

if TYPE_CHECKING:
    from store.database import Store

LIVING = (Status.PENDING, Status.ACTIVE)
"""Whom their status would let in: of all others a lock says nothing."""

SOON = timedelta(days=10)
"""So long before the idle limit or the end of a password somebody is about to be locked out."""
SOON_INVITED = timedelta(days=2)
"""The same for an invitation."""

_LIVING = "status IN ('pending', 'active')"
"""As the partial indexes have it."""
_NOBODY = "0 = 1"


@dataclass(frozen=True, slots=True)
class Condition:
    """A test on a user `u`, and a SELECT of the ids of all who may pass it, each once.

    `members` goes by indexes and knows nothing of those who are spared: the test does.
    """

    test: str
    params: tuple[Any, ...]
    members: str
    members_params: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One way to be found: a test on a user `u`, and the index by which they are met."""

    test: str
    params: tuple[Any, ...]
    index: str
    living: bool = True
    spares: bool = True


def condition(
    store: "Store", filters: Filters, current: Settings, now: datetime
) -> Condition | None:
    """What the lock and the view of the filters ask for; None where nobody can be it."""
    parts: list[_Part] = []
    if filters.lock in {Locked.ANY, Locked.PASSWORDS}:
        parts += _wrong_passwords(current)
    if filters.lock in {Locked.ANY, Locked.IDLE}:
        parts += _idle(current, now)
    if filters.view == View.SOON:
        parts += [*_idle_soon(current, now), *_password_soon(current, now), _invited(now)]
    if not parts:
        return None
    unspared = _unspared(store, current, now)
    timed = _timed(store, current, now) if filters.lock in {Locked.ANY, Locked.PASSWORDS} else []
    tests = [f"({part.test} AND {unspared})" if part.spares else f"({part.test})" for part in parts]
    params: list[Any] = [one for part in parts for one in part.params]
    if timed:
        tests.append(f"u.id IN ({', '.join('?' * len(timed))})")
        params += timed
    return Condition(f"({' OR '.join(tests)})", tuple(params), *_members(store, parts))


def _members(store: "Store", parts: list[_Part]) -> tuple[str, tuple[Any, ...]]:
    """The ids part by part, each without those who are in one before it."""
    selects, params = [], []
    for place, part in enumerate(parts):
        source = "usher_user u" if store.postgres else f"usher_user u INDEXED BY {part.index}"
        if not part.index:
            source = "usher_user u"
        before = [f"({one.test}) IS NOT TRUE" for one in parts[:place]]
        living = [f"u.{_LIVING}"] if part.living else []
        tests = " AND ".join([*living, part.test, *before])
        selects.append(f"SELECT u.id FROM {source} WHERE {tests}")
        params += [*part.params, *(one for former in parts[:place] for one in former.params)]
    return " UNION ALL ".join(selects), tuple(params)


def _wrong_passwords(current: Settings) -> list[_Part]:
    """One too many; whoever is just giving the sixth is locked before anybody says so."""
    return [
        _Part("u.locked_at IS NOT NULL", (), "usher_user_locked", living=False),
        _Part(
            "u.locked_at IS NULL AND u.attempts > 0 AND u.attempts > ?",
            (current.lockout_attempts,),
            "usher_user_attempts",
            living=False,
        ),
    ]


def _idle(current: Settings, now: datetime) -> list[_Part]:
    limit = lockout.idle_limit(current)
    if limit is None:
        return []
    return [_Part("u.idle_from < ?", (utc_text(now - limit),), "usher_user_idle")]


def _idle_soon(current: Settings, now: datetime) -> list[_Part]:
    limit = lockout.idle_limit(current)
    if limit is None:
        return []
    between = (utc_text(now - limit), utc_text(now - limit + warned(limit)))
    return [_Part("u.idle_from >= ? AND u.idle_from < ?", between, "usher_user_idle")]


def _password_soon(current: Settings, now: datetime) -> list[_Part]:
    if not current.password_max_age_days:
        return []
    age = timedelta(days=current.password_max_age_days)
    between = (utc_text(now - age), utc_text(now - age + warned(age)))
    own = "u.password_hash IS NOT NULL AND u.password_temporary IS NOT TRUE"
    test = f"u.password_set_at >= ? AND u.password_set_at < ? AND {own}"
    return [_Part(test, between, "usher_user_password_age", spares=False)]


def _invited(now: datetime) -> _Part:
    found = (
        "u.id IN (SELECT c.user_id FROM usher_code c WHERE c.purpose = ? AND c.ended IS NULL"
        " AND c.expires >= ? AND c.expires < ?)"
    )
    between = (utc_text(now), utc_text(now + SOON_INVITED))
    return _Part(found, (str(Purpose.INVITATION), *between), "", spares=False)


def warned(limit: timedelta) -> timedelta:
    """How long before a limit one is warned: where it is short, for its second half."""
    return min(SOON, limit / 2)


def _unspared(store: "Store", current: Settings, now: datetime) -> str:
    """The test that a user is none of those who are never locked for good."""
    if locks.another_admin(store, 0, current, now):
        return "NOT u.owner"
    return "NOT u.owner AND NOT u.admin"


def _timed(store: "Store", current: Settings, now: datetime) -> list[int]:
    """Those who are spared, and whose timed lock for wrong passwords holds at this moment."""
    rows = store.sql(
        f"SELECT u.id, {locks.COLUMNS} FROM usher_user u WHERE u.admin"
        " AND (u.locked_at IS NOT NULL OR u.attempts > ?)",
        current.lockout_attempts,
    )
    known = ((row[0], locks.facts(store, row[0], row[1:], current, now)) for row in rows)
    return [
        number
        for number, one in known
        if one.spared and lockout.passwords_lock(one, current, now) is not None
    ]
