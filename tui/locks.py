"""How somebody stands, in words: the status or the lock, why they are locked, what soon ends.

Pure functions of what the store has said; free of textual.
"""

from collections.abc import Sequence
from datetime import datetime

from store.values import Deadline, Held, Row, Status, User
from store.wording import _, ngettext
from tui.moments import ago, in_time
from tui.signs import SIGNS

LOCKS = {"passwords": _("wrong passwords"), "idle": _("idle")}
"""What each lock is called."""
ENDS = {"idle": _("idle"), "password": _("password"), "invitation": _("invitation")}
"""What may end for somebody who does nothing."""

_LIVING = frozenset({Status.PENDING, Status.ACTIVE})


def is_locked(person: Row | User) -> bool:
    """Whether a lock, and not the status, keeps them out."""
    return bool(person.locks) and person.status in _LIVING


def sign_and_word(status: Status, *, locked: bool = False) -> str:
    """`● active`, or `⚿ locked` for whom the status alone would let in."""
    if locked:
        return f"{SIGNS.locked} {_('locked')}"
    return f"{SIGNS.of_status(status)} {_(status.value)}"


def standing_of(person: Row | User) -> str:
    """The sign and the word for one person."""
    return sign_and_word(person.status, locked=is_locked(person))


def locks_of(held: Sequence[Held]) -> str:
    """The locks by name, shorter where there are two."""
    return LOCKS[held[0].kind] if len(held) == 1 else ", ".join(_(lock.kind) for lock in held)


def told(held: Sequence[Held], now: datetime) -> str:
    """Which locks hold, since when, after how many attempts, from where."""
    return "; ".join(_told(lock, now) for lock in held)


def ending(ends: Sequence[Deadline], now: datetime) -> str:
    """What ends, and how soon: `invitation in 1 d, password in 8 d`."""
    return ", ".join(f"{ENDS[end.what]} {in_time(end.at, now)}" for end in ends)


def _told(lock: Held, now: datetime) -> str:
    words = [f"{LOCKS[lock.kind]}: {ago(lock.since, now)}"]
    if lock.attempts:
        tries = ngettext("{n} attempt", "{n} attempts", lock.attempts)
        words.append(tries.format(n=lock.attempts))
    if lock.source:
        words.append(_("from {source}").format(source=lock.source))
    if lock.until:
        words.append(_("opens {when}").format(when=in_time(lock.until, now)))
    return ", ".join(words)
