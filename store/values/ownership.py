"""Who owns the account, and whether somebody else may make it theirs (DESIGN 3.7)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.values.words import rfc3339


@dataclass(frozen=True, slots=True)
class Absence:
    """That the owner was declared absent: when, by whom and why.

    From `claimable` on any admin may claim the account. `mailed` says that a letter with a code
    went to the owner; without an e-mail address none did.
    """

    owner: int
    declared: datetime
    by: str
    by_id: int | None
    reason: str
    claimable: datetime
    mailed: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "declared": rfc3339(self.declared),
            "by": self.by,
            "reason": self.reason,
            "claimable": rfc3339(self.claimable),
            "mailed": self.mailed,
        }


@dataclass(frozen=True, slots=True)
class Ownership:
    """The owner as every admin may know them, and how things stand at `now`.

    `idle_after` is the moment after which they count as absent without anybody's word, None where
    nobody does. `sessions` are those that they have open.
    """

    account: str
    id: int
    login: str
    name: str
    since: datetime
    last_seen: datetime | None
    sessions: int
    now: datetime
    idle_after: datetime | None = None
    absence: Absence | None = None

    @property
    def idle(self) -> bool:
        """Whether they have been away for longer than anybody may (S0)."""
        return self.idle_after is not None and self.now > self.idle_after

    @property
    def claimable_from(self) -> datetime | None:
        """From when on the account may be claimed, if nothing changes; None for never."""
        known = (self.idle_after, self.absence.claimable if self.absence else None)
        return min(filter(None, known), default=None)

    @property
    def claimable(self) -> bool:
        """Whether any admin may claim the account now."""
        declared = self.absence is not None and self.now >= self.absence.claimable
        return self.idle or declared

    def as_json(self) -> dict[str, Any]:
        return {
            "account": self.account,
            "owner": {"id": self.id, "login": self.login, "name": self.name},
            "since": rfc3339(self.since),
            "last_seen": rfc3339(self.last_seen),
            "sessions": self.sessions,
            "idle": self.idle,
            "declared_absent": self.absence.as_json() if self.absence else None,
            "claimable": self.claimable,
            "claimable_from": rfc3339(self.claimable_from),
        }
