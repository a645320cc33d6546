"""Read the history of one user or of all, newest first, and answer questions of the rules.

An entry stores only the id of its actor. The name comes from the user record. For a removed user,
only the id is left.
"""

import json
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from store import access
from store.clocks import AHEAD
from store.fields import utc_moment, utc_text
from store.values import AuditEntry, Status
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session

UNDOES = "undoes"
"""The key under which an entry lists the entries that it undoes (DESIGN 3.13)."""
PAGE = 50
"""How many entries to read at a time, because the first ones are usually enough."""

_SHOWN = (
    "a.seq, a.at, a.actor, a.actor_id, w.login, w.status, a.origin, a.verb, a.target, a.reason,"
    " a.command, v.changes"
)
"""The columns that `_entry` takes: of the entry `a`, its values `v` and its actor `w`."""

_NEWEST = 2**63 - 1


def history(
    session: "Session", target: int | None = None, limit: int = 50, *, before: int | None = None
) -> list[AuditEntry]:
    """Return the newest entries first, of one user or of all, optionally only those `before` one.

    Raises:
        NotAllowed: the actor is no admin and asks for more than their own.
        SessionEnded: the session is over.
    """
    store = session.store
    _require_readable(session, target)
    narrowed = {"a.target = ?": target, "a.seq < ?": before}
    wanted = {clause: value for clause, value in narrowed.items() if value is not None}
    with store.read():
        rows = store.sql(
            f"SELECT {_SHOWN} FROM usher_audit a LEFT JOIN usher_audit_values v ON v.seq = a.seq"
            " LEFT JOIN usher_user w ON w.id = a.actor_id"
            f"{' WHERE ' if wanted else ''}{' AND '.join(wanted)} ORDER BY a.seq DESC LIMIT ?",
            *wanted.values(),
            limit,
        )
    return [_entry(row) for row in rows]


def _require_readable(session: "Session", target: int | None) -> None:
    """Check that the actor may read these entries. Users may read their own in an open session.

    Raises:
        NotAllowed: the actor is no admin and asks for more than their own.
        SessionEnded: the session is over.
    """
    if target is None or target != session.user:
        access.require(session, "history.view")
    else:
        access.actor_of(session)


def newest_of(store: "Store", target: int | None, verb: str) -> AuditEntry | None:
    """Return the last entry of this kind about a user, or about none. Checks no permission."""
    whom = "a.target IS NULL" if target is None else "a.target = ?"
    with store.read():
        rows = store.sql(
            f"SELECT {_SHOWN} FROM usher_audit a LEFT JOIN usher_audit_values v ON v.seq = a.seq"
            " LEFT JOIN usher_user w ON w.id = a.actor_id"
            f" WHERE {whom} AND a.verb = ? ORDER BY a.seq DESC LIMIT 1",
            *(() if target is None else (target,)),
            verb,
        )
    return _entry(rows[0]) if rows else None


def newest_change(store: "Store", target: int, field: str) -> AuditEntry | None:
    """Return the last entry that set or changed a field of a user."""
    with store.read():
        rows = store.sql(
            f"SELECT {_SHOWN} FROM usher_audit a JOIN usher_audit_values v ON v.seq = a.seq"
            " LEFT JOIN usher_user w ON w.id = a.actor_id"
            " WHERE a.target = ? AND v.changes LIKE ? ORDER BY a.seq DESC LIMIT 1",
            target,
            f'%"{field}": [%',
        )
    return _entry(rows[0]) if rows else None


def since(
    store: "Store", moment: datetime, targets: Collection[int] | None
) -> dict[int | None, list[AuditEntry]]:
    """Return newer entries, newest first, by user. The key None has entries without a user."""
    whom = "a.target IS NULL"
    if targets is not None:
        whom = f"a.target IN ({', '.join('?' * len(targets)) or 'NULL'})"
    found: dict[int | None, list[AuditEntry]] = {}
    for row in store.sql(
        f"SELECT {_SHOWN} FROM usher_audit a LEFT JOIN usher_audit_values v ON v.seq = a.seq"
        f" LEFT JOIN usher_user w ON w.id = a.actor_id WHERE {whom} AND a.at > ?"
        " ORDER BY a.seq DESC",
        *(targets or ()),
        utc_text(moment),
    ):
        entry = _entry(row)
        found.setdefault(entry.target, []).append(entry)
    return found


