"""What is due every day: letters before passwords expire, and old rows taken away.

Run it as often as you like, also twice at once: the statement that queues a letter marks its
person, so nobody gets it twice; and of letters that were missed the last one alone goes out
(S0, CHECKLIST A10).
"""

from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from store import audit, settings
from store.audit.chain import report_damage
from store.fields import utc_text
from store.leaving import batches, standing
from store.mail import outbox
from store.mail.transports import Maildir
from store.session import operator_session
from store.upkeep import erasing
from store.values import Status

if TYPE_CHECKING:
    from store.database import Store, Unit
    from store.session import Session

BATCH = 500
"""So much in one transaction, for nobody else to wait long."""
KEPT = timedelta(days=90)
"""For how long one can look up that there was a code or a session."""
_LETTER_OVER = "CASE WHEN state IN ('sent', 'parked') THEN coalesce(sent, due, created) END"
"""Since when a letter is done with; one that waits never is."""
COUNTED = timedelta(days=2)
"""Longer than anything is counted together of a source."""

_EXPIRING = (
    # As the index has it, which holds the others off.
    "password_set_at IS NOT NULL AND status IN ('pending', 'active')"
    " AND password_set_at > ? AND password_set_at <= ?"
    " AND status = ? AND email <> '' AND NOT password_temporary"
    " AND (password_reminded IS NULL OR password_reminded > ?)"
)


@dataclass(frozen=True, slots=True)
class Maintained:
    """How many letters were queued, how many rows of each kind are gone, and how many records went
    on to those who get them."""

    reminded: int
    codes: int
    sessions: int
    sources: int
    letters: int
    handed: int
    erased: int
    """Of how many removed people the last traces are gone from the files."""
    damage: audit.Damage | None
    """Damage to the history that is not accepted."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def maintain(store: "Store") -> Maintained:
    """Do what is due now. A verb without a session: nobody in particular does it."""
    session = operator_session(store)
    return Maintained(
        # First, for whoever is removed with the last batch is cleared away like anybody else.
        handed=_hand_over(store),
        reminded=_remind_everybody(session),
        codes=_clear(session, "codes", "usher_code", "coalesce(ended, expires)"),
        letters=_clear_letters(session),
        sessions=_clear(session, "sessions", "usher_session", "ended"),
        sources=_clear_sources(session),
        erased=erasing.erase(session),
        damage=_check_history(session),
    )


def _check_history(session: "Session") -> audit.Damage | None:
    """Check the history, and record damage so that admins see it after they sign in."""
    store = session.store
    damage = audit.verify(store)
    if damage is not None:
        with store.write(session) as unit:
            if audit.head(store).broken is None:
                report_damage(unit, damage)
    return damage


def _hand_over(store: "Store") -> int:
    """Go on with what was interrupted; a rehearsal tells how much that is."""
    waiting = sum(one.total - one.moved for one in standing.pending(store))
    if store.rehearsing:
        return waiting
    return waiting - sum(one.total - one.moved for one in batches.carry_on(store))


def _remind_everybody(session: "Session") -> int:
    """The nearest letter that is due, to each active person with an address, once."""
    current = settings.load(session.store)
    if not current.password_max_age_days:
        return 0
    days = sorted({int(word) for word in current.password_remind_days.split()})
    number = 0
    for nearer, ahead in pairwise((0, *days)):
        while sent := _remind(session, current, nearer, ahead):
            number += sent
    return number


def _remind(session: "Session", current: settings.Settings, nearer: int, ahead: int) -> int:
    """Queue the letters for whom it is at most so many days, and more than for the nearer one."""
    with session.store.write(session) as unit:
        began = unit.now - timedelta(days=current.password_max_age_days)
        expiring = (
            utc_text(began + timedelta(days=nearer)),
            utc_text(began + timedelta(days=ahead)),
            Status.ACTIVE,
            ahead,
        )
        # Stated twice: whoever waited for another process looks at the rows as they are then.
        people = session.store.sql(
            f"UPDATE usher_user SET password_reminded = ? WHERE {_EXPIRING} AND id IN"
            f" (SELECT id FROM usher_user WHERE {_EXPIRING} ORDER BY password_set_at LIMIT ?)"
            " RETURNING id, email, language",
            ahead,
            *expiring,
            *expiring,
            BATCH,
        )
        for number, email, language in people:
            outbox.queue(unit, "password_expires", number, email, language)
            unit.record("remind_password", number, {"days": (None, ahead)})
    return len(people)


def _clear(session: "Session", what: str, table: str, over: str, kept: timedelta = KEPT) -> int:
    """Take away the rows of a table that have been over for so long, the oldest first."""
    number = 0
    while gone := len(_clear_batch(session, what, table, f"{over} < ?", kept)):
        number += gone
    return number


def _clear_letters(session: "Session") -> int:
    """The old ones, and what is left of those to the removed; with each the file that it became."""
    kept = timedelta(days=settings.load(session.store).mail_keep_days)
    over = f"({_LETTER_OVER} < ? OR address = '')"
    number, gone = 0, 1
    while gone:
        with session.store.write(session) as unit:
            rows = _clear_batch(session, "letters", "usher_letter", over, kept, "message_id")
            if not unit.rehearsal:
                # Before the commit: whoever is stopped here finds the row again.
                Maildir(session.store.folder.mail).forget([name for (name,) in rows])
        gone = len(rows)
        number += gone
    return number


def _clear_batch(
    session: "Session", what: str, table: str, over: str, kept: timedelta, gives: str = "id"
) -> list[tuple[Any, ...]]:
    with session.store.write(session) as unit:
        rows = session.store.sql(
            f"DELETE FROM {table} WHERE id IN"
            f" (SELECT id FROM {table} WHERE {over} ORDER BY id LIMIT ?) RETURNING {gives}",
            utc_text(unit.now - kept),
            BATCH,
        )
        _record(unit, what, len(rows))
    return rows


def _clear_sources(session: "Session") -> int:
    with session.store.write(session) as unit:
        rows = session.store.sql(
            "DELETE FROM usher_throttle WHERE since < ? RETURNING slot",
            utc_text(unit.now - COUNTED),
        )
        _record(unit, "sources", len(rows))
    return len(rows)


def _record(unit: "Unit", what: str, number: int) -> None:
    if number:
        unit.record("maintain", None, {what: (None, number)}, "usher maintain")
