"""What a phone number may be: `is_possible_number` of phonenumbers, stored as E.164."""

import re
from functools import lru_cache

from store.checks.text import MalformedError, excerpt
from store.wording import _

_ROUNDED = re.compile(r"[+']?[0-9]+(?:[.,][0-9]+)?\s*[eE]\s*\+?[0-9]+")
"""A number in scientific notation. A spreadsheet rounded it, so its last digits are lost."""
_E164 = re.compile(r"\+[1-9][0-9]{4,14}")


def phone_form(number: str, country: str) -> str:
    """The number in E.164; without a + it is read as one of the country (an ISO code).

    Raises:
        MalformedError: no such number is possible, or E.164 cannot hold all of it.
    """
    if _E164.fullmatch(number) and _plainly_possible(number):
        return number
    if _ROUNDED.fullmatch(number):
        raise _malformed(
            number,
            _(
                "The phone number “{number}” was rounded by a spreadsheet and has lost digits."
                " Format the column as text and enter the number again."
            ),
        )
    form = verdict(number, country)
    if form is not None:
        return form
    if country or "+" in number:
        raise _malformed(
            number, _("The phone number “{number}” is not valid. Use the form +44 20 7946 0123.")
        )
    raise _malformed(
        number,
        _(
            "The phone number “{number}” has no country code. Begin with + and the code, or enter a"
            " country."
        ),
    )


def _malformed(number: str, sentence: str) -> MalformedError:
    return MalformedError(sentence.format(number=excerpt(number)))


def verdict(number: str, country: str) -> str | None:
    """What the library makes of a number; None where none is possible.

    Raises:
        MalformedError: it has an extension, which E.164 would silently drop.
    """
    import phonenumbers  # noqa: PLC0415  (a first screen does not need it)

    try:
        parsed = phonenumbers.parse(number, country.upper() or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    if parsed.extension:
        raise _malformed(
            number,
            _(
                "The phone number “{number}” has an extension, which cannot be stored. Remove the"
                " extension."
            ),
        )
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def _plainly_possible(number: str) -> bool:
    """Whether a number in E.164 is possible and the library would leave it as it is."""
    for digits in (1, 2, 3):
        plan = _plan(int(number[1 : 1 + digits]))
        if plan:
            lengths, prefix = plan
            national = number[1 + digits :]
            changed = national.startswith("0") or (prefix is not None and prefix.match(national))
            return len(national) in lengths and not changed
    return False


@lru_cache(maxsize=1024)
def _plan(code: int) -> tuple[frozenset[int], re.Pattern[str] | None] | None:
    """How long the numbers of a country code are, and the prefix that the library takes off."""
    from phonenumbers import (  # noqa: PLC0415  (a first screen does not need it)
        COUNTRY_CODE_TO_REGION_CODE,
        PhoneMetadata,
    )

    regions = COUNTRY_CODE_TO_REGION_CODE.get(code)
    if not regions:
        return None
    metadata = PhoneMetadata.metadata_for_region_or_calling_code(code, regions[0])
    if metadata is None or metadata.general_desc is None:
        return None
    prefix = metadata.national_prefix_for_parsing
    return frozenset(metadata.general_desc.possible_length), re.compile(prefix) if prefix else None
