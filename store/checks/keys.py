"""Canonical forms: one key for all spellings of a login, and one for all of an email address.

These two functions alone decide whether two logins or two addresses are the same. Import, edit,
form, undo, confirmation and invitations ask them.

Logins and addresses share one uniqueness table (S1, S4; CHECKLIST H55), so that the login of one
user is never the address of another. That table holds `login_key` of both.
"""

import re
from unicodedata import normalize

from store.checks.text import without_controls

_LONGEST = 2048
"""Characters looked at: no stored identifier is near it, and normalizing more takes time."""

_CAPITAL_I = re.compile("i\u0307+")
"""What is left of the Turkish capital İ in lower case."""
_ANY_I = re.compile("[iı]\u0307*")
"""Every letter that some keyboard or spreadsheet makes of an i, or an i of."""


def email_key(address: str) -> str:
    """Return the canonical form of an email address: any case, any compatible spelling.

    `+tag` and dots stay, because they can lead to another mailbox. So does the dotless ı, which
    is another letter, while İ before the @ is an i in capitals. Takes any text, valid or not.
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

    Before migration 0012 the letters ı and İ were no i. Where two users would share a key by
    now, the later one keeps the old form.
    """
    plain, key = plain_key(text), login_key(text)
    return (key,) if plain == key else (plain, key)


def same_login(one: str, other: str) -> bool:
    """Return whether two texts are spellings of one login."""
    return one == other or login_key(one) == login_key(other)


def same_email(one: str, other: str) -> bool:
    """Return whether two texts are spellings of one address; an empty one is like no other."""
    return one == other or email_key(one) == email_key(other)


def plain_key(text: str) -> str:
    """Return the form that ignores case and width and knows nothing of Turkish."""
    text = text[:_LONGEST]
    if text.isascii() and text.isprintable():
        key = text.strip().lower()
    else:
        key = _folded(without_controls(text.strip()))
    return _with_unicode_domain(key) if "xn--" in key else key


def _with_local(key: str, pattern: re.Pattern[str]) -> str:
    """The key with an i for whatever matches before the @: domains tell these letters apart."""
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
