"""The chain of the history: every entry carries a MAC over itself and the MAC before it.

The MAC is keyed with `server.key`. The old and new values and the command of an entry are in a
separate table, as salted JSON. The chain covers only their hash, so it still verifies after the
values of a removed user are erased (DESIGN 3.13).
"""

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from store.audit import anchor, erasing, key
from store.audit.head_row import Head, head, is_sealed, seal
from store.audit.signing import GENESIS, changes_json, hash_of_values, mac_of
from store.fields import utc_text
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
HEAD_CHANGED = "head changed"
"""The head of the history is missing, or not as Usher wrote it."""
BREAK = "report_break"
"""The verb of an entry that reports a break of the history."""
REPLACE = "replace_account"
"""The verb of the entry that records which account this one replaced."""


def append(store: "Store", unit: "Unit") -> Head:
    """Chain the gathered entries just before the commit, and return the new head.

    The head row is locked here and not earlier, so that other writers wait as briefly as possible.
    The anchor is compared first. A break gets an entry of its own.

    Raises:
        Unavailable: `server.key` is missing or wrong. Nothing is written.
    """
    stored = head(store, lock=True)
    secret = key.require(store, stored.key_check)
    sealed = is_sealed(store, stored, secret)
    before = stored if sealed else _head_rewritten(store, stored, secret)
    own = list(_noticed(store, before, unit, sealed=sealed))
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
    store.sql(
        "UPDATE usher_audit_head SET seq = ?, mac = ?, at = ?, broken = ?,"
        " latest = CASE WHEN latest > ? THEN latest ELSE ? END WHERE id = 1",
        seq,
        mac,
        at,
        broken,
        at,
        at,
    )
    seal(store, secret)
    return head(store)


def report_damage(unit: "Unit", damage: "Damage") -> None:
    """Record damage that a walk found. It stays reported until it is accepted."""
    found = anchor.Break(damage.seq, damage.what)
    unit.record(BREAK, None, break_changes(found), "usher maintain")


def changes_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The fields whose value differs, each with its old and its new value."""
    return {name: (old.get(name), value) for name, value in new.items() if old.get(name) != value}


def _head_rewritten(store: "Store", stored: Head, secret: bytes) -> Head:
    """Write a new head in place of one whose seal does not hold, and return it.

    The newest entry is read from the chain. The caller reports the break.
    """
    rows = store.sql("SELECT seq, mac FROM usher_audit ORDER BY seq DESC LIMIT 1")
    seq, mac = rows[0] if rows and rows[0][0] > 0 else (0, GENESIS)
    known = anchor.known_here(store)
    account = stored.account or (known.account if known else "") or secrets.token_hex(16)
    store.sql("DELETE FROM usher_audit_head WHERE id = 1")
    store.sql(
        "INSERT INTO usher_audit_head (id, seq, mac, account, key_check) VALUES (1, ?, ?, ?, ?)",
        seq,
        mac,
        account,
        key.check_value(secret),
    )
    return head(store)


def _noticed(store: "Store", before: Head, unit: "Unit", *, sealed: bool) -> Iterator[AuditEntry]:
    """Yield the entries that the program adds before those of the action."""
    former = anchor.known_here(store) if before.seq == 0 else None
    if former is not None and former.account != before.account:
        yield _entry(unit, REPLACE, {"newest_entry": (former.seq, None)})
        return
    found = anchor.compare(store, before, anchor.find(store, before.account))
    if erasing.has_values_after(store, before.seq):
        # New entries reuse their numbers, so leftover values must be deleted first.
        erasing.drop_after(store, before.seq)
        if found is None and sealed:
            stray = anchor.Break(before.seq + 1, erasing.WITHOUT_ENTRY)
            yield _entry(unit, BREAK, break_changes(stray))
    if found is None:
        if not sealed:
            yield _entry(unit, BREAK, break_changes(anchor.Break(before.seq + 1, HEAD_CHANGED)))
        if not store.anchored:
            anchor.note(store, before.account)
    elif not (before.broken and _is_reported(store, found)):
        yield _entry(unit, BREAK, break_changes(found))


def _is_reported(store: "Store", found: anchor.Break) -> bool:
    """Return whether the newest report is about this break, as when no anchor could be written."""
    rows = store.sql(
        "SELECT v.changes FROM usher_audit a JOIN usher_audit_values v ON v.seq = a.seq"
        " WHERE a.verb = ? ORDER BY a.seq DESC LIMIT 1",
        BREAK,
    )
    try:
        said = json.loads(rows[0][0])[0] if rows else {}
        name = "anchor" if found.anchor else "break"
        return bool(said.get(name) == list(break_changes(found)[name]))
    except (AttributeError, LookupError, TypeError, ValueError):
        return False


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
