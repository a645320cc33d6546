"""How much came from one source lately: a small table that never grows (CHECKLIST B19).

A source is an address, or whatever else is counted under a kind of its own: one actor's denials.
Sources share slots, chosen with `server.key` so that nobody can aim at somebody else's. Whoever
comes from no address at all, as the host's own commands do, is not counted.
"""

import hmac
import ipaddress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from store import audit
from store.clocks import AHEAD
from store.fields import utc_text

if TYPE_CHECKING:
    from store.database import Store, Unit

SLOTS = 512


def add(unit: "Unit", kind: str, source: str, window: timedelta) -> int:
    """Count one more from this source; how many there are since the window began."""
    if not source:
        return 0
    store, now = unit.session.store, unit.now
    ((number,),) = store.sql(
        "INSERT INTO usher_throttle (kind, slot, count, since) VALUES (?, ?, 1, ?)"
        " ON CONFLICT (kind, slot) DO UPDATE SET"
        " count = CASE WHEN usher_throttle.since < ? OR usher_throttle.since > ? THEN 1"
        " ELSE usher_throttle.count + 1 END,"
        " since = CASE WHEN usher_throttle.since < ? OR usher_throttle.since > ?"
        " THEN excluded.since ELSE usher_throttle.since END RETURNING count",
        kind,
        slot(store, source),
        utc_text(now),
        *_outside(now, window) * 2,
    )
    return int(number)


def lately(store: "Store", kind: str, source: str, window: timedelta) -> int:
    """How many have been counted from this source since the window began."""
    if not source:
        return 0
    with store.read():
        rows = store.sql(
            "SELECT count FROM usher_throttle WHERE kind = ? AND slot = ?"
            " AND since >= ? AND since <= ?",
            kind,
            slot(store, source),
            *_outside(store.now(), window),
        )
    return int(rows[0][0]) if rows else 0


def _outside(now: datetime, window: timedelta) -> tuple[str, str]:
    """Return the earliest and latest valid start of a window.

    A window that starts later was written by a wrong clock, and would block a source for too long.
    """
    return utc_text(now - window), utc_text(now + AHEAD)


def spend(unit: "Unit") -> None:
    """Write as much for whom nothing is counted, so that no refusal is quicker than the others."""
    unit.session.store.sql(
        "INSERT INTO usher_throttle (kind, slot, count, since) VALUES ('spent', 0, 0, ?)"
        " ON CONFLICT (kind, slot) DO UPDATE SET since = excluded.since",
        utc_text(unit.now),
    )


def slot(store: "Store", source: str) -> int:
    """Where a source is counted; one customer's IPv6 addresses are one (RFC 6177)."""
    try:
        if ipaddress.ip_address(source).version == 6:
            source = str(ipaddress.ip_network(f"{source}/64", strict=False))
    except ValueError:
        pass  # whatever the platform calls its sources, and actors
    digest = hmac.digest(audit.server_key(store), f"throttle|{source}".encode(), "sha256")
    return int.from_bytes(digest[:4], "big") % SLOTS
