"""The chain of the history: every entry carries a MAC over itself and the MAC before it.

The MAC is keyed by `server.key`. Old and new values, and the command, are in a side table as one
salted JSON per entry. The chain covers their hash alone, so that erasing a user deletes the values
and the chain still verifies (DESIGN 3.13).
"""

import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from store.fields import utc_moment, utc_text

if TYPE_CHECKING:
    from store.database import Store, Unit

GENESIS = "0" * 64
SALT_BYTES = 16
COLUMNS = (
    "seq", "at", "actor", "actor_id", "origin", "verb", "target", "reason", "command",
    "values_hash", "mac",
)  # fmt: skip

# An encoder made once: `json.dumps` makes one for each entry, which takes as long as encoding.
_fields_json = json.JSONEncoder(ensure_ascii=False).encode
_changes_json = json.JSONEncoder(ensure_ascii=False, default=str).encode


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
            values_hash = hash_of_values(salt, said)
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
        mac = mac_of(key, mac, fields)
        rows.append((*fields, mac))
    store.insert_rows("usher_audit", COLUMNS, rows)
    store.insert_rows("usher_audit_values", ("seq", "salt", "changes"), values)
    store.sql("UPDATE usher_audit_head SET seq = ?, mac = ?, at = ? WHERE id = 1", seq, mac, at)
    return seq, mac


def head(store: "Store") -> tuple[int, str]:
    """The newest entry's number and MAC, locked against other writers."""
    lock = " FOR UPDATE" if store.postgres else ""
    rows = store.sql(f"SELECT seq, mac FROM usher_audit_head WHERE id = 1{lock}")
    return (rows[0][0], rows[0][1]) if rows else (0, GENESIS)


def newest(store: "Store") -> datetime | None:
    """When the newest entry was written: `now` is never earlier (DESIGN 3.3)."""
    rows = store.sql("SELECT at FROM usher_audit_head WHERE id = 1")
    return utc_moment(rows[0][0]) if rows else None


def changes_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The fields whose value differs, each with its old and its new value."""
    return {name: (old.get(name), value) for name, value in new.items() if old.get(name) != value}


def mac_of(key: bytes, previous: str, fields: tuple[Any, ...]) -> str:
    return hmac.digest(key, _fields_json([previous, *fields]).encode(), "sha256").hex()


def hash_of_values(salt: bytes, changes: str) -> str:
    return hashlib.sha256(bytes(salt) + changes.encode()).hexdigest()
