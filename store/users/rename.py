"""A new login, and a new password with it (DESIGN 3.10)."""

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from store import access, checks, generated, settings
from store.access import ceiling
from store.errors import Invalid, Problem
from store.mail import credentials
from store.signin import storing
from store.users import changing, read
from store.users.clashes import clashes_of
from store.values import Draft, User, Why
from store.wording import _

if TYPE_CHECKING:
    from store.database import Unit
    from store.session import Session


def rename(session: "Session", who: int | str, login: str, password: str | None = None) -> User:
    """Give a person another login and, since that is what they are to be told, another password.

    It is temporary, as one set by somebody else always is; one's own is not. A letter tells the
    login, never a password that was typed, but a code by which they choose one. Without a
    password, where the account mails credentials, the letter brings a generated one (DESIGN 3.4).
    Sessions end, and codes die.

    Raises:
        Conflict: somebody else has set the password at the same moment.
        Invalid: the login or the password cannot be taken; a conflict names the holder.
        NotAllowed: the actor may not rename this user, or was denied permissions of the user.
        NotFound: nobody, or nobody whom the actor may see.
        PasswordNeeded: it is dangerous, and the actor's password was not given just now.
    """
    store = session.store
    with store.read():
        user = _found(session, who)
        new, problems = _checked(session, user, login)
        current = settings.load(store)
        mailed = password is None and credentials.by_letter_to(current, user, session.user)
    drawn = generated.draw(store) if mailed else None
    password = drawn.text if drawn else password
    if password is None:
        raise Invalid(
            (
                *problems,
                Problem("password", "required", _("The new password is missing. Enter it.")),
            )
        )
    prepared = storing.prepare(store, user.id, password, new, problems)
    with store.write(session) as unit:
        user = _found(session, user.id, to_change=True)
        new, problems = _checked(session, user, login)
        if problems:
            raise Invalid(problems)
        own = user.id == session.user
        why = Why.OWN_PASSWORD if own else Why.PASSWORD
        changed = storing.put(unit, user, prepared, temporary=not own, why=why)
        words = ["usher", "users", "rename", str(user.id), "--login", new.login, "--generate"]
        fields = {"login": (user.login, new.login), **changed}
        changing.write(unit, [changing.Change(user, new, fields, shlex.join(words), verb="rename")])
        if user.email:
            _tell(unit, user, drawn)
        return read.load(store, [user.id])[0]


def _found(session: "Session", who: int | str, *, to_change: bool = False) -> User:
    """The person, if the actor may rename them and has just shown who they are."""
    user = read.show(session, who, to_change=to_change)
    actor = access.require(session, "users.rename", read.subject_of(user))
    access.require_proof(session)
    ceiling.check_sign_in_data(session, actor, user)
    return user


def _tell(unit: "Unit", user: User, drawn: generated.Drawn | None) -> None:
    """Queue the letter with the login and what leads in by it."""
    if drawn:
        credentials.send_password(unit, "renamed", user.id, user.email, user.language, drawn)
    else:
        credentials.send_login(unit, user)


def _checked(session: "Session", user: User, login: str) -> tuple[Draft, tuple[Problem, ...]]:
    """The person as they are to be called, and what is wrong with the login."""
    if not login.strip():
        return Draft.of(user), (
            Problem("login", "required", _("The new login is missing. Enter it.")),
        )
    new, problems = checks.checked(
        replace(Draft.of(user), login=login), "login", password_given=True
    )
    if checks.same_login(new.login, user.login):
        sentence = _(
            "The login is “{login}” already. To set only a password: usher users "
            "set-password {id} --generate"
        )
        problems = (Problem("login", "login_same", sentence.format(login=user.login, id=user.id)),)
    problems += tuple(clashes_of(session.store, access.actor_of(session), new, user.id))
    return new, tuple(problem for problem in problems if problem.field == "login")
