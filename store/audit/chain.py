"""The chain of the history: every entry carries a MAC over itself and the MAC before it.

The MAC is keyed with `server.key`. The old and new values and the command of an entry are in a
separate table, as salted JSON. The chain covers only their hash, so it still verifies after the
values of a removed user are erased (DESIGN 3.13).
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from store.audit import anchor, erasing, key
from store.audit.signing import GENESIS, changes_json, hash_of_values, mac_of
from store.fields import utc_moment, utc_text
from store.values import AuditEntry

if TYPE_CHECKING:
    from store.audit.walking import Damage
    from store.database import Store, Unit

SALT_BYTES = 16
COLUMNS = (
    "seq", "at", "actor", "actor_id", "origin", "verb", "target", "reason", "command",
    "values_hash", "mac",
)  # fmt: skip
PROGRAM = "usher"
"""The actor of an entry that the program adds."""
BREAK = "report_break"
"""The verb of an entry that reports a break of the history."""
REPLACE = "replace_account"
"""The verb of the entry that records which account this one replaced."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry, and what every writer must know about the account.

    `broken` is the number of the entry that reports a break, until the break is accepted.
    """

    seq: int
    mac: str
    at: datetime | None
    account: str
    key_check: str
    broken: int | None


def head(store: "Store", *, lock: bool = False) -> Head:
    """Return the head of the chain. With `lock`, other writers wait for this transaction."""
    rows = store.sql(
        "SELECT seq, mac, at, account, key_check, broken FROM usher_audit_head WHERE id = 1"
        + (" FOR UPDATE" if lock and store.postgres else "")
    )
    if not rows:
        return Head(0, GENESIS, None, "", "", None)
    seq, mac, at, account, check, broken = rows[0]
    return Head(seq, mac, utc_moment(at), account, check, broken)


def newest(store: "Store") -> datetime | None:
    """Return the time of the newest entry, which `now` depends on (DESIGN 3.3)."""
    return times(store)[0]


def times(store: "Store") -> tuple[datetime | None, datetime | None]:
    """Return the time of the newest entry, and the latest since the clock was last accepted."""
    rows = store.sql("SELECT at, latest FROM usher_audit_head WHERE id = 1")
    return (utc_moment(rows[0][0]), utc_moment(rows[0][1])) if rows else (None, None)


def forget_latest(store: "Store", now: datetime) -> None:
    """Forget times later than `now`, because the clock was accepted."""
    store.sql("UPDATE usher_audit_head SET latest = ? WHERE id = 1", utc_text(now))


def append(store: "Store", unit: "Unit") -> Head:
    """Chain the gathered entries just before the commit, and return the new head.

    The head row is locked here and not earlier, so that other writers wait as briefly as possible.
    The anchor is compared first. A break gets an entry of its own.

    Raises:
        Unavailable: `server.key` is missing or wrong. Nothing is written.
    """
    before = head(store, lock=True)
    secret = key.require(store, before.key_check, before.seq)
    own = list(_noticed(store, before, unit))
    seq, mac, broken = before.seq, before.mac, before.broken
    at, salts = utc_text(unit.now), os.urandom(SALT_BYTES * (len(own) + len(unit.entries)))
    rows: list[tuple[Any, ...]] = []
    values: list[tuple[Any, ...]] = []
    for place, entry in enumerate((*own, *unit.entries)):
        seq += 1
        values_hash = None
        if entry.changes or entry.command:
            salt = salts[place * SALT_BYTES :][:SALT_BYTES]
            text = changes_json((entry.changes, entry.command))
            values_hash = hash_of_values(salt, text)
            values.append((seq, salt, text))
        if entry.verb == BREAK:
            broken = broken or seq
        elif entry.verb == anchor.ACCEPT:
            broken = None
        user = None if place < len(own) else unit.session.user
        fields = (
            seq,
            at,
            "" if user else entry.actor,
            user,
            entry.origin,
            entry.verb,
            entry.target,
            entry.reason,
            "",
            values_hash,
        )
        mac = mac_of(secret, mac, fields)
        rows.append((*fields, mac))
    store.insert_rows("usher_audit", COLUMNS, rows)
    store.insert_rows("usher_audit_values", ("seq", "salt", "changes"), values)
    check = before.key_check or key.check_value(secret)
    store.sql(
        "UPDATE usher_audit_head SET seq = ?, mac = ?, at = ?, key_check = ?, broken = ?,"
        " latest = CASE WHEN latest > ? THEN latest ELSE ? END WHERE id = 1",
        seq,
        mac,
        at,
        check,
        broken,
        at,
        at,
    )
    return Head(seq, mac, unit.now, before.account, check, broken)


def report_damage(unit: "Unit", damage: "Damage") -> None:
    """Record damage that a walk found. It stays reported until it is accepted."""
    found = anchor.Break(damage.seq, damage.what)
    unit.record(BREAK, None, break_changes(found), "usher maintain")


def changes_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The fields whose value differs, each with its old and its new value."""
    return {name: (old.get(name), value) for name, value in new.items() if old.get(name) != value}


def _noticed(store: "Store", before: Head, unit: "Unit") -> Iterator[AuditEntry]:
    """Yield the entries that the program adds before those of the action."""
    if before.seq == 0:
        former = anchor.known_here(store)
        if former is not None and before.account and former.account != before.account:
            yield _entry(unit, REPLACE, {"newest_entry": (former.seq, None)})
        return
    if not before.key_check:
        # This is the first action since the migration that added the check value.
        missing = erasing.unexplained(store)
        if missing:
            yield _entry(unit, erasing.ADOPT, {erasing.MISSING: (None, missing)})
    found = anchor.compare(store, before, anchor.find(store, before.account))
    if found is None:
        if not store.anchored:
            anchor.note(store, before.account)
        return
    if before.broken and _is_reported(store, found):
        return
    if found.what == anchor.CUT_OFF:
        # New entries reuse their numbers, so leftover values must be deleted first.
        erasing.drop_after(store, before.seq)
    yield _entry(unit, BREAK, break_changes(found))


def _is_reported(store: "Store", found: anchor.Break) -> bool:
    """Return whether the newest report is about this break, as when no anchor could be written."""
    rows = store.sql(
        "SELECT v.changes FROM usher_audit a JOIN usher_audit_values v ON v.seq = a.seq"
        " WHERE a.verb = ? ORDER BY a.seq DESC LIMIT 1",
        BREAK,
    )
    said = json.loads(rows[0][0])[0] if rows else {}
    name = "anchor" if found.anchor else "break"
    return bool(said.get(name) == list(break_changes(found)[name]))


def break_changes(found: anchor.Break) -> dict[str, tuple[Any, Any]]:
    """Return the changes that an entry about a break records."""
    known = found.anchor
    return {
        "break": (None, found.what),
        "entry": (None, found.seq),
        **({"anchor": (None, f"{known.seq} {known.mac[:16]}")} if known else {}),
    }


def _entry(unit: "Unit", verb: str, changes: Mapping[str, tuple[Any, Any]]) -> AuditEntry:
    return AuditEntry(
        seq=0,
        at=unit.now,
        actor=PROGRAM,
        origin=str(unit.session.origin),
        verb=verb,
        target=None,
        reason="",
        changes=dict(changes),
        command="",
    )