def own_since(session: "Session", moment: datetime) -> Iterator[AuditEntry]:
    """Yield the newer actions of the session's actor, newest first."""
    store = session.store
    mine = "a.actor_id = ?" if session.user else "a.actor_id IS NULL AND a.actor = ?"
    before, found = _NEWEST, PAGE
    while found == PAGE:
        rows = store.sql(
            f"SELECT {_SHOWN} FROM usher_audit a LEFT JOIN usher_audit_values v ON v.seq = a.seq"
            f" LEFT JOIN usher_user w ON w.id = a.actor_id WHERE {mine} AND +a.seq < ?"
            # The + makes SQLite use the index on the times, of which few are recent.
            " AND a.at > ? AND a.at <= ? ORDER BY +a.seq DESC LIMIT ?",
            session.user or session.name,
            before,
            utc_text(moment),
            utc_text(store.clock() + AHEAD),
            PAGE,
        )
        yield from map(_entry, rows)
        found, before = len(rows), rows[-1][0] if rows else 0


def later(store: "Store", seq: int, target: int | None) -> list[AuditEntry]:
    """Return entries after `seq` about a user, or about none, oldest first."""
    whom = "a.target IS NULL" if target is None else "a.target = ?"
    rows = store.sql(
        f"SELECT {_SHOWN} FROM usher_audit a LEFT JOIN usher_audit_values v ON v.seq = a.seq"
        f" LEFT JOIN usher_user w ON w.id = a.actor_id WHERE {whom} AND a.seq > ? ORDER BY a.seq",
        *(() if target is None else (target,)),
        seq,
    )
    return [_entry(row) for row in rows]


def number_since(store: "Store", moment: datetime, verb: str) -> int:
    """Return how often an action was done after a moment. Checks no permission.

    Entries count by their time and not by their number, because a clock can be set back. Entries
    further ahead than `AHEAD` do not count: a wrong clock wrote them.
    """
    ((number,),) = store.sql(
        "SELECT count(*) FROM usher_audit WHERE verb = ? AND at > ? AND at <= ?",
        verb,
        utc_text(moment),
        utc_text(store.clock() + AHEAD),
    )
    return int(number)


def at_moments(store: "Store", target: int, moments: Collection[datetime]) -> list[AuditEntry]:
    """Return entries about a user at exactly these moments, newest first."""
    rows = store.sql(
        f"SELECT {_SHOWN} FROM usher_audit a LEFT JOIN usher_audit_values v ON v.seq = a.seq"
        " LEFT JOIN usher_user w ON w.id = a.actor_id WHERE a.target = ?"
        f" AND a.at IN ({', '.join('?' * len(moments)) or 'NULL'}) ORDER BY a.seq DESC",
        target,
        *map(utc_text, moments),
    )
    return [_entry(row) for row in rows]


def count(session: "Session", target: int | None = None) -> int:
    """Return the number of entries, of one user or of all.

    Raises:
        NotAllowed: as for `history`.
    """
    store = session.store
    _require_readable(session, target)
    with store.read():
        if target is None:
            # Entries are numbered without gaps, and none is ever deleted.
            rows = store.sql("SELECT max(seq) FROM usher_audit")
        else:
            rows = store.sql("SELECT count(*) FROM usher_audit WHERE target = ?", target)
    return int(rows[0][0] or 0)


def _entry(row: tuple[Any, ...]) -> AuditEntry:
    (seq, at, actor, actor_id, login, status, origin, verb, target, reason, command,
     said) = row  # fmt: skip
    pairs, command = _said(said, command)
    return AuditEntry(
        seq, _moment(at), called(actor, actor_id, login, status), origin, verb, target, reason,
        pairs, command,
    )  # fmt: skip


def _moment(at: Any) -> datetime:
    """Return when an entry was written, or the epoch if the stored time is unreadable."""
    try:
        moment = utc_moment(at)
    except (TypeError, ValueError):
        moment = None
    return moment or datetime.fromtimestamp(0, UTC)


def _said(text: str | None, command: str) -> tuple[dict[str, tuple[Any, Any]], str]:
    """Return the values and the command of an entry, or nothing if they are unreadable."""
    try:
        pairs = json.loads(text) if text else {}
        if isinstance(pairs, list):
            # Older entries have their command in the chain, and only the values here.
            pairs, command = pairs
        return {name: (old, new) for name, (old, new) in pairs.items()}, str(command)
    except (AttributeError, TypeError, ValueError):
        return {}, ""


def called(written: str, number: int | None, login: str | None, status: str | None) -> str:
    """Return the current name of an actor, or the stored name of the operator."""
    if number and (login is None or status == Status.REMOVED):
        return removed_name(number)
    if number and login and _is_reserved(login):
        # Such a login is from an earlier version. It must not read as the operator, even if a
        # narrow column cuts it off.
        return _("user {id} ({login})").format(login=login, id=number)
    return login or written


def removed_name(number: int) -> str:
    """Return the name shown for a removed user (S2)."""
    return _("removed user #{id}").format(id=number)


def _is_reserved(login: str) -> bool:
    from store.checks.reserved import is_reserved  # noqa: PLC0415  (brings all checks of a draft)

    return is_reserved(login)
