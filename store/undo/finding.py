"""Which change is put back: the last one that somebody made themselves, and has not put back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from store import access, audit
from store.access import denials
from store.errors import Refused
from store.values import AuditEntry
from store.wording import _

if TYPE_CHECKING:
    from store.session import Session

WITHIN = timedelta(hours=24)
"""How old a change may be. Undo is for what one has just done; what has held for longer, others
have seen and gone by, and the history tells how to change it again."""

NO_CHANGES = frozenset(
    {
        "sign_in", "sign_out", "wrong_password", "lock", "refuse_source", "forgot_password",
        denials.KIND, "export", "export_employees", "test_mail", "maintain", "erase",
        "remind_password", "accept_clock", "accept_history", "rekey", "report_break",
        "adopt_history", "cancel_absence",
    }
)  # fmt: skip
"""What is in the history and has changed nothing that anybody could want back."""
REVOKE = "revoke"
"""By which the creation of somebody is put back; it erases what the history says of them."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was done at once, its entries the newest first; mostly it is one.

    A verb may have several about one person: what was allowed to them, and what was denied.
    `several` says that the same was done to others as well, each of whom is a change of their own.
    """

    entries: tuple[AuditEntry, ...]
    several: bool = False

    @property
    def newest(self) -> AuditEntry:
        return self.entries[0]

    @property
    def seqs(self) -> tuple[int, ...]:
        return tuple(entry.seq for entry in self.entries)

    @property
    def at(self) -> datetime:
        return self.newest.at


def last(session: "Session") -> Change:
    """One's own last change; what was put back is none any more, and neither is putting it back.

    So a second undo takes the change before the first, and nothing goes to and fro.

    Raises:
        Refused: there is none within a day.
        SessionEnded: the session is over.
    """
    store = session.store
    with store.read():
        access.actor_of(session)
        entries = _standing(audit.own_since(session, store.now() - WITHIN))
        newest = next(entries, None)
        if newest is None:
            raise Refused(
                _("You have changed nothing in the last 24 hours. There is nothing to undo."),
                code="nothing_to_undo",
            )
        found = [newest]
        for entry in entries:
            if not _follows(entry, found[-1]):
                break
            if entry.target != newest.target:
                return Change(tuple(found), several=entry.verb == newest.verb)
            found.append(entry)
        return Change(tuple(found))


def _standing(entries: Iterator[AuditEntry]) -> Iterator[AuditEntry]:
    """The changes among them that have not been put back.

    With the creation of somebody all that was done to them before is put back as well.
    """
    undone: set[int] = set()
    gone: set[int | None] = set()
    for entry in entries:
        if audit.UNDOES in entry.changes:
            undone.update(entry.changes[audit.UNDOES][1])
            if entry.verb == REVOKE:
                gone.add(entry.target)
        elif not (entry.seq in undone or entry.target in gone or entry.verb in NO_CHANGES):
            yield entry


def _follows(older: AuditEntry, newer: AuditEntry) -> bool:
    """Whether both were written in one act on people."""
    return older.seq == newer.seq - 1 and older.at == newer.at and newer.target is not None
