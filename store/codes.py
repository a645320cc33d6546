"""Codes: the secrets of letters. Each has one purpose, is used once, and stands nowhere.

A code is an HMAC of its row under `server.key`: it is made anew while its letter is sent, so that
neither the database nor the outbox holds it. The database knows its hash alone, by which it is
found (ASVS 6.5.2, 11.5.1; CHECKLIST D30, D31): a copy without the key opens nothing.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from store import audit
from store.clocks import AHEAD
from store.fields import utc_text
from store.models import CodeRow

if TYPE_CHECKING:
    from store.database import Store, Unit

SECRET_BYTES = 16
"""128 bits (CHECKLIST D30), which are 26 signs of base32."""
GROUPS = (5, 5, 5, 5, 6)
"""How the signs stand together, so that a code can be read out."""


class Purpose(StrEnum):
    """What a code is for; it is good for nothing else (CHECKLIST D35)."""

    INVITATION = "invitation"
    RESET = "reset"
    CONFIRMATION = "confirmation"
    ABSENCE = "absence"
    PASSWORD = "password"  # noqa: S105  (no code to be redeemed: its letter brings a password)


def mint(
    unit: "Unit", user: int, purpose: Purpose, lasts: timedelta, *, nonce: str = ""
) -> int | None:
    """A new code for a person, which ends the one before; gives its number for the letter.

    A rehearsal mints none (DESIGN 2). A `nonce` is given where what the letter brings was made
    before the transaction, as a generated password is.
    """
    revoke(unit, user, purpose, how="renewed")
    if unit.rehearsal:
        return None
    store = unit.session.store
    nonce = nonce or secrets.token_hex(SECRET_BYTES)
    row = CodeRow.create(
        user=user,
        purpose=purpose,
        nonce=nonce,
        digest=f"{nonce} has no number yet",
        created=unit.now,
        expires=unit.now + lasts,
    )
    digest = _digest(_secret(store, row.id, purpose, nonce))
    CodeRow.update(digest=digest).where(CodeRow.id == row.id).execute()
    return int(row.id)


def text_of(store: "Store", number: int | None) -> str | None:
    """What a letter brings: the code, or the password; None where it has ended or expired."""
    with store.read():
        row = CodeRow.get_or_none(CodeRow.id == number)
    if row is None or row.ended is not None or store.now() > row.expires:
        return None
    if row.purpose == Purpose.PASSWORD:
        from store import generated  # noqa: PLC0415  (what judges passwords reads lists, and these)

        return generated.text_of(store, row.nonce)
    secret = _secret(store, row.id, Purpose(row.purpose), row.nonce)
    parts, start = [], 0
    for size in GROUPS:
        parts.append(secret[start : start + size])
        start += size
    return "-".join(parts)


def whose(store: "Store", text: str, purpose: Purpose) -> int | None:
    """Whose code this is, while it may be used; it is used up by `redeem` alone."""
    with store.read():
        rows = store.sql(
            "SELECT user_id FROM usher_code"
            " WHERE digest = ? AND purpose = ? AND ended IS NULL AND expires >= ?",
            _digest(_plain(text)),
            purpose,
            utc_text(store.now()),
        )
    return rows[0][0] if rows else None


def redeem(unit: "Unit", text: str, purpose: Purpose) -> int | None:
    """Use a code up: the id of its person for the one who is first, None for everybody else.

    It holds to the very second at which it expires (CHECKLIST D33).
    """
    rows = unit.session.store.sql(
        "UPDATE usher_code SET ended = ?, how = 'used'"
        " WHERE digest = ? AND purpose = ? AND ended IS NULL AND expires >= ? RETURNING user_id",
        utc_text(unit.now),
        _digest(_plain(text)),
        purpose,
        utc_text(unit.now),
    )
    return rows[0][0] if rows else None


def is_open(unit: "Unit", user: int, purpose: Purpose) -> bool:
    """Return whether a user has an open code of this purpose."""
    wanted = (CodeRow.user == user, CodeRow.purpose == purpose, CodeRow.ended.is_null())
    return bool(CodeRow.select().where(*wanted, CodeRow.expires >= unit.now).exists())


def count_since(unit: "Unit", user: int, purpose: Purpose, moment: datetime) -> int:
    """Return how many codes a user got after a moment.

    Codes further ahead than `AHEAD` do not count: a wrong clock wrote them.
    """
    ((number,),) = unit.session.store.sql(
        "SELECT count(*) FROM usher_code"
        " WHERE user_id = ? AND purpose = ? AND created > ? AND created <= ?",
        user,
        purpose,
        utc_text(moment),
        utc_text(unit.now + AHEAD),
    )
    return int(number)


def revoke(unit: "Unit", user: int, purpose: Purpose | None = None, *, how: str = "revoked") -> int:
    """End the open codes of a person, of one purpose or of all; how many there were."""
    wanted = [CodeRow.user == user, CodeRow.ended.is_null()]
    if purpose is not None:
        wanted.append(CodeRow.purpose == purpose)
    return int(CodeRow.update(ended=unit.now, how=how).where(*wanted).execute())


def revoke_all(unit: "Unit", *, how: str) -> int:
    """End every open code of the account, and return how many there were."""
    return int(CodeRow.update(ended=unit.now, how=how).where(CodeRow.ended.is_null()).execute())


def _secret(store: "Store", number: int, purpose: Purpose, nonce: str) -> str:
    key = audit.server_key(store)
    message = f"code|{purpose}|{number}|{nonce}".encode()
    digest = hmac.digest(key, message, "sha256")[:SECRET_BYTES]
    return base64.b32encode(digest).decode().rstrip("=").lower()


def _plain(text: str) -> str:
    """What was typed or pasted, without the dashes and blanks that help the eye."""
    return "".join(char for char in text[:200].lower() if char.isalnum())


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
