"""The letters of the outbox as an admin looks at them."""

from typing import TYPE_CHECKING

from store import access
from store.models import LetterRow
from store.values import Letter

if TYPE_CHECKING:
    from store.session import Session

STATES = ("queued", "sending", "sent", "parked")
"""Where a letter may stand (DESIGN 3.12)."""


def listed(
    session: "Session", state: str | None = None, limit: int = 50, *, before: int | None = None
) -> list[Letter]:
    """The letters, the newest first: all or those in one state; `before` the number of one.

    Raises:
        NotAllowed: the actor may not see whom Usher writes to.
    """
    with session.store.read():
        access.require(session, "mail.view")
        rows = LetterRow.select().order_by(LetterRow.id.desc()).limit(limit)
        if state:
            rows = rows.where(LetterRow.state == state)
        if before is not None:
            rows = rows.where(LetterRow.id < before)
        return [letter_of(row) for row in rows]


def count(session: "Session", state: str | None = None) -> int:
    """How many there are, in all or in one state.

    Raises:
        NotAllowed: the actor may not see whom Usher writes to.
    """
    with session.store.read():
        access.require(session, "mail.view")
        rows = LetterRow.select()
        return int((rows.where(LetterRow.state == state) if state else rows).count())


def letter_of(row: LetterRow) -> Letter:
    """What people see of a row."""
    return Letter(row.id, row.kind, row.address, row.state, row.created, row.sent, row.error)
