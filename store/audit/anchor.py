"""The anchor: the newest entry's MAC in the data folder, which reveals a cut-off history.

Each database has one file, `audit.head` for the default database. It names the account by its id,
so that the data folder can move. It is written after the commit, so it may be older than the
database after a crash, but never newer. It is compared before it is overwritten.
"""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from store import faults
from store.audit import signing
from store.errors import Unavailable, UsherError
from store.fields import utc_text
from store.wording import _

if TYPE_CHECKING:
    from store.audit.head_row import Head
    from store.database import Store

FORMAT = "2"
_TEXT = re.compile(
    FORMAT + r" (?P<account>[0-9a-f]+) (?P<seq>\d{1,18}) (?P<mac>[0-9a-f]{64})( (?P<at>\S+))?\s*"
    r"|(?P<address>[0-9a-f]{16}) (?P<former_seq>\d{1,18}) (?P<former_mac>[0-9a-f]{64})\s*"
)
"""What is in the file, now and formerly."""
DEFAULT_DATABASE, DEFAULT_ANCHOR = "usher.db", "audit.head"
PATTERN = "*.head"
HOST_ID = "host.id"
"""The file that identifies this host among those that share an account on PostgreSQL."""

CUT_OFF, REWRITTEN, MISSING = "cut off", "rewritten", "anchor missing"
"""What can be wrong: entries the anchor knows are deleted or replaced, or it is missing."""
ACCEPT = "accept_history"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The newest entry that a data folder knows. `account` is empty in the old file format."""

    account: str
    seq: int
    mac: str
    at: str


@dataclass(frozen=True, slots=True)
class Break:
    """A difference between the history and the anchor, and the first entry it concerns."""

    seq: int
    what: str
    anchor: Anchor | None = None


def path_of(store: "Store") -> Path:
    """Return the path of the anchor of this database."""
    if store.postgres:
        return store.folder.path / f"audit.{store.fingerprint}.head"
    name = Path(store.where).name
    return store.folder.path / (
        DEFAULT_ANCHOR if name == DEFAULT_DATABASE else f"{name}.{DEFAULT_ANCHOR}"
    )


def known_here(store: "Store") -> Anchor | None:
    """Return the anchor for the database at this address, whatever the database holds now."""
    found = _read(path_of(store), store)
    return found or _former(store)


def find(store: "Store", account: str) -> Anchor | None:
    """Return the anchor of an account, or None if there is none.

    The anchor is found by the name of its database. If that database never had one, it is found by
    the account's id, so that a database can be renamed, and last in the old format, which had one
    file for all databases.
    """
    own = _read(path_of(store), store)
    if own is not None and own.account == account:
        return own
    noted = _noted(store)
    if path_of(store).name in noted:
        return None
    same = [one for one in _others(store) if one.account == account]
    return max(same, key=lambda one: one.seq, default=None if noted else _former(store))


def compare(store: "Store", head: "Head", anchor: Anchor | None) -> Break | None:
    """Return the difference between the history up to `head` and the anchor, or None.

    A missing anchor is a difference only if the database says that there was one.
    """
    if anchor is None:
        return Break(head.seq + 1, MISSING) if head.account and _noted(store) else None
    if anchor.seq > head.seq:
        found = Break(head.seq + 1, CUT_OFF, anchor)
    elif _mac_at(store, anchor.seq, head) != anchor.mac:
        found = Break(anchor.seq, REWRITTEN, anchor)
    else:
        return None
    return None if _accepted_since(store, anchor) else found


def note(store: "Store", account: str) -> None:
    """Record in the database that this data folder has an anchor. Requires a transaction.

    Only an action that finds the file records it, because the first action may be killed before it
    writes the file.
    """
    own = _read(path_of(store), store)
    if own is not None and own.account == account and (not store.postgres or _host(store)):
        store.sql(
            "INSERT INTO usher_audit_anchor (host, name) VALUES (?, ?) ON CONFLICT DO NOTHING",
            _host(store),
            path_of(store).name,
        )


def write(store: "Store", head: "Head") -> None:
    """Write the newest entry into the data folder after a commit.

    Errors are logged and not raised, because the action is committed. Without an account there is
    nothing to write.
    """
    if not head.account:
        return
    try:
        if not store.anchored:
            with store.read():
                store.anchored = path_of(store).name in _noted(store)
        if not store.anchored:
            _set_aside(store, head.account)
        if store.postgres and not _host(store):
            store.folder.replace(store.folder.path / HOST_ID, secrets.token_hex(8))
        at = utc_text(head.at) if head.at else ""
        text = f"{FORMAT} {head.account} {head.seq} {head.mac} {at}\n"
        store.folder.replace(path_of(store), text)
    except (OSError, UsherError) as error:
        why = getattr(error, "strerror", None) or getattr(error, "name", "")
        store.log.warning("%s could not be written: %s", path_of(store).name, why)


def _set_aside(store: "Store", account: str) -> None:
    """Keep the anchor of a replaced account, in case its database is found again."""
    path = path_of(store)
    former = _read(path, store)
    if former is not None and former.account not in {"", account}:
        path.rename(path.with_name(f"audit.{former.account[:12]}.former.head"))


def _read(path: Path, store: "Store") -> Anchor | None:
    """Return what an anchor says; None where there is none, or one of another address.

    Raises:
        Unavailable: It cannot be read, or is damaged.
    """
    try:
        with faults.on_file(path):
            text = path.read_text(encoding="utf-8")
    except Unavailable as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return None
        raise
    except ValueError:
        text = ""
    match = _TEXT.fullmatch(text)
    if match is None:
        raise Unavailable(
            _(
                "{path} is damaged and no longer shows where the history ends. Restore it from a"
                " backup. If there is none, delete it and check the history: usher audit verify"
            ).format(path=path),
            code="anchor_damaged",
        )
    if match["seq"] is not None:
        return Anchor(match["account"], int(match["seq"]), match["mac"], match["at"] or "")
    if match["address"] != store.fingerprint:
        return None
    return Anchor("", int(match["former_seq"]), match["former_mac"], "")


def _others(store: "Store") -> Iterator[Anchor]:
    """Give the anchors of the folder that can be read: those of other databases may be damaged."""
    for path in store.folder.path.glob(PATTERN):
        try:
            found = _read(path, store)
        except Unavailable:
            continue
        if found is not None:
            yield found


def _former(store: "Store") -> Anchor | None:
    """Return the anchor in the old format, which had one file for all databases."""
    found = _read(store.folder.path / DEFAULT_ANCHOR, store)
    return found if found is not None and not found.account else None


def _mac_at(store: "Store", seq: int, head: "Head") -> str:
    if seq == head.seq:
        return head.mac
    rows = store.sql("SELECT mac FROM usher_audit WHERE seq = ?", seq)
    return rows[0][0] if rows else ""


def _accepted_since(store: "Store", anchor: Anchor) -> bool:
    """Return whether the history was accepted, on another host, after this anchor was written.

    The entry is believed if it is written with the key of the account.
    """
    secret = store.folder.server_key()
    if not anchor.at or secret is None:
        return False
    rows = store.sql(
        "SELECT seq FROM usher_audit WHERE verb = ? AND at > ? ORDER BY seq DESC", ACCEPT, anchor.at
    )
    return any(signing.has_written(store, secret, seq) for (seq,) in rows)


def _host(store: "Store") -> str:
    """Return the id of this host. An SQLite database has one data folder, so its id is empty."""
    if not store.postgres:
        return ""
    try:
        return (store.folder.path / HOST_ID).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def _noted(store: "Store") -> set[str]:
    """Return the names of the anchors that the database has recorded for this host."""
    rows = store.sql("SELECT name FROM usher_audit_anchor WHERE host = ?", _host(store))
    return {name for (name,) in rows}
