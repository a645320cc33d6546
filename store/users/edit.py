"""Editing a user: only what was named, only what the actor may, never over an unseen change."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from store import access, audit, checks, settings
from store.errors import Invalid, NotAllowed, Stale
from store.listing import index
from store.mail import outbox
from store.models import EmployeeRow, Identifier, Membership, UserRow
from store.users import read
from store.users.clashes import clashes_of
from store.users.words import command_of
from store.users.writing import identifiers, named_ids, order_keys, search_key, tokens
from store.values import Draft, User

if TYPE_CHECKING:
    from store.database import Store, Unit
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
    A changed e-mail holds at once, unconfirmed, with a notice to the old address (DESIGN 3.5).

    Raises:
        Stale: someone has changed the person since; carries what stands there now.
        Invalid: a field cannot be taken.
        NotAllowed: a field is not this actor's to change.
        NotFound: nobody, or nobody whom the actor may see.
    """
    store = session.store
    current = settings.load(store)
    with store.write(session, members="admin" in changes) as unit:
        actor = access.actor_of(session)
        user = read.held(session, who)
        access.require(session, "users.edit", read.subject_of(user))
        if version is not None and version != user.version:
            raise Stale(user)
        old = Draft.of(user)
        new = replace(old, **changes)
        named = tuple(name for name in changes if getattr(old, name) != getattr(new, name))
        _check_fields(actor, user, named, current)
        new, problems = checks.checked(new, current.users_required, password_given=True)
        problems = tuple(problem for problem in problems if problem.field in named)
        problems += tuple(
            problem for problem in clashes_of(store, actor, new, user.id) if problem.field in named
        )
        if problems:
            raise Invalid(problems)
        changed = audit.changes_between(asdict(old), asdict(new))
        if not changed:
            return user
        _write(unit, user, new)
        if old.email and new.email != old.email:
            outbox.queue(unit, "email_changed", user.id, old.email, new.language)
        unit.record("edit", user.id, changed, command_of("edit", user.id, new, tuple(changed)))
        return read.load(store, [user.id])[0]


def _check_fields(
    actor: access.Actor, user: User, named: tuple[str, ...], current: settings.Settings
) -> None:
    subject = read.subject_of(user)
    allowed = access.editable(actor, subject, current)
    for field in named:
        if field not in allowed:
            reason = access.why_not_field(actor, subject, field)
            raise NotAllowed(f"{field}: {reason}", field=field)


def _write(unit: "Unit", user: User, new: Draft) -> None:
    store = unit.session.store
    role_id, team_ids = named_ids(store, new)
    old_tokens = tokens(store, Draft.of(user), user.id, user.status)
    last_key, first_key = order_keys(new)
    UserRow.update(
        login=new.login,
        email=new.email,
        first_name=new.first_name,
        last_name=new.last_name,
        phone=new.phone,
        country=new.country,
        language=new.language,
        position=new.position,
        role=role_id,
        admin=new.admin,
        simulator_only=new.simulator_only,
        version=UserRow.version + 1,
        last_key=last_key,
        first_key=first_key,
        search_key=search_key(new, user.id),
    ).where(UserRow.id == user.id).execute()
    if new.email != user.email:
        UserRow.update(email_confirmed_at=None).where(UserRow.id == user.id).execute()
    _write_identifiers(store, user.id, set(identifiers(Draft.of(user))), set(identifiers(new)))
    Membership.delete().where(Membership.user == user.id).execute()
    store.insert_many(
        "usher_membership", [{"user_id": user.id, "team_id": team} for team in team_ids]
    )
    EmployeeRow.update(
        email_key=checks.email_key(new.email) if new.email else "",
        first_name=new.first_name,
        last_name=new.last_name,
        currency=new.currency,
        number=new.number,
        address=new.address,
        notes=new.notes,
    ).where(EmployeeRow.user == user.id).execute()
    index.put(store, [(user.id, old_tokens, tokens(store, new, user.id, user.status))])


def _write_identifiers(store: "Store", number: int, old: set[str], new: set[str]) -> None:
    for key in old - new:
        Identifier.delete().where(Identifier.key == key).execute()
    store.insert_many("usher_identifier", [{"key": key, "user_id": number} for key in new - old])
