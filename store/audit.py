"""The audit trail: who did what to whom, when, from where and why, in one unbreakable chain.

Each entry carries a MAC over itself and the MAC before it, keyed by `server.key`. Old and new
values, and the command, which holds them too, stand in a side table as one salted JSON an entry;
the chain covers only their hash, so that erasing a person deletes them and the chain still
verifies (DESIGN 3.13). An actor stands there by their id alone: what they are called is read from
the person, and of one who was removed nothing is left but that id.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from store import access
from store.clocks import AHEAD
from store.fields import utc_moment, utc_text
from store.values import AuditEntry, Status
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store, Unit
    from store.session import Session

GENESIS = "0" * 64
SALT_BYTES = 16
UNDOES = "undoes"
"""Under which name an entry says which ones it puts back (DESIGN 3.13)."""
PAGE = 50
"""Entries that are read at a time, where the first ones mostly do."""
COLUMNS = (
    "seq", "at", "actor", "actor_id", "origin", "verb", "target", "reason", "command",
    "values_hash", "mac",
)  # fmt: skip


_SHOWN = (
    "a.seq, a.at, a.actor, a.actor_id, w.login, w.status, a.origin, a.verb, a.target, a.reason,"
    " a.command, v.changes"
)
"""Of an entry `a` with its values `v` and its actor `w`, as `_entry` takes them."""

_NEWEST = 2**63 - 1

# An encoder made once: `json.dumps` makes one for each entry, which takes as long as encoding.
_fields_json = json.JSONEncoder(ensure_ascii=False).encode
_changes_json = json.JSONEncoder(ensure_ascii=False, default=str).encode


@dataclass(frozen=True, slots=True)
class Damage:
    """The first place where the chain does not hold, and in which way."""

    seq: int
    what: str


def append(store: "Store", unit: "Unit") -> tuple[int, str]:
    """Chain the gathered entries just before the commit; returns the new head.

    The head row is locked here and not earlier, so that writers queue as briefly as possible.
    """
    key = store.folder.server_key()
    seq, mac = head(store)
    at, salts = utc_text(unit.now), os.urandom(SALT_BYTES * len(unit.entries))
    rows: list[tuple[Any, ...]] = []
    values: list[tuple[Any, ...]] = []
    for place, entry in enumerate(unit.entries):
        seq += 1
        values_hash = None
        if entry.changes or entry.command:
            salt = salts[place * SALT_BYTES :][:SALT_BYTES]
            said = _changes_json((entry.changes, entry.command))
            values_hash = _values_hash(salt, said)
            values.append((seq, salt, said))
        fields = (
            seq,
            at,
            "" if unit.session.user else entry.actor,
            unit.session.user,
            entry.origin,
            entry.verb,
            entry.target,
            entry.reason,
            "",
            values_hash,
        )
        mac = _mac(key, mac, fields)
        rows.append((*fields, mac))
    store.insert_rows("usher_audit", COLUMNS, rows)
    store.insert_rows("usher_audit_values", ("seq", "salt", "changes"), values)
    store.sql(
        "UPDATE usher_audit_head SET seq = ?, mac = ?, at = ?,"
        " latest = CASE WHEN latest > ? THEN latest ELSE ? END WHERE id = 1",
        seq, mac, at, at, at,
    )  # fmt: skip
    return seq, mac


def head(store: "Store") -> tuple[int, str]:
    """The newest entry's number and MAC, locked against other writers."""
    lock = " FOR UPDATE" if store.postgres else ""
    rows = store.sql(f"SELECT seq, mac FROM usher_audit_head WHERE id = 1{lock}")
    return (rows[0][0], rows[0][1]) if rows else (0, GENESIS)


def newest(store: "Store") -> datetime | None:
    """When the newest entry was written: what `now` goes by (DESIGN 3.3)."""
    return times(store)[0]


def times(store: "Store") -> tuple[datetime | None, datetime | None]:
    """The time of the newest entry, and the latest time since the clock was last accepted."""
    rows = store.sql("SELECT at, latest FROM usher_audit_head WHERE id = 1")
    return (utc_moment(rows[0][0]), utc_moment(rows[0][1])) if rows else (None, None)


