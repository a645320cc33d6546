"""Changing one's own password; the first one of one's own makes a pending user active (S2)."""

from typing import TYPE_CHECKING

from store import access, settings
from store.errors import Invalid, NotAllowed, Problem, SessionEnded, SignInRefused
from store.mail import outbox
from store.policy import lockout
from store.signin import attempts, sessions, storing
from store.users import read
from store.values import Draft, Why
from store.wording import _

if TYPE_CHECKING:
    from store.session import Session


def change(session: "Session", current: str, new: str) -> None:
    """Replace one's own password; a letter says so, without it (CHECKLIST A9).

    Whoever is signed in elsewhere by the former one is out.

    Raises:
        Invalid: the current one is wrong, or the new one cannot be taken.
        NotAllowed: the operator has no password.
        SessionEnded: the session is over.
    """
    store = session.store
    if session.user is None:
        raise NotAllowed(
            _("The operator has no password. Sign in as a user. Add: --as LOGIN --password-stdin")
        )
    access.actor_of(session)
    user = read.load(store, [session.user])[0]
    if _verified(session, current) is None:
        raise Invalid(
            [
                Problem(
                    "current", "password_wrong", _("The current password is wrong. Enter it again.")
                )
            ]
        )
    prepared = storing.prepare(store, user.id, new, Draft.of(user))
    with store.write(session) as unit:
        access.actor_of(session)
        user = read.load(store, [user.id], to_change=True)[0]
        changed = storing.put(unit, user, prepared, temporary=False, why=Why.OWN_PASSWORD)
        if user.email:
            outbox.queue(unit, "password_changed", user.id, user.email, user.language)
        unit.record("change_password", user.id, changed)
    session.proof.only_password = False


def prove(session: "Session", password: str) -> None:
    """Show anew that one is who signed in: at the locked screen, before a dangerous verb.

    Raises:
        SignInRefused: the password is wrong.
        SessionEnded: the session is over.
    """
    access.actor_of(session)
    if session.user is None or _verified(session, password) is None:
        raise SignInRefused
    session.proof.at = session.store.now()


def _verified(session: "Session", password: str) -> str | None:
    """The hash of the person's password, if this is it; a wrong one counts as at the sign-in.

    Raises:
        SessionEnded: it was one too many; they are locked, and whoever sits here is out.
    """
    made = attempts.give(session, password)
    with session.store.write(session) as unit:
        known = attempts.facts_for(session.store, made)
        held = lockout.passwords_lock(known.locks, settings.load(session.store), unit.now)
        if made.user and made.right and made.counted and held is None:
            attempts.succeed(unit, made.user)
            return made.stored
        out = attempts.fail(unit, made) or held is not None
        if out:
            sessions.end_this(unit, Why.LOCKED)
    if out:
        raise SessionEnded(Why.LOCKED)
    return None
