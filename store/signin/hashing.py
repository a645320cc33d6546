"""argon2id by RFC 9106's second profile, never more than two at a time on one machine."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from argon2 import PasswordHasher, extract_parameters, profiles
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from argon2.low_level import Type

from store import locking
from store.errors import Unavailable
from store.wording import _

SLOTS = 2
WAIT_SECONDS = 10.0
MOST_MEMORY = 256 * 1024
"""KiB; a stored hash that asks for more is a doctored row (CHECKLIST A3)."""
MOST_TIME, MOST_LANES = 10, 16
LONGEST = 512
"""Maximum length of a stored hash. Ours have 97 characters."""


NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$SEHvXwZ3WnAry9eCayPAMg$"
    "OZyKacFi0U+iTTPmNTV3WdogSKco+s8VfMAv5hyQjFI"
)
"""The hash of a random secret, so that an unknown login costs what a known one costs."""


class Argon2:
    """Hashes and verifies; lock files in `folder` bound how many do so at once."""

    def __init__(self, folder: Path) -> None:
        self._slots = [folder / f"hash.{number}.lock" for number in range(SLOTS)]
        self._hasher = PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)

    def hash(self, password: str) -> str:
        """The PHC string of a password.

        Raises:
            Unavailable: others were hashing for all of ten seconds.
        """
        with self._slot():
            return self._hasher.hash(password)

    def verify(self, stored: str | None, password: str) -> bool:
        """Return whether the password is right. Always takes the time of one verification.

        A stored value that is not a hash is refused like a wrong password.
        """
        known = stored is not None and _harmless(stored)
        with self._slot():
            try:
                right = self._hasher.verify(stored if known and stored else NOBODY, password)
            except VerifyMismatchError:
                return False
            except (VerificationError, InvalidHashError):
                # argon2 could not read the hash, so it has taken no time.
                self._spend(password)
                return False
        return right and known

    def outdated(self, stored: str) -> bool:
        """Whether the hash was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(stored)

    def _spend(self, password: str) -> None:
        with suppress(VerifyMismatchError):
            self._hasher.verify(NOBODY, password)

    @contextmanager
    def _slot(self) -> Iterator[None]:
        try:
            with locking.one_of(self._slots, WAIT_SECONDS):
                yield
        except TimeoutError as error:
            raise Unavailable(
                _("Too many users are signing in now. Try again in a minute.")
            ) from error


def _harmless(stored: object) -> bool:
    """Return whether a stored value may be verified. In SQLite it can have any type."""
    if not (isinstance(stored, str) and stored.isascii() and len(stored) <= LONGEST):
        return False
    try:
        parameters = extract_parameters(stored)
    except InvalidHashError:
        return False
    return (
        parameters.type is Type.ID
        and parameters.memory_cost <= MOST_MEMORY
        and parameters.time_cost <= MOST_TIME
        and parameters.parallelism <= MOST_LANES
    )
