"""Temporary passwords that letters bring, where the account has it so (S0, DESIGN 3.4).

Such a password is an HMAC of its nonce under `server.key`, as codes are: it is made anew while its
letter is sent, and nothing but its hash is kept.
"""

import hmac
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store import audit, settings
from store.policy import passwords

if TYPE_CHECKING:
    from store.database import Store

SYLLABLES = 8
"""81 bits: more than is read out, for what lies in a mailbox."""
NONCE_BYTES = 16
CHOICE_BYTES = 8
"""So many are drawn for each sign that none of them is likelier than another."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A password before it is stored, and the nonce by which its letter finds it again."""

    nonce: str
    text: str


def draw(store: "Store") -> Drawn:
    """A new password, to be hashed before the transaction that stores it."""
    number = passwords.syllables(settings.load(store), SYLLABLES)
    # The number stands in the nonce: a longer minimum must not change what is on its way.
    nonce = f"{number}-{secrets.token_hex(NONCE_BYTES)}"
    return Drawn(nonce, text_of(store, nonce))


def text_of(store: "Store", nonce: str) -> str:
    """The password of this nonce, as its letter has it."""
    number, _dash, _random = nonce.partition("-")
    return passwords.phrase(int(number), _chooser(audit.server_key(store), nonce))


def _chooser(key: bytes, nonce: str) -> Callable[[Sequence[str]], str]:
    """What chooses one sign after the other, always the same by this key and nonce."""
    drawn = 0

    def choose(signs: Sequence[str]) -> str:
        nonlocal drawn
        drawn += 1
        digest = hmac.digest(key, f"password|{nonce}|{drawn}".encode(), "sha256")
        return signs[int.from_bytes(digest[:CHOICE_BYTES]) % len(signs)]

    return choose
