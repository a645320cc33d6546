"""The public keys of people: whose they are, and which of them sshd may let in.

A key belongs to one person. One's own are one's own business; those of others are sensitive, as
their e-mail addresses are (DESIGN 3.6), for whoever adds a key can come as that person.
"""

import shlex
from typing import TYPE_CHECKING, Any

from store import access
from store.access import ceiling
from store.checks import public_keys
from store.checks.public_keys import PublicKey
from store.checks.text import MalformedError, excerpt
from store.errors import Invalid, NotFound, Problem
from store.fields import utc_moment
from store.models import KeyRow
from store.users import read
from store.values import Key, Status, User
from store.wording import _

if TYPE_CHECKING:
    from store.access import Actor
    from store.database import Store
    from store.session import Session

COLUMNS = "user_id, kind, fingerprint, comment, added, last_used"


class KeyNotFound(NotFound):
    """This person has no key with that fingerprint."""

    code = "key_not_found"

    def __init__(self, fingerprint: str) -> None:
        sentence = _("No key “{it}”. List the keys of a user: usher keys list WHO")
        super(NotFound, self).__init__(sentence.format(it=excerpt(fingerprint)))


def keys_of(session: "Session", who: int | str) -> tuple[Key, ...]:
    """The keys of one person, the oldest first.

    Raises:
        NotAllowed: the actor may not see them.
        NotFound: nobody, or nobody whom the actor may see.
    """
    store = session.store
    with store.read():
        user = read.show(session, who)
        access.require(session, "keys.view", read.subject_of(user))
        rows = store.sql(
            f"SELECT {COLUMNS} FROM usher_key WHERE user_id = ? ORDER BY added, id", user.id
        )
    return tuple(_key(row) for row in rows)


def add(session: "Session", who: int | str, line: str) -> Key:
    """Give a person a key; `line` is that of a file that ends in `.pub`.

    Raises:
        Invalid: the line is no key that is to be used, or someone has it already.
        NotAllowed: the actor may not change this user's keys, or was denied permissions of the
            user.
        NotFound: nobody, or nobody whom the actor may see.
        PasswordNeeded: it is dangerous, and the actor's password was not given just now.
    """
    store = session.store
    with store.write(session) as unit:
        user = read.show(session, who, to_change=True)
        actor = _require(session, user)
        ceiling.check_sign_in_data(session, actor, user)
        key = checked(line)
        holder = read.by_fingerprint(store, key.fingerprint)
        if holder is not None:
            raise Invalid([_taken(actor, user, holder, key.fingerprint)])
        KeyRow.create(
            user=user.id,
            kind=key.kind,
            encoded=key.encoded,
            fingerprint=key.fingerprint,
            comment=key.comment,
            added=unit.now,
        )
        changes = {"key": key.fingerprint, "type": key.kind, "comment": key.comment}
        unit.record(
            "add_key",
            user.id,
            {name: (None, value) for name, value in changes.items() if value},
            shlex.join(["usher", "keys", "add", str(user.id), "KEY.pub"]),
        )
        return Key(user.id, key.kind, key.fingerprint, key.comment, unit.now)


def remove(session: "Session", fingerprint: str) -> Key:
    """Take a key away from whose it is: sshd lets nobody in by it, and who came by it is out.

    Raises:
        KeyNotFound: nobody has such a key, or nobody whom the actor may see.
        NotAllowed: the actor may not change this person's keys.
        PasswordNeeded: it is dangerous, and the actor's password was not given just now.
    """
    from store.signin import sessions  # noqa: PLC0415  (sshd asks for keys, and ends none)

    store = session.store
    with store.write(session) as unit:
        try:
            user = read.show(session, read.by_fingerprint(store, fingerprint) or "", to_change=True)
        except NotFound as error:
            raise KeyNotFound(fingerprint) from error
        _require(session, user)
        rows = store.sql(f"SELECT {COLUMNS} FROM usher_key WHERE fingerprint = ?", fingerprint)
        key = _key(rows[0])
        KeyRow.delete().where(KeyRow.fingerprint == fingerprint).execute()
        sessions.end_by_key(unit, user.id, fingerprint)
        changes = {"key": key.fingerprint, "type": key.kind, "comment": key.comment}
        unit.record(
            "remove_key",
            user.id,
            {name: (value, None) for name, value in changes.items() if value},
            shlex.join(["usher", "keys", "remove", fingerprint]),
        )
        return key


def authorized(store: "Store", fingerprint: str) -> PublicKey | None:
    """The key that sshd may let in: somebody's, who is pending or active.

    A read without a session, for sshd asks before anybody has come in.
    """
    with store.read():
        rows = store.sql(
            "SELECT k.kind, k.encoded FROM usher_key k JOIN usher_user u ON u.id = k.user_id"
            " WHERE k.fingerprint = ? AND u.status IN (?, ?)",
            fingerprint,
            Status.PENDING,
            Status.ACTIVE,
        )
    blob = public_keys.blob_of(rows[0][1]) if rows else None
    return PublicKey(rows[0][0], blob) if blob else None


def checked(line: str) -> PublicKey:
    """The key of a line.

    Raises:
        Invalid: it is none, or one that is not to be used.
    """
    try:
        return public_keys.parse(line)
    except MalformedError as error:
        raise Invalid([Problem("key", "key_invalid", error.sentence)]) from error


def _require(session: "Session", user: User) -> "Actor":
    """The actor, if they may change this person's keys and have just shown who they are."""
    actor = access.require(session, "keys.edit", read.subject_of(user))
    access.require_proof(session)
    return actor


def _taken(actor: "Actor", user: User, holder: int, fingerprint: str) -> Problem:
    """Whose key it is, as far as the actor may know."""
    if holder == user.id:
        sentence = _("The public key {fingerprint} is registered for this user already.")
    elif access.may(actor, "users.view"):
        sentence = _(
            "The public key {fingerprint} belongs to user {id}. A key can belong to "
            "one user only. Use another key."
        )
    else:
        sentence = _(
            "The public key {fingerprint} is in use. Create a key of your own: "
            "ssh-keygen -t ed25519"
        )
    return Problem("key", "key_taken", sentence.format(fingerprint=fingerprint, id=holder))


def _key(row: tuple[Any, ...]) -> Key:
    user, kind, fingerprint, comment, added, last_used = row
    moment = utc_moment(added)
    if moment is None:
        raise ValueError("a key without a time")
    return Key(user, kind, fingerprint, comment, moment, utc_moment(last_used))
