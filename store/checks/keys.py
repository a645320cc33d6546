"""Canonical forms: one key for all spellings of a login, and one for all of an email address.

Only these two functions decide whether two logins or two addresses are the same. Import, edit,
form, undo, confirmation and invitations call them.

Logins and addresses share one uniqueness table (S1, S4; CHECKLIST H55), so that the login of one
user is never the address of another. That table holds `login_key` of both.
"""

import re
from unicodedata import normalize

from store.checks.text import without_controls

_LONGEST = 2048
"""How many characters to normalize. Stored identifiers are much shorter."""

_CAPITAL_I = re.compile("i\u0307+")
"""The lowercase form of the Turkish capital İ."""
_ANY_I = re.compile("[iı]\u0307*")
"""All letters that a Turkish keyboard or a spreadsheet turns into an i, or an i into."""


def email_key(address: str) -> str:
    """Return the canonical form of an email address, the same for all its spellings.

    `+tag` and dots stay, because they can belong to another mailbox. The dotless ı stays, because
    it is another letter. İ before the @ becomes i. `address` can be any text, valid or not.
    """
    key = plain_key(address)
    return key if key.isascii() else _with_local(key, _CAPITAL_I)


def login_key(login: str) -> str:
    """Return the canonical form of a login (RFC 8265, UAX 31), in which ı and İ are an i.

    Takes any text, valid or not, since sign-in looks up whatever was typed.
    """
    key = plain_key(login)
    return key if key.isascii() else _with_local(key, _ANY_I)


def identifier_keys(text: str) -> tuple[str, ...]:
    """Return the keys under which a login or an address can be stored, the most exact first.

    Before migration 0012, ı and İ did not count as i. If two users would now share a key, the
    one with the higher id keeps the old form.
    """
    plain, key = plain_key(text), login_key(text)
    return (key,) if plain == key else (plain, key)


def same_login(one: str, other: str) -> bool:
    """Return whether two texts are spellings of one login."""
    return one == other or login_key(one) == login_key(other)


def same_email(one: str, other: str) -> bool:
    """Return whether two texts are spellings of one address."""
    return one == other or email_key(one) == email_key(other)


def plain_key(text: str) -> str:
    """Return the form that ignores case and width but not the Turkish ı and İ."""
    text = text[:_LONGEST]
    if text.isascii() and text.isprintable():
        key = text.strip().lower()
    else:
        key = _folded(without_controls(text.strip()))
    return _with_unicode_domain(key) if "xn--" in key else key


def _with_local(key: str, pattern: re.Pattern[str]) -> str:
    """Return the key with i for every match before the @. Domains distinguish these letters."""
    local, at, domain = key.rpartition("@")
    if not at:
        local, domain = key, ""
    return f"{normalize('NFKC', pattern.sub('i', local))}{at}{domain}"


def _folded(text: str) -> str:
    """Unicode's NFKC_Casefold; the second round catches what the first one brings forth."""
    once = normalize("NFKC", normalize("NFD", text).casefold())
    return normalize("NFKC", once.casefold()).strip()


def _with_unicode_domain(key: str) -> str:
    """`x@xn--mnchen-3ya.de` is the address `x@münchen.de`, which is how it is stored."""
    import idna  # noqa: PLC0415  (a first screen does not need it)

    local, at, domain = key.rpartition("@")
    try:
        return f"{local}{at}{_folded(idna.decode(domain))}" if at else key
    except (idna.IDNAError, UnicodeError):
        return key
