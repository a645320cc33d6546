"""Who was invited and has not come yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.values.words import rfc3339


@dataclass(frozen=True, slots=True)
class Invitation:
    """A pending person's invitation.

    `state` is `open`; `expired`; or `ended`, where its code died before its time, as by a block.
    `letter` is how far the last letter is, `error` why no further; both empty once it is cleared.
    """

    id: int
    """The row id, used only for sorting. Commands and JSON use the user's id."""
    user: int
    name: str
    login: str
    email: str
    admin: bool
    created: datetime
    sent: datetime
    """When last."""
    sent_count: int
    expires: datetime | None
    state: str
    soon: bool
    """Whether it runs out within two days."""
    letter: str = ""
    error: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the stable JSON of an invitation (DESIGN 5), with the state of its email.

        A user has at most one invitation, so its `id` is the user's id, which `invitations show`,
        `resend` and `revoke` take.
        """
        return {
            "id": self.user,
            "user": self.user,
            "email": self.email,
            "expires": rfc3339(self.expires),
            "sent_count": self.sent_count,
            "state": self.state,
            "created": rfc3339(self.created),
            "sent": rfc3339(self.sent),
            "letter": self.letter or None,
            "error": self.error or None,
        }


@dataclass(frozen=True, slots=True)
class Sent:
    """A place among the invitations, the newest first: when it was sent last, and its id."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Invitations:
    """A page of them, how many there are, and where the next page begins."""

    rows: tuple[Invitation, ...]
    total: int
    following: Sent | None = None
