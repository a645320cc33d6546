"""The closed sets of words, and times as JSON writes them."""

from datetime import UTC, datetime
from enum import StrEnum

from store.wording import _


class Status(StrEnum):
    """Where a user stands in its life (DESIGN 3.1)."""

    PENDING = "pending"
    ACTIVE = "active"
    BLOCKED = "blocked"
    INACTIVE = "inactive"
    REMOVED = "removed"


def status_word(status: Status | str) -> str:
    """Return the word for a status in sentences. `inactive` reads as deactivated."""
    return _("deactivated") if status == Status.INACTIVE else _(str(status))


class Door(StrEnum):
    """What is being entered."""

    PLATFORM = "platform"
    SIMULATOR = "simulator"
    USHER = "usher"


class Why(StrEnum):
    """Why a session ended, where its person did not leave by themselves."""

    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    REMOVED = "removed"
    PASSWORD = "password"  # noqa: S105  (it was set by an admin, or with a code)
    OWN_PASSWORD = "own_password"  # noqa: S105  (the user changed it in another session)
    LOCKED = "locked"
    RIGHTS = "rights"
    ENDED = "ended"
    LIMIT = "limit"
    GONE = "gone"


class Locked(StrEnum):
    """By which lock a list is narrowed."""

    ANY = "any"
    PASSWORDS = "passwords"
    IDLE = "idle"


class View(StrEnum):
    """The lists of those who cannot come in, or soon cannot, though their status would let them."""

    LOCKED = "locked"
    SOON = "soon"


def rfc3339(moment: datetime | None) -> str | None:
    """A moment as the command line's JSON writes it: RFC 3339, UTC, whole seconds."""
    if moment is None:
        return None
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
