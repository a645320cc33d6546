"""The MAC of an entry, and the hash of its values: what `chain` writes and `walking` checks."""

import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

from store.fields import utc_moment, utc_text

if TYPE_CHECKING:
    from store.database import Store

GENESIS = "0" * 64

# An encoder made once: `json.dumps` makes one for each entry, which takes as long as encoding.
fields_json = json.JSONEncoder(ensure_ascii=False).encode
changes_json = json.JSONEncoder(ensure_ascii=False, default=str).encode


def mac_of(key: bytes, previous: str, fields: tuple[Any, ...]) -> str:
    """Return the MAC of an entry, over its fields and the previous MAC."""
    return hmac.digest(key, fields_json([previous, *fields]).encode(), "sha256").hex()


def is_mac(key: bytes, previous: str, fields: tuple[Any, ...], mac: Any) -> bool:
    """Return whether this is the MAC of an entry; `mac` may be anything."""
    expected = mac_of(key, previous, fields).encode()
    return isinstance(mac, str) and hmac.compare_digest(expected, mac.encode())


def hash_of_values(salt: bytes, changes: str) -> str:
    """Return the hash of an entry's values. The MAC covers it instead of the values."""
    return hashlib.sha256(bytes(salt) + changes.encode()).hexdigest()


def rows_after(store: "Store", seq: int, most: int) -> list[tuple[Any, ...]]:
    """Return entries in order: the ten fields under the MAC, the MAC, the salt and the values."""
    rows = store.sql(
        "SELECT a.seq, a.at, a.actor, a.actor_id, a.origin, a.verb, a.target, a.reason,"
        " a.command, a.values_hash, a.mac, v.salt, v.changes FROM usher_audit a"
        " LEFT JOIN usher_audit_values v ON v.seq = a.seq WHERE a.seq > ? ORDER BY a.seq LIMIT ?",
        seq,
        most,
    )
    return [(row[0], _moment(row[1]), *row[2:]) for row in rows]


def has_written(store: "Store", key: bytes, seq: int) -> bool:
    """Return whether an entry was written with this key."""
    rows = rows_after(store, seq - 2, 2)
    if len(rows) != min(seq, 2) or rows[-1][0] != seq:
        return False
    previous = GENESIS if seq == 1 else rows[0][10]
    return is_mac(key, previous, rows[-1][:10], rows[-1][10])


def _moment(value: Any) -> str:
    """Return a time as the MAC covers it; one that is no time as it is, which no MAC covers."""
    try:
        moment = utc_moment(value)
    except (TypeError, ValueError):
        return str(value)
    return utc_text(moment) if moment else ""
