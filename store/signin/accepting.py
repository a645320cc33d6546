"""Accepting an invitation: names and a password for the code of the letter (S3, DESIGN 3.5)."""

from dataclasses import replace
from typing import TYPE_CHECKING

from store import audit, checks, locks, settings
from store.codes import Purpose
from store.errors import CodeRefused
from store.session import visitor
from store.signin import by_code, storing
from store.users import changing, read
from store.values import Door, Draft, Origin, User

if TYPE_CHECKING:
    from store.database import Store

NAMES = frozenset({"first_name", "last_name"})


def accept(
    store: "Store",
    code: str,
    password: str,
    *,
    first_name: str = "",
    last_name: str = "",
    source: Origin,
) -> User:
    """Become active by an invitation: names, as far as they are given, and a password of one's own.

    The code proves the mailbox, so user and address are confirmed by it. It opens no session:
    whoever has accepted signs in. The setting `users.required` says whether names must be given
    that nobody has given before.

    Raises:
        CodeRefused: it is no invitation, or one that has been used, renewed, revoked or has
            expired; or too many wrong codes came from this source.
        Invalid: a name is missing or cannot be taken, or the password cannot; the code is still
            good.
    """
    user = by_code.owner_of(store, code, Purpose.INVITATION, source)
    wanted = replace(
        Draft.of(user),
        first_name=first_name.strip() or user.first_name,
        last_name=last_name.strip() or user.last_name,
    )
    required = settings.load(store).users_required
    named, problems = checks.checked(wanted, required, password_given=True)
    found = tuple(problem for problem in problems if problem.field in NAMES)
    prepared = storing.prepare(store, user.id, password, named, found)
    with store.write(visitor(store, user.id, user.login, Door.USHER, source)) as unit:
        if by_code.spent(unit, code, Purpose.INVITATION, user, source):
            (user,) = read.load(store, [user.id], to_change=True)
            old, names = Draft.of(user), {name: getattr(named, name) for name in NAMES}
            new = replace(old, **names)
            fields = audit.changes_between({name: getattr(old, name) for name in NAMES}, names)
            if fields:
                changing.put(unit, [changing.Change(user, new, fields)])
                (user,) = read.load(store, [user.id])
            changes = storing.put(unit, user, prepared, temporary=False)
            locks.lift(unit, user.id, idle=False)
            by_code.prove_mailbox(unit, user)
            unit.record("accept", user.id, {**fields, **changes})
            return read.load(store, [user.id])[0]
    raise CodeRefused(Purpose.INVITATION)
