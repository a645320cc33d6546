"""Canonical identifiers: one key for all spellings of a login or an e-mail.

Logins and e-mails share one uniqueness table (S1, S4; CHECKLIST H55): the login of one person is
never the e-mail of another. So there is one key, under the two names that callers mean.
"""

from unicodedata import normalize

from store.checks.text import without_controls

_LONGEST = 2048
"""Characters looked at: no stored identifier is near it, and normalising more takes time."""


def login_key(login: str) -> str:
    """The canonical form of a login: any case, any compatible spelling (RFC 8265, UAX 31).

    Takes any text, valid or not, since sign-in looks up whatever was typed.
    """
    login = login[:_LONGEST]
    if login.isascii() and login.isprintable():
        key = login.strip().lower()
    else:
        key = _folded(without_controls(login.strip()))
    return _with_unicode_domain(key) if "xn--" in key else key


email_key = login_key
"""The canonical form of an e-mail address; `+tag` and dots stay, for they may matter there."""


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