def forget_latest(store: "Store", now: datetime) -> None:
    """Let no entry of a later time count any more: the clock was accepted."""
    store.sql("UPDATE usher_audit_head SET latest = ? WHERE id = 1", utc_text(now))


def anchor(store: "Store", seq: int, mac: str) -> None:
    """Write the head into the data folder after a commit, so that a cut-off tail shows.

    It may lag by what a crash cut off but never leads, and it never fails an act that is done.
    """
    try:
        store.folder.replace(store.folder.audit_head, f"{store.fingerprint} {seq} {mac}\n")
    except OSError as error:
        store.log.warning("audit.head could not be written: %s", error.strerror)


def history(
    session: "Session", target: int | None = None, limit: int = 50, *, before: int | None = None
) -> list[AuditEntry]:
    """The newest entries first, of one user or of all; only those `before` an entry's number.

    Raises:
        NotAllowed: the actor is no admin and asks for more than their own.
    """
    store = session.store
    if target is None or target != session.user:
        access.require(session, "history.view")
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


def newest_of(store: "Store", target: int | None, verb: str) -> AuditEntry | None:
    """The last time that this was done to somebody, or to nobody; for rules, which ask no leave."""
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
    """The last time that a field of somebody was changed, or given at their creation."""
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
    """What was done after a moment, the newest first: to each of these, or to nobody (None)."""
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
    """What the actor of a session has done after a moment, the newest first, as far as is read."""
    store = session.store
    mine = "a.actor_id = ?" if session.user else "a.actor_id IS NULL AND a.actor = ?"
    before, found = _NEWEST, PAGE
    while found == PAGE:
        rows = store.sql(
            f"SELECT {_SHOWN} FROM usher_audit a LEFT JOIN usher_audit_values v ON v.seq = a.seq"
            f" LEFT JOIN usher_user w ON w.id = a.actor_id WHERE {mine} AND +a.seq < ?"
            # By the sign SQLite goes by the times, of which few are so new, and not by the numbers.
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
    """What was done to somebody, or to nobody, after an entry, the oldest first."""
    whom = "a.target IS NULL" if target is None else "a.target = ?"
    rows = store.sql(
        f"SELECT {_SHOWN} FROM usher_audit a LEFT JOIN usher_audit_values v ON v.seq = a.seq"
        f" LEFT JOIN usher_user w ON w.id = a.actor_id WHERE {whom} AND a.seq > ? ORDER BY a.seq",
        *(() if target is None else (target,)),
        seq,
    )
    return [_entry(row) for row in rows]


def number_since(store: "Store", moment: datetime, verb: str) -> int:
    """How often this has been done after a moment; for rules, which ask nobody's leave.

    Their numbers say in which order they were written, but not when: a clock may go back. An entry
    that is further ahead than `AHEAD` would count for as long as its clock was wrong.
    """
    ((number,),) = store.sql(
        "SELECT count(*) FROM usher_audit WHERE verb = ? AND at > ? AND at <= ?",
        verb,
        utc_text(moment),
        utc_text(store.clock() + AHEAD),
    )
    return int(number)


def at_moments(store: "Store", target: int, moments: Collection[datetime]) -> list[AuditEntry]:
    """What was done to somebody at these very moments, the newest first."""
    rows = store.sql(
        f"SELECT {_SHOWN} FROM usher_audit a LEFT JOIN usher_audit_values v ON v.seq = a.seq"
        " LEFT JOIN usher_user w ON w.id = a.actor_id WHERE a.target = ?"
        f" AND a.at IN ({', '.join('?' * len(moments)) or 'NULL'}) ORDER BY a.seq DESC",
        target,
        *map(utc_text, moments),
    )
    return [_entry(row) for row in rows]


def erase(unit: "Unit", target: int, cards: Collection[int] = ()) -> None:
    """Let go of what was said of a person: the values and commands of all entries about them.

    So it is of their `cards` while these waited for them. That something was done to them, when,
    by whom and why, stays and still verifies.
    """
    store = unit.session.store
    for card in cards:
        # As `_changes_json` writes the number of a card that was made, and of one that was edited.
        store.sql(
            "DELETE FROM usher_audit_values WHERE (changes LIKE ? OR changes LIKE ?) AND seq IN"
            " (SELECT seq FROM usher_audit WHERE target IS NULL"
            " AND verb IN ('create_employee', 'edit_employee'))",
            f'%"employee": [null, {card}]%',
            f'%"employee": [{card}, {card}]%',
        )
    store.sql(
        "DELETE FROM usher_audit_values"
        " WHERE seq IN (SELECT seq FROM usher_audit WHERE target = ?)",
        target,
    )
    unit.entries[:] = [
        replace(entry, changes={}, command="") if entry.target == target else entry
        for entry in unit.entries
    ]


def count(session: "Session", target: int | None = None) -> int:
    """How many entries there are, of one user or of all.

    Raises:
        NotAllowed: as for `history`.
    """
    store = session.store
    if target is None or target != session.user:
        access.require(session, "history.view")
    with store.read():
        if target is None:
            # Entries are numbered without gaps, and none ever goes.
            rows = store.sql("SELECT max(seq) FROM usher_audit")
        else:
            rows = store.sql("SELECT count(*) FROM usher_audit WHERE target = ?", target)
    return int(rows[0][0] or 0)


def verify(store: "Store") -> Damage | None:
    """Walk the whole chain; None when it holds, else the first entry that does not."""
    key = store.folder.server_key()
    mac, expected = GENESIS, 1
    anchored = _anchored(store)
    with store.read():
        for row in _rows(store):
            seq = row[0]
            if seq != expected:
                return Damage(expected, "missing")
            if not hmac.compare_digest(_mac(key, mac, row[:10]), row[10]):
                return Damage(seq, "changed")
            if row[12] is not None and _values_hash(row[11], row[12]) != row[9]:
                return Damage(seq, "values changed")
            mac, expected = row[10], seq + 1
            if anchored and anchored[0] == seq and anchored[1] != mac:
                return Damage(seq, "rewritten")
        seq, stored = head(store)
        if seq != expected - 1 or stored != mac:
            return Damage(expected, "missing")
    if anchored and anchored[0] >= expected:
        return Damage(expected, "cut off")
    return None


def changes_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The fields whose value differs, each with its old and its new value."""
    return {name: (old.get(name), value) for name, value in new.items() if old.get(name) != value}


def _rows(store: "Store") -> Iterable[tuple[Any, ...]]:
    rows = store.sql(
        "SELECT a.seq, a.at, a.actor, a.actor_id, a.origin, a.verb, a.target, a.reason,"
        " a.command, a.values_hash, a.mac, v.salt, v.changes FROM usher_audit a"
        " LEFT JOIN usher_audit_values v ON v.seq = a.seq ORDER BY a.seq"
    )
    for row in rows:
        moment = utc_moment(row[1])
        yield (row[0], utc_text(moment) if moment else "", *row[2:])


def _mac(key: bytes, previous: str, fields: tuple[Any, ...]) -> str:
    return hmac.digest(key, _fields_json([previous, *fields]).encode(), "sha256").hex()


def _values_hash(salt: bytes, changes: str) -> str:
    return hashlib.sha256(bytes(salt) + changes.encode()).hexdigest()


def _anchored(store: "Store") -> tuple[int, str] | None:
    try:
        fingerprint, seq, mac = store.folder.audit_head.read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        return None
    return (int(seq), mac) if fingerprint == store.fingerprint else None


def _entry(row: tuple[Any, ...]) -> AuditEntry:
    (seq, at, actor, actor_id, login, status, origin, verb, target, reason, command,
     said) = row  # fmt: skip
    moment = utc_moment(at)
    if moment is None:
        raise ValueError("an audit entry without a time")
    pairs = json.loads(said) if said else {}
    if isinstance(pairs, list):
        # Entries of before have their command in the chain, and only the values here.
        pairs, command = pairs
    return AuditEntry(
        seq, moment, called(actor, actor_id, login, status), origin, verb, target, reason,
        {name: (old, new) for name, (old, new) in pairs.items()}, command,
    )  # fmt: skip


def called(written: str, number: int | None, login: str | None, status: str | None) -> str:
    """What somebody who did something is called now; the operator, as they were then."""
    if number and (login is None or status == Status.REMOVED):
        return removed_name(number)
    return login or written


def removed_name(number: int) -> str:
    """What is left to call somebody by who was removed (S2)."""
    return _("removed user #{id}").format(id=number)
