"""Sessions: who is signed in, from where, through which door, and until when."""

from typing import TYPE_CHECKING

from store.models import SessionRow
from store.values import Why

if TYPE_CHECKING:
    from store.database import Unit
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


def end_all(unit: "Unit", user: int, why: Why, *, but: int | None = None) -> int:
    """End the open sessions of a person inside the transaction of a verb, `but` for one of them.

    How many there were; each is refused at its next action and told why (CHECKLIST E40).
    """
    wanted = [SessionRow.user == user, SessionRow.ended.is_null()]
    if but is not None:
        wanted.append(SessionRow.id != but)
    return int(SessionRow.update(ended=unit.now, why=why).where(*wanted).execute())


def end_by_key(unit: "Unit", user: int, fingerprint: str) -> int:
    """End what whoever came by this key has open, but for the very session that acts."""
    return int(
        SessionRow.update(ended=unit.now, why=Why.ENDED)
        .where(
            SessionRow.user == user,
            SessionRow.ended.is_null(),
            SessionRow.origin.endswith(fingerprint),
            SessionRow.id != (unit.session.row or 0),
        )
        .execute()
    )


def end_this(unit: "Unit", why: Why) -> None:
    """End the very session that acts."""
    SessionRow.update(ended=unit.now, why=why).where(
        SessionRow.id == unit.session.row, SessionRow.ended.is_null()
    ).execute()
