"""Editing a user: only what was named, only what the actor may, never over an unseen change."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any

from store import access, audit, checks, settings
from store.access import ceiling, denials, simulator
from store.errors import Invalid, NotAllowed, Refused, Stale
from store.users import changing, read, readdressing
from store.users.clashes import clashes_of
from store.users.words import command_of
from store.values import Draft, User
from store.wording import _

if TYPE_CHECKING:
    from store.session import Session


def editable(session: "Session", who: int | str) -> frozenset[str]:
    """The fields of this person that the actor may change."""
    user = read.show(session, who)
    current = settings.load(session.store)
    return access.editable(access.actor_of(session), read.subject_of(user), current)


def edit(
    session: "Session", who: int | str, changes: Mapping[str, Any], *, version: int | None = None
) -> User:
    """Change the named fields of one person; `changes` maps fields of a `Draft` to values.

    `version` is the one that the form was opened with; without it the newest state is changed.
    A new address takes effect at once, and the audit entry lists what it ended (DESIGN 3.5). If a
    pending user's login equals the address, the login changes with it.

    Raises:
        Refused: `changes` names what is no field of a draft; nothing of it is written.
        Stale: someone has changed the person since; carries what stands there now.
        Invalid: a field cannot be taken.
        NotAllowed: the actor cannot change a field, would grant a permission that the actor lacks,
            or changes the address of a user with permissions that the actor was denied.
        NotFound: nobody, or nobody whom the actor may see.
        PasswordNeeded: rights or another's address, and the password was not given just now.
    """
    unknown = sorted(set(changes) - _KNOWN)
    if unknown:
        sentence = _("No field named “{field}”. The fields are: {fields}.")
        known = ", ".join(sorted(_KNOWN))
        raise Refused(sentence.format(field=unknown[0], fields=known), code="field_unknown")
    store = session.store
    current = settings.load(store)
    with store.write(session, members="admin" in changes) as unit:
        actor = access.actor_of(session)
        user = read.show(session, who, to_change=True)
        access.require(session, "users.edit", read.subject_of(user))
        if version is not None and version != user.version:
            raise Stale(user)
        old = Draft.of(user)
        new = replace(old, **changes)
        if checks.same_login(old.login, str(new.login)):
            # Another spelling is the same login, which is not renamed by it.
            new = replace(new, login=old.login)
        named = tuple(name for name in changes if getattr(old, name) != getattr(new, name))
        check_fields(session, actor, user, named, current)
        if access.RIGHTS & set(named) or ("email" in named and user.id != actor.id):
            access.require_proof(session)
            ceiling.check_draft(session, actor, new, user)
        if "email" in named:
            ceiling.check_sign_in_data(session, actor, user)
        if "login" not in changes:
            new = readdressing.with_login(user, new)
            named += ("login",) if new.login != old.login else ()
        new, problems = checks.checked(new, current.users_required, password_given=True)
        problems = tuple(problem for problem in problems if problem.field in named)
        problems += tuple(
            problem for problem in clashes_of(store, actor, new, user.id) if problem.field in named
        )
        kept_out = simulator.problem_of(store, new, named, user.id)
        problems += (kept_out,) if kept_out else ()
        if problems:
            raise Invalid(problems)
        changed = audit.changes_between(asdict(old), asdict(new))
        if not changed:
            return user
        # The command has no option for the login, which follows the address.
        words = tuple(field for field in changed if field != "login")
        command = command_of("edit", user.id, new, words)
        changing.write(unit, [changing.Change(user, new, changed, command)])
        return read.load(store, [user.id])[0]


_KNOWN = frozenset(field.name for field in fields(Draft))


def check_fields(
    session: "Session",
    actor: access.Actor,
    user: User,
    named: Iterable[str],
    current: settings.Settings,
) -> None:
    """See that the actor may change these fields of somebody.

    Raises:
        NotAllowed: one is not theirs to change; it is noted in the history (CHECKLIST F50).
        Refused: Another command changes it, and the actor may use that one.
    """
    subject = read.subject_of(user)
    allowed = access.editable(actor, subject, current)
    for field in named:
        if field not in allowed:
            reason = access.why_not_field(actor, subject, field)
            may_rename = field == "login" and access.may(actor, "users.rename", subject)
            if actor.unbounded or may_rename:
                raise Refused(reason, code="another_command", field=field)
            right = "users.rights" if field in access.RIGHTS else "users.edit"
            denials.note(session, right, user.id)
            raise NotAllowed(reason, field=field)
