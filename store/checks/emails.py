"""What an e-mail address may be: the verdict of email-validator, at once for plain addresses."""

import re
from functools import lru_cache

from store.checks.text import MalformedError, excerpt
from store.wording import _

EMAIL_MAX = 254
LOCAL_MAX = 64
"""Octets of an address and of the part before its @ (RFC 5321 4.5.3.1; CHECKLIST H57)."""

_ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_PLAIN_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
"""Small letters only: of capitals the library changes some, as in INFO@ (RFC 2142)."""


def email_form(address: str) -> str:
    """The address as typed, with its domain in small letters and in Unicode.

    Raises:
        MalformedError: it is none, or mail could never be sent to it.
    """
    local, _at, domain = address.rpartition("@")
    if len(address) <= EMAIL_MAX and len(local) <= LOCAL_MAX and _PLAIN_LOCAL.fullmatch(local):
        plain = _plain_domain(domain)
        if plain:
            return f"{local}@{plain}"
    form = verdict(address)
    if form is None or len(form.rpartition("@")[0].encode()) > LOCAL_MAX:
        sentence = _("The email address “{address}” is not valid. Use the form name@example.com.")
        raise MalformedError(sentence.format(address=excerpt(address)))
    return form


def verdict(address: str) -> str | None:
    """What the library makes of an address; None where it refuses it. Asks no name server."""
    from email_validator import (  # noqa: PLC0415  (a first screen does not need it)
        EmailNotValidError,
        validate_email,
    )

    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


@lru_cache(maxsize=4096)
def _plain_domain(domain: str) -> str | None:
    """The library's form of a domain that is ASCII on the wire and on the screen, else None."""
    form = verdict(f"x@{domain}")
    return form[2:] if form and form[2:] == domain.lower() else None
