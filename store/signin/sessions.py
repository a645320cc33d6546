"""Sessions: who is signed in, from where, through which door, and until when."""

from typing import TYPE_CHECKING

from store.models import SessionRow

if TYPE_CHECKING:
    from store.session import Session


def end(session: "Session") -> None:
    """Sign out. Ending a session twice is no fault."""
    if session.row is None:
        return
    with session.store.write(session) as unit:
        ended = (
            SessionRow.update(ended=unit.now)
            .where(SessionRow.id == session.row, SessionRow.ended.is_null())
            .execute()
        )
        if ended:
            unit.record("sign_out", session.user)
