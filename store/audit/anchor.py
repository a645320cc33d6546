"""The anchor: the newest entry's MAC in the data folder, so that a cut-off end shows."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.database import Store


def write(store: "Store", seq: int, mac: str) -> None:
    """Write the head into the data folder after a commit, so that a cut-off tail shows.

    It may lag by what a crash cut off but never leads, and it never fails an act that is done.
    """
    try:
        store.folder.replace(store.folder.audit_head, f"{store.fingerprint} {seq} {mac}\n")
    except OSError as error:
        store.log.warning("audit.head could not be written: %s", error.strerror)


def read(store: "Store") -> tuple[int, str] | None:
    try:
        fingerprint, seq, mac = store.folder.audit_head.read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        return None
    return (int(seq), mac) if fingerprint == store.fingerprint else None
