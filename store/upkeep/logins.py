"""Find logins that are not allowed any more: reserved ones, and ones equal to another login.

They come from earlier versions and are not changed automatically. An admin renames the user.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store import checks
from store.values import Status

if TYPE_CHECKING:
    from store.database import Store

RESERVED = "reserved"
SAME = "same"


@dataclass(frozen=True, slots=True)
class BadLogin:
    """A login that is `reserved`, or the `same` as the login of the user `other`."""

    user: int
    login: str
    problem: str
    other: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "user": self.user,
            "login": self.login,
            "problem": self.problem,
            "other": self.other,
        }


def bad_logins(store: "Store") -> tuple[BadLogin, ...]:
    """Return existing logins that are not allowed for new users, sorted by user id."""
    with store.read():
        people = store.sql(
            "SELECT id, login FROM usher_user WHERE status <> ? ORDER BY id", Status.REMOVED
        )
        keys = store.sql("SELECT key, user_id FROM usher_identifier ORDER BY user_id")
    found = [BadLogin(user, login, RESERVED) for user, login in people if checks.is_reserved(login)]
    # Migration 0012 left a key in its old form only if two users would share the new one.
    old = [(key, user) for key, user in keys if not key.isascii() and checks.login_key(key) != key]
    holders = dict(keys) if old else {}
    found += [BadLogin(user, key, SAME, holders.get(checks.login_key(key))) for key, user in old]
    return tuple(sorted(found, key=lambda one: one.user))
