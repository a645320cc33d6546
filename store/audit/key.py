"""Match `server.key` with its account, by a check value of the key in the database.

Without the right key nothing is written, because the chain could never be verified again. Only
`begin` creates a key, together with an account, and `sealing.rekey` replaces a lost one.
"""

import hmac
import secrets
from typing import TYPE_CHECKING

from store.audit import head_row, signing
from store.errors import Unavailable
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store, Unit

CODE = "server_key"
LABEL = b"usher|check value of server.key"
CHECK_CHARACTERS = 16

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
    head_row.seal(store, key)


def server_key(store: "Store") -> bytes:
    """Return the key of this account.

    Raises:
        Unavailable: `server.key` is missing, or is the key of another account.
    """
    key = store.folder.server_key()
    if key is not None and check_value(key) == store.key_check:
        return key
    with store.read():
        key = require(store, head_row.head(store).key_check)
    store.key_check = check_value(key)
    return key


def require(store: "Store", expected: str) -> bytes:
    """Return the key of the data folder, if it is the one with which this history is written.

    `expected` is the check value that the database holds.

    Raises:
        Unavailable: `server.key` is missing, or is the key of another account.
    """
    key = store.folder.server_key()
    if key is not None and fits(store, key, expected):
        return key
    raise Unavailable(_sentence(store, key), code=CODE)


def problem(store: "Store", expected: str) -> str:
    """Return what is wrong with the key of the data folder as a sentence; empty where nothing is.

    Raises:
        Unavailable: The file cannot be read.
    """
    key = store.folder.server_key()
    if key is not None and fits(store, key, expected):
        return ""
    return _sentence(store, key)


def fits(store: "Store", key: bytes, expected: str) -> bool:
    """Return whether the history is written with this key."""
    if expected and check_value(key) == expected:
        return True
    # The check value is missing or was changed, so the newest entry decides.
    ((newest,),) = store.sql("SELECT max(seq) FROM usher_audit")
    if not newest:
        return not expected
    return signing.has_written(store, key, newest)


def _sentence(store: "Store", key: bytes | None) -> str:
    text = _MISSING if key is None else _ANOTHER
    return f"{text.format(path=store.folder.key_path, where=store.where)} {_WAY_OUT}"
