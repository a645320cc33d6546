"""What was read of people, as the lines of the list: with the locks that hold each of them.

Hardly anybody is locked, so two comparisons say of nearly everybody that they are not, and the
policy is asked of the rest.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from store import locks, settings
from store.fields import utc_moment, utc_text
from store.invitations import pending
from store.listing.locked import LIVING, SOON_INVITED, warned
from store.listing.rows import Found
from store.policy import lockout, passwords
from store.values import Deadline, Filters, Held, Invitation, Place, Row, Status, View

if TYPE_CHECKING:
    from store.database import Store

_COLUMNS = (
    "u.status, u.first_name, u.last_name, u.login, u.email, u.phone, r.name, u.last_seen,"
    f" {locks.COLUMNS}"
)
_OF_SOON = (
    ", u.password_hash IS NOT NULL, u.password_set_at, u.password_temporary,"
    " (SELECT max(c.expires) FROM usher_code c WHERE c.user_id = u.id"
    " AND c.purpose = 'invitation' AND c.ended IS NULL)"
)
_STATUSES = {str(status): status for status in Status}
_PLACE, _LOCKS, _BEFORE_LOCKS = 4, len(locks.COLUMNS.split(",")), 8


class Lines:
    """Makes rows of what was read, all of them as of one moment."""

    def __init__(self, store: "Store", filters: Filters) -> None:
        self.store = store
        self.settings = settings.load(store)
        self.now = store.now()
        limit = lockout.idle_limit(self.settings)
        absent = self.now - limit if limit else None
        # As the engine gives moments, so that none has to be read to be compared.
        self._absent: Any = absent if absent is None or store.postgres else utc_text(absent)
        self._forgiven = self.settings.lockout_attempts
        self._soon = filters.view == View.SOON
        self._pending = filters.shows == Status.PENDING

    @property
    def columns(self) -> str:
        """What to read, as SQL about a user `u` with the role `r`."""
        return _COLUMNS + _OF_SOON if self._soon else _COLUMNS

    def rows(self, found: Sequence[Found]) -> tuple[Row, ...]:
        """The lines of the list."""
        numbers = [one[_PLACE - 1] for one in found]
        invited = pending.of(self.store, numbers) if self._pending and numbers else {}
        return tuple(
            self._row(one, invited.get(number)) for one, number in zip(found, numbers, strict=True)
        )

    def _row(self, found: Found, invited: Invitation | None) -> Row:
        (bottom, last_key, first_key, number, status, first_name, last_name, login, email, phone,
         role, last_seen, admin, owner, attempts, _at, _from, locked_at, _rounds, idle_from,
         *_soon) = found  # fmt: skip
        present = self._absent is None or idle_from is None or idle_from >= self._absent
        free = present and locked_at is None and attempts <= self._forgiven
        return Row(
            number,
            _STATUSES[status],
            first_name,
            last_name,
            login,
            email,
            phone,
            role or "",
            bool(admin),
            bool(owner),
            utc_moment(last_seen),
            Place(bottom, last_key, first_key, number),
            () if free or status not in LIVING else self._held(found),
            self._ends(found) if self._soon else (),
            invited,
        )

    def _held(self, found: Found) -> tuple[Held, ...]:
        """What the policy says of somebody who may be locked."""
        return locks.held(self._known(found), self.settings, self.now)

    def _known(self, found: Found) -> lockout.Facts:
        columns = found[_PLACE + _BEFORE_LOCKS :][:_LOCKS]
        return locks.facts(self.store, found[_PLACE - 1], columns, self.settings, self.now)

    def _ends(self, found: Found) -> tuple[Deadline, ...]:
        """What runs out within days, the first of it first."""
        stored, set_at, temporary, invited_until = found[-4:]
        known = self._known(found)
        limit = lockout.idle_limit(self.settings)
        ends: list[Deadline] = []
        if limit and known.idle_from and not known.spared:
            ends += self._within("idle", known.idle_from + limit, warned(limit))
        secret = passwords.Facts(bool(stored), utc_moment(set_at), bool(temporary))
        until = passwords.expires(secret, self.settings)
        if secret.stored and not secret.temporary and until and secret.set_at:
            ends += self._within("password", until, warned(until - secret.set_at))
        if expires := utc_moment(invited_until):
            ends += self._within("invitation", expires, SOON_INVITED)
        return tuple(sorted(ends, key=lambda end: end.at))

    def _within(self, what: str, at: datetime, ahead: timedelta) -> list[Deadline]:
        return [Deadline(what, at)] if self.now <= at and at - self.now < ahead else []
