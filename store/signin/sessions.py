"""Sessions: who is signed in, from where, through which door, and until when."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from store import access, settings
from store.errors import NotFound
from store.fields import utc_moment, utc_text
from store.models import SessionRow
from store.users import read
from store.values import Door, OpenSession, Why
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store, Unit
    from store.session import Session

ALL = "all"
"""How a command names every session of a person."""


class SessionNotFound(NotFound):
    """This person has no open session of that number."""

    code = "session_not_found"

    def __init__(self, who: int, number: int) -> None:
        super(NotFound, self).__init__(
            _(
                "No open session {number} of this user. List them: usher users sessions {who}"
            ).format(number=number, who=who)
        )


def sessions_of(session: "Session", who: int | str) -> tuple[OpenSession, ...]:
    """The open sessions of one person, the newest first.

    Raises:
        NotAllowed: the actor may not see them.
        NotFound: nobody, or nobody whom the actor may see.
    """
    store = session.store
    with store.read():
        user = read.show(session, who)
        access.require(session, "sessions.view", read.subject_of(user))
        return _open(session, user.id, store.clock())


def end(session: "Session", who: int | str, number: int | None = None) -> tuple[OpenSession, ...]:
    """End one session of a person, or all of them; the very one that acts is left by signing out.

    Whoever sits there is told at the next action, and within five seconds (CHECKLIST E40).

    Raises:
        NotAllowed: the actor may not end them.
        NotFound: nobody, or nobody whom the actor may see.
        SessionNotFound: they have no open session of that number.
    """
    with session.store.write(session) as unit:
        user = read.show(session, who, to_change=True)
        access.require(session, "sessions.end", read.subject_of(user))
        found = _open(session, user.id, unit.now)
        if number is None:
            chosen = tuple(one for one in found if not one.this)
        else:
            chosen = tuple(one for one in found if one.id == number)
            if not chosen:
                raise SessionNotFound(user.id, number)
        if chosen:
            numbers = [one.id for one in chosen]
            SessionRow.update(ended=unit.now, why=Why.ENDED).where(
                SessionRow.id.in_(numbers), SessionRow.ended.is_null()
            ).execute()
            which = ALL if number is None else number
            unit.record(
                "end_sessions",
                user.id,
                {"sessions": (numbers, [])},
                f"usher users sessions {user.id} --end {which}",
            )
        return chosen


def sign_out(session: "Session") -> None:
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


def _open(session: "Session", user: int, now: datetime) -> tuple[OpenSession, ...]:
    """Those of a person that have neither been ended nor lasted for too long."""
    store: Store = session.store
    oldest = now - settings.load(store).session_absolute
    rows = store.sql(
        "SELECT id, door, origin, address, started, seen FROM usher_session"
        " WHERE user_id = ? AND ended IS NULL AND started >= ? ORDER BY started DESC, id DESC",
        user,
        utc_text(oldest),
    )
    return tuple(_session(user, row, this=row[0] == session.row) for row in rows)


def _session(user: int, row: tuple[Any, ...], *, this: bool) -> OpenSession:
    number, door, origin, address, started, seen = row
    begun, heard = utc_moment(started), utc_moment(seen)
    if begun is None or heard is None:
        raise ValueError("a session without a time")
    return OpenSession(number, user, Door(door), address, origin, begun, heard, this)
