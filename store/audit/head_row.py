"""The head of the history: the row that every writer locks, and the MAC that seals it.

The seal covers all columns of the row and the anchors that the database knows of. It reveals any
change made without `server.key`.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from store.audit.signing import GENESIS, fields_json
from store.fields import utc_moment, utc_text

if TYPE_CHECKING:
    from store.database import Store

LABEL = "usher|head of the history"
_COLUMNS = "seq, mac, at, latest, account, key_check, broken"
_NO_SEAL = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry, and what every writer has to know of the account.

    `broken` is the number of the entry that reports a break which is not accepted. `readable` is
    false where the row is missing, or holds something that Usher never writes.
    """

    seq: int
    mac: str
    at: datetime | None
    account: str
    key_check: str
    broken: int | None
    seal: str = _NO_SEAL
    row: tuple[Any, ...] = ()
    readable: bool = False

    @property
    def is_of_before(self) -> bool:
        """Whether `usher migrate` has still to take over the history: nothing is sealed yet."""
        return self.readable and not self.key_check and not self.seal


def head(store: "Store", *, lock: bool = False) -> Head:
    """Return the head of the chain, if asked for locked against other writers."""
    rows = store.sql(
        f"SELECT {_COLUMNS}, seal FROM usher_audit_head WHERE id = 1"
        + (" FOR UPDATE" if lock and store.postgres else "")
    )
    if not rows:
        return Head(0, GENESIS, None, "", "", None)
    *row, seal = rows[0]
    seq, mac, at, latest, account, check, broken = row
    moment, readable = _moment(at)
    _latest, latest_readable = _moment(latest)
    numbers = isinstance(seq, int) and (broken is None or isinstance(broken, int))
    texts = all(isinstance(one, str) for one in (mac, account, check, seal))
    return Head(
        seq if isinstance(seq, int) else 0,
        str(mac),
        moment,
        str(account),
        str(check),
        broken if isinstance(broken, int) else None,
        str(seal),
        (seq, mac, _text(at), _text(latest), account, check, broken),
        readable and latest_readable and numbers and texts,
    )


def newest(store: "Store") -> datetime | None:
    """Return when the newest entry was written: what `now` goes by (DESIGN 3.3)."""
    return times(store)[0]


def times(store: "Store") -> tuple[datetime | None, datetime | None]:
    """Return the time of the newest entry, and the latest since the clock was last accepted."""
    rows = store.sql("SELECT at, latest FROM usher_audit_head WHERE id = 1")
    return (_moment(rows[0][0])[0], _moment(rows[0][1])[0]) if rows else (None, None)


def forget_latest(store: "Store", now: datetime) -> None:
    """Let no entry of a later time count any more: the clock was accepted."""
    key = store.folder.server_key()
    sealed = key is not None and is_sealed(store, head(store, lock=True), key)
    store.sql("UPDATE usher_audit_head SET latest = ? WHERE id = 1", utc_text(now))
    if key is not None and sealed:
        seal(store, key)


def is_sealed(store: "Store", head: Head, key: bytes) -> bool:
    """Return whether the row is as Usher has written it with this key."""
    if not head.readable or not head.account:
        return False
    return hmac.compare_digest(_seal_of(store, head, key).encode(), head.seal.encode())


def seal(store: "Store", key: bytes) -> None:
    """Seal the row as it is now; inside the transaction that has written it."""
    store.sql(
        "UPDATE usher_audit_head SET seal = ? WHERE id = 1", _seal_of(store, head(store), key)
    )


def _seal_of(store: "Store", head: Head, key: bytes) -> str:
    anchors = sorted(store.sql("SELECT host, name FROM usher_audit_anchor"))
    return hmac.digest(key, fields_json([LABEL, head.row, anchors]).encode(), "sha256").hex()


def _moment(value: Any) -> tuple[datetime | None, bool]:
    """Return a time, and whether it can be read."""
    try:
        return utc_moment(value), True
    except (OverflowError, TypeError, ValueError):
        return None, False


def _text(value: Any) -> str | None:
    moment, readable = _moment(value)
    if readable:
        return utc_text(moment) if moment else None
    return str(value)
