"""Who was invited and has not come yet, the newest first."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from store import access
from store.fields import utc_moment, utc_text
from store.listing.locked import SOON_INVITED
from store.values import Invitation, Invitations, Sent

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session

_PENDING = (
    "FROM usher_invitation i JOIN usher_user u ON u.id = i.user_id AND u.status = 'pending'"
    " LEFT JOIN usher_code c ON c.id = i.code_id"
)
_SOON = "c.ended IS NULL AND c.expires >= ? AND c.expires < ?"
_COLUMNS = (
    "i.id, u.id, u.first_name, u.last_name, u.login, u.email, u.admin, i.created, i.sent,"
    " i.sent_count, c.expires, c.ended, l.state, l.error"
)
# A letter that was sent anew stands behind the one before.
_LETTER = (
    " LEFT JOIN usher_letter l ON l.id ="
    " (SELECT max(n.id) FROM usher_letter n WHERE n.code_id = i.code_id)"
)


def listed(
    session: "Session", *, soon: bool = False, limit: int = 50, after: Sent | None = None
) -> Invitations:
    """A page of those who have yet to come; `soon` are those whose invitation ends in two days.

    Raises:
        NotAllowed: the actor may not see users.
    """
    store = session.store
    access.require(session, "users.view")
    with store.read():
        now = store.now()
        until = now + SOON_INVITED
        wanted: list[str] = ["0 = 0"]
        params: list[Any] = []
        if soon:
            wanted.append(_SOON)
            params += [utc_text(now), utc_text(until)]
        ((total,),) = store.sql(f"SELECT count(*) {_PENDING} WHERE {' AND '.join(wanted)}", *params)
        if after:
            wanted.append("(i.sent, i.id) < (?, ?)")
            params += [utc_text(after.at), after.id]
        rows = store.sql(
            f"SELECT {_COLUMNS} {_PENDING}{_LETTER} WHERE {' AND '.join(wanted)}"
            " ORDER BY i.sent DESC, i.id DESC LIMIT ?",
            *params,
            limit + 1,
        )
    found = tuple(_invitation(row, now, until) for row in rows[:limit])
    more = len(rows) > limit
    return Invitations(found, total, Sent(found[-1].sent, found[-1].id) if more else None)


def find(session: "Session", who: int | str) -> Invitation | None:
    """The invitation of one person, if they are pending and have one.

    Raises:
        NotFound: nobody, or nobody whom the actor may see.
    """
    from store.users import read  # noqa: PLC0415  (the list of people stands on this module)

    number = read.show(session, who).id
    return of(session.store, [number]).get(number)


def of(store: "Store", users: Sequence[int]) -> dict[int, Invitation]:
    """The invitations of these people, as far as they are pending and have one."""
    marks = ", ".join("?" * len(users))
    with store.read():
        now = store.now()
        rows = store.sql(
            f"SELECT {_COLUMNS} {_PENDING}{_LETTER} WHERE i.user_id IN ({marks})", *users
        )
    until = now + SOON_INVITED
    return {found.user: found for found in (_invitation(row, now, until) for row in rows)}


def _invitation(row: tuple[Any, ...], now: datetime, until: datetime) -> Invitation:
    (number, user, first, last, login, email, admin, created, sent, count, expires, ended, letter,
     error) = row  # fmt: skip
    ends = utc_moment(expires)
    state = "open"
    if ends is None or now > ends:
        state = "expired"
    elif ended is not None:
        state = "ended"
    return Invitation(
        id=number,
        user=user,
        name=f"{first} {last}".strip(),
        login=login,
        email=email,
        admin=bool(admin),
        created=_moment(created),
        sent=_moment(sent),
        sent_count=count,
        expires=ends,
        state=state,
        soon=state == "open" and ends is not None and ends < until,
        letter=letter or "",
        error=error or "",
    )


def _moment(stored: Any) -> datetime:
    found = utc_moment(stored)
    assert found is not None  # noqa: S101  (neither column may be empty)
    return found
