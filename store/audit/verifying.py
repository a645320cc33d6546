"""Walking the whole chain, to see whether it holds."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.audit import anchor
from store.audit.chain import GENESIS, hash_of_values, head, mac_of
from store.fields import utc_moment, utc_text

if TYPE_CHECKING:
    from store.database import Store


@dataclass(frozen=True, slots=True)
class Damage:
    """The first place where the chain does not hold, and in which way."""

    seq: int
    what: str


def verify(store: "Store") -> Damage | None:
    """Walk the whole chain; None when it holds, else the first entry that does not."""
    key = store.folder.server_key()
    mac, expected = GENESIS, 1
    anchored = anchor.read(store)
    with store.read():
        for row in _rows(store):
            seq = row[0]
            if seq != expected:
                return Damage(expected, "missing")
            if not hmac.compare_digest(mac_of(key, mac, row[:10]), row[10]):
                return Damage(seq, "changed")
            if row[12] is not None and hash_of_values(row[11], row[12]) != row[9]:
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


def _rows(store: "Store") -> Iterable[tuple[Any, ...]]:
    rows = store.sql(
        "SELECT a.seq, a.at, a.actor, a.actor_id, a.origin, a.verb, a.target, a.reason,"
        " a.command, a.values_hash, a.mac, v.salt, v.changes FROM usher_audit a"
        " LEFT JOIN usher_audit_values v ON v.seq = a.seq ORDER BY a.seq"
    )
    for row in rows:
        moment = utc_moment(row[1])
        yield (row[0], utc_text(moment) if moment else "", *row[2:])
