"""Changing one's own password; the first one of one's own makes a pending user active (S2)."""

from typing import TYPE_CHECKING

from store import access, settings
from store.errors import Invalid, NotAllowed, Problem, SessionEnded, SignInRefused
from store.mail import outbox
from store.models import UserRow
from store.policy import lockout, passwords
from store.signin import attempts, sessions
from store.users import read
from store.users.status import set_status
from store.values import Draft, Status, Why
from store.wording import _

if TYPE_CHECKING:
    from store.session import Session


def change(session: "Session", current: str, new: str) -> None:
    """Replace one's own password; a letter says so, without it (CHECKLIST A9).

    Raises:
        Invalid: the current one is wrong, or the new one breaks the policy.
        NotAllowed: the operator has no password.
        SessionEnded: the session is over.
    """
    store = session.store
    if session.user is None:
        raise NotAllowed(_("The host's operator has no password; sign in as a user."))
    access.actor_of(session)
    user = read.load(store, [session.user])[0]
    stored = _verified(session, current)
    if stored is None:
        raise Invalid([Problem("current", "password_wrong", _("This is not your password."))])
    problems = passwords.problems(
        new,
        person=Draft.of(user),
        account=settings.account_name(store) or "",
        settings=settings.load(store),
    )
    if new == current:
        problems += (Problem("password", "password_reused", _("Choose one you have not now.")),)
    if problems:
        raise Invalid(problems)
    password_hash = store.hash(new)
    with store.write(session) as unit:
        access.actor_of(session)
        replaced = (
            UserRow.update(
                password_hash=password_hash, password_set_at=unit.now, password_temporary=False
            )
            .where(UserRow.id == user.id, UserRow.password_hash == stored)
            .execute()
        )
        if not replaced:
            raise SignInRefused
        if user.status is Status.PENDING:
            set_status(unit, user, Status.ACTIVE)
        if user.email:
            outbox.queue(unit, "password_changed", user.id, user.email, user.language)
        unit.record("change_password", user.id)


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
