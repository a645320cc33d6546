"""What a password may be and how long it lasts: pure functions of what is known and of time.

The sources: S0 (expiry, temporary passwords), ASVS 5.0 V6.2 (length, lists, context words, no
rules of composition) and CHECKLIST A4-A10. Equality with former passwords is the business of the
verbs, which hold the hashes; typing it twice is the form's.
"""

import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Protocol
from unicodedata import normalize

from store.errors import Problem
from store.listing.folding import fold
from store.settings import Settings
from store.wording import _

LONGEST = 1024
"""Code points; measured before anything that takes time (CHECKLIST A4)."""

PRODUCT = "usher"
FRAGMENT_MIN = 4
"""Shorter parts of names stand in too many words to be refused."""

_CONSONANTS = "bdfghklmnprstvz"
_VOWELS = "aeiou"
_SYLLABLES = 6
_SYLLABLE = 4
"""Characters of each, with its dash."""


class State(StrEnum):
    """What a password is worth now, for the gates 2 and 8 (DESIGN 3.2)."""

    OWN = "own"
    TEMPORARY = "temporary"
    EXPIRED = "expired"
    TEMPORARY_OVER = "temporary_over"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a stored password: whether there is one, since when, and whose it is.

    `temporary` is one that somebody else has set (S0).
    """

    stored: bool = False
    set_at: datetime | None = None
    temporary: bool = False


class Person(Protocol):
    """Whose password it is to be: a draft or a user."""

    @property
    def first_name(self) -> str: ...
    @property
    def last_name(self) -> str: ...
    @property
    def login(self) -> str: ...
    @property
    def email(self) -> str: ...


def expires(facts: Facts, settings: Settings) -> datetime | None:
    """The last moment at which the password may be used as it is; None for never.

    120 days for one's own (S0, CHECKLIST A10), 72 hours for a temporary one (S0, D37).
    """
    if facts.set_at is None:
        return None
    if facts.temporary:
        return facts.set_at + timedelta(hours=settings.password_temporary_hours)
    if not settings.password_max_age_days:
        return None
    return facts.set_at + timedelta(days=settings.password_max_age_days)


def state(facts: Facts, settings: Settings, now: datetime) -> State:
    """What the password is worth at `now`; it still holds at the very moment it expires."""
    if not facts.stored:
        return State.NONE
    last = expires(facts, settings)
    over = last is not None and now > last
    if facts.temporary:
        return State.TEMPORARY_OVER if over else State.TEMPORARY
    return State.EXPIRED if over else State.OWN


def problems(
    password: str, *, person: Person, account: str, settings: Settings
) -> tuple[Problem, ...]:
    """Why a new password cannot be taken; empty where it can. `account` is the account's name.

    Codes: password_short, password_long, password_unreadable, password_common, password_names.
    """
    # NFC makes a text shorter by a factor that is bounded, so what is huge is refused unread.
    if len(password) > 4 * LONGEST:
        return (_too_long(),)
    plain = normalize("NFC", password)
    if len(plain) > LONGEST:
        return (_too_long(),)
    if len(plain) < settings.password_min_length:
        sentence = _(
            "The password has {count} characters. At least {n} are required. Use several words."
        )
        return (
            _problem(
                "password_short", sentence.format(count=len(plain), n=settings.password_min_length)
            ),
        )
    if any("\ud800" <= char <= "\udfff" for char in plain):
        return (
            _problem(
                "password_unreadable",
                _("The password contains characters that are not text. Enter it again."),
            ),
        )
    found = []
    if _is_common(plain.casefold()):
        sentence = _("The password is too common. Choose another one.")
        found.append(_problem("password_common", sentence))
    if _holds_any(fold(plain), _fragments(person, account)):
        sentence = _(
            "The password contains a known name: of the user, the address, or the "
            "account. Choose another one."
        )
        found.append(_problem("password_names", sentence))
    return tuple(found)


def generate(settings: Settings, choose: Callable[[Sequence[str]], str] = secrets.choice) -> str:
    """A pass-phrase of 60.8 bits to be read out: six syllables, as `bak-dom-fir-gul-hat-nep`, or
    as many more as the account wants characters.

    It is of no language and has no look-alike signs. No syllable is long enough to hold a part of
    anybody's name, so it passes the policy whoever gets it.
    """
    return phrase(syllables(settings, _SYLLABLES), choose)


def syllables(settings: Settings, least: int) -> int:
    """How many syllables a pass-phrase needs to be as long as the account wants it."""
    return max(least, settings.password_min_length // _SYLLABLE + 1)


def phrase(number: int, choose: Callable[[Sequence[str]], str]) -> str:
    """So many syllables of 10.1 bits each."""
    return "-".join(
        choose(_CONSONANTS) + choose(_VOWELS) + choose(_CONSONANTS) for _syllable in range(number)
    )


def _problem(code: str, sentence: str) -> Problem:
    return Problem("password", code, sentence)


def _too_long() -> Problem:
    return _problem(
        "password_long",
        _("The password is too long. At most {n} characters are allowed.").format(n=LONGEST),
    )


def _is_common(password: str) -> bool:
    """Whether it is on the list as it is, repeated, joined, or with digits and signs behind it."""
    return any(stem in _common() or _repeated(stem) or _joined(stem) for stem in _stems(password))


def _stems(password: str) -> Iterator[str]:
    """The password, and what is left as trailing digits and signs are taken off one by one."""
    yield password
    for end in range(len(password) - 1, 0, -1):
        if password[end].isalpha():
            return
        yield password[:end]


def _repeated(text: str) -> bool:
    """Whether it is one entry of the list again and again, the last time perhaps cut short.

    The list has left out what repeats a single character, which is no better.
    """
    if len(set(text)) == 1:
        return len(text) >= FRAGMENT_MIN
    return any(
        text[:size] in _common() and (text[:size] * (len(text) // size + 1)).startswith(text)
        for size in range(1, min(len(text) // 2, _longest_entry()) + 1)
    )


def _joined(text: str) -> bool:
    """Whether it is two entries of the list, one after the other."""
    if len(text) > 2 * _longest_entry():
        return False
    return any(
        text[:middle] in _common() and text[middle:] in _common() for middle in range(1, len(text))
    )


@lru_cache
def _common() -> frozenset[str]:
    """The 30 000 passwords that are tried first (CHECKLIST A7)."""
    from zxcvbn.frequency_lists import (  # noqa: PLC0415  (a first screen does not need it)
        FREQUENCY_LISTS,
    )

    return frozenset(FREQUENCY_LISTS["passwords"])


@lru_cache
def _longest_entry() -> int:
    return max(map(len, _common()))


def _fragments(person: Person, account: str) -> set[str]:
    """What others know of the person, folded: words of the names, login and address, each name as
    a whole, and the same of the account. Of maria1990 also maria.
    """
    local, _at, domain = person.email.rpartition("@")
    first, last = person.first_name, person.last_name
    known = (PRODUCT, account, f"{first} {last}", f"{last} {first}", person.login, local)
    parts: set[str] = set()
    for name in map(fold, (*known, domain.rpartition(".")[0])):
        words = re.split(r"[\W_]+", name)
        parts.update(words, re.split(r"[\W\d_]+", name), ["".join(words)])
    return {part for part in parts if len(part) >= FRAGMENT_MIN}


def _holds_any(password: str, fragments: set[str]) -> bool:
    """Whether a fragment is in it, forwards or backwards."""
    return any(part in password or part[::-1] in password for part in fragments)
