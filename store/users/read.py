"""Finding and showing people: frozen values out, nothing lazy."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from store import access, checks
from store.access import denials
from store.errors import NotFound
from store.listing.folding import fold
from store.listing.people import load
from store.listing.places import sunk
from store.numbers import id_number
from store.values import Holder, Place, Status, User

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session

__all__ = [
    "by_fingerprint",
    "by_identifier",
    "find",
    "find_all",
    "holders",
    "identifiers",
    "load",
    "place_of",
    "show",
    "subject_of",
]


def show(session: "Session", who: int | str, *, to_change: bool = False) -> User:
    """Everything known about one person, by id, login or e-mail; `to_change` as in `load`.

    Raises:
        NotFound: nobody, or nobody whom the actor may see (ASVS 8.2.2).
        NotAllowed: the actor has to choose a new password first, and it is not their own page.
    """
    store = session.store
    actor = access.actor_of(session)
    number = find(store, who)
    if number != actor.id or number is None:
        access.require_own_password(session)
        if not access.may(actor, "users.view"):
            # Before anybody is looked for: so it is not told by the time it takes who is there.
            denials.note(session, "users.view", number)
            raise NotFound(who)
    people = load(store, [number], to_change=to_change) if number else []
    if not people:
        raise NotFound(who)
    return people[0]


def find(store: "Store", who: int | str) -> int | None:
    """The id behind an id, a login or an e-mail."""
    text = str(who).strip()
    if text.isascii() and text.isdigit():
        return id_number(text)
    return by_identifier(store, text)


def find_all(store: "Store", whom: Collection[str]) -> dict[str, int]:
    """The ids behind many words, each an id, a login or an e-mail; without those of nobody."""
    keys = {checks.identifier_keys(who)[0]: who for who in whom}
    found = {
        keys[key]: number
        for key, number in store.sql_among(
            "SELECT key, user_id FROM usher_identifier WHERE key IN (*)", list(keys)
        )
    }
    return {who: number for who in whom if (number := found.get(who) or find(store, who))}


def identifiers(store: "Store", beginning: str, limit: int) -> list[str]:
    """Logins and e-mails, as they are compared, that begin like this."""
    key = checks.login_key(beginning)
    with store.read():
        rows = store.sql(
            "SELECT key FROM usher_identifier WHERE key >= ? AND key < ? ORDER BY key LIMIT ?",
            key,
            f"{key}\U0010ffff",
            limit,
        )
    return [word for (word,) in rows]


def by_identifier(store: "Store", text: str) -> int | None:
    """The id behind a login or an e-mail, in any spelling."""
    keys = checks.identifier_keys(text)
    with store.read():
        found = dict(
            store.sql_among("SELECT key, user_id FROM usher_identifier WHERE key IN (*)", keys)
        )
    return next((found[key] for key in keys if key in found), None)


def by_fingerprint(store: "Store", fingerprint: str) -> int | None:
    """The id of whoever holds the public key with this fingerprint."""
    with store.read():
        rows = store.sql("SELECT user_id FROM usher_key WHERE fingerprint = ?", fingerprint)
    return rows[0][0] if rows else None


def holders(store: "Store", keys: Sequence[str]) -> dict[str, Holder]:
    """Who holds each of these canonical logins and e-mails."""
    rows = store.sql_among(
        "SELECT i.key, u.id, u.first_name, u.last_name, u.login, u.status"
        " FROM usher_identifier i JOIN usher_user u ON u.id = i.user_id WHERE i.key IN (*)",
        keys,
    )
    return {
        key: Holder(number, f"{first} {last}".strip(), login, Status(status))
        for key, number, first, last, login, status in rows
    }


def subject_of(user: User) -> access.Subject:
    """A user as one on whom somebody acts."""
    return access.Subject(user.id, user.admin, user.owner)


def place_of(user: User) -> Place:
    """Where a person stands in the order of the list."""
    return Place(sunk(user.status), fold(user.last_name), fold(user.first_name), user.id)
