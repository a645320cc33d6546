"""Countries, languages and currencies: ISO codes with their English names, by name.

Babel and its locale take 50 ms to load, so they are imported when first asked for.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from store.listing.folding import fold

NOT_COUNTRIES = frozenset(
    {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
)
"""Two-letter territories of CLDR that no country is (FACTS)."""

NOT_LANGUAGES = frozenset({"mul", "und", "zxx"})
"""ISO 639 codes for several, unknown and no languages."""


@lru_cache
def countries() -> Mapping[str, str]:
    """ISO 3166 code to name, of every country."""
    named = _english("territories")
    return _by_name(
        {code: named[code] for code in named if len(code) == 2 and code not in NOT_COUNTRIES}
    )


@lru_cache
def languages() -> Mapping[str, str]:
    """ISO 639 code to name, of every language; how it is written somewhere is no language."""
    named = _english("languages")
    return _by_name(
        {code: named[code] for code in named if "_" not in code and code not in NOT_LANGUAGES}
    )


@lru_cache
def currencies() -> Mapping[str, str]:
    """ISO 4217 code to name, of every currency that is legal tender somewhere today."""
    from babel.numbers import get_territory_currencies  # noqa: PLC0415  (see above)

    named = _english("currencies")
    tender = {code for country in countries() for code in get_territory_currencies(country)}
    return _by_name({code: named[code] for code in tender})


def _english(subject: str) -> dict[str, Any]:
    from babel import Locale  # noqa: PLC0415  (see above)

    return dict(getattr(Locale("en"), subject))


def _by_name(names: dict[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(sorted(names.items(), key=lambda pair: fold(pair[1]))))
