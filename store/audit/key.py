"""Match `server.key` with its account, by a check value of the key in the database.

Without the right key nothing is written, because the chain could never be verified again. Only
`begin` creates a key, together with an account, and `sealing.rekey` replaces a lost one.
"""

import hmac
import secrets
from typing import TYPE_CHECKING

from store.audit import signing
from store.errors import Unavailable
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store, Unit

CODE = "server_key"
LABEL = b"usher|check value of server.key"
CHECK_CHARACTERS = 16
NEWEST = 20
"""How many of the newest entries to try a key on if the database has no check value yet."""

_WAY_OUT = _(
    "Copy server.key from a host where the account works, or from a backup"
    " (see docs/second-host.md)."
    " If the key is lost for good, replace it: usher audit rekey --reason TEXT"
)
_MISSING = _("{path} is missing. The account at {where} cannot be used without it.")
_ANOTHER = _("{path} is not the key of the account at {where}.")


def check_value(key: bytes) -> str:
    """Return the check value of a key, which identifies the key and does not reveal it."""
    return hmac.digest(key, LABEL, "sha256").hex()[:CHECK_CHARACTERS]


def begin(unit: "Unit") -> None:
    """Give a new account its id, and create a key if the data folder has none."""
    store = unit.session.store
    if unit.rehearsal:
        return
    key = store.folder.server_key() or store.folder.create_server_key()
    store.sql(
        "UPDATE usher_audit_head SET account = ?, key_check = ? WHERE id = 1",
        secrets.token_hex(16),
        check_value(key),
    )


def server_key(store: "Store") -> bytes:
    """Return the key of this account.

    Raises:
        Unavailable: `server.key` is missing, or is the key of another account.
    """
    key = store.folder.server_key()
    if key is not None and check_value(key) == store.key_check:
        return key
    with store.read():
        rows = store.sql("SELECT key_check, seq FROM usher_audit_head WHERE id = 1")
        key = require(store, *rows[0]) if rows else require(store, "", 0)
    store.key_check = check_value(key)
    return key


def require(store: "Store", expected: str, newest: int) -> bytes:
    """Return the key in the data folder if this history is written with it.

    `expected` is the check value in the database, `newest` the number of entries.

    Raises:
        Unavailable: `server.key` is missing, or is the key of another account.
    """
    key = store.folder.server_key()
    if key is not None and fits(store, key, expected, newest):
        return key
    raise Unavailable(_sentence(store, key), code=CODE)


def problem(store: "Store", expected: str, newest: int) -> str:
    """Return a sentence about what is wrong with the key in the data folder, or an empty text.

    Raises:
        Unavailable: The file cannot be read.
    """
    key = store.folder.server_key()
    if key is not None and fits(store, key, expected, newest):
        return ""
    return _sentence(store, key)


def fits(store: "Store", key: bytes, expected: str, newest: int) -> bool:
    """Return whether the history is written with this key."""
    if expected:
        return check_value(key) == expected
    # The database is older than the check value, or has no entries yet.
    return newest == 0 or signing.has_written(store, key, newest - NEWEST)


def _sentence(store: "Store", key: bytes | None) -> str:
    text = _MISSING if key is None else _ANOTHER
    return f"{text.format(path=store.folder.key_path, where=store.where)} {_WAY_OUT}"
