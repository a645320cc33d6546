"""People in teams and sub-accounts: putting many in, taking many out, moving all to another one.

Each change is an edit of one person, with the rules of `users.edit` and an entry of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Unpack

from store import access, audit, named, settings
from store.access import denials
from store.errors import Invalid, NotAllowed, Refused
from store.users import changing, many, read
from store.users.acts import Done
from store.users.edit import edit
from store.users.words import command_of
from store.values import ALL, Draft, Named, User
from store.wording import _, ngettext

if TYPE_CHECKING:
    from store.database import Store, Unit
    from store.session import Session
    from store.users.outcomes import Outcomes

MOVED = 500
"""People who are read and written at a time, in the one transaction of a move."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Teams or sub-accounts: what one is called, the field of a person, who is in which."""

    noun: str
    field: str
    table: str
    column: str


TEAMS = Kind("team", "teams", "usher_membership", "team_id")
SUB_ACCOUNTS = Kind("sub_account", "sub_accounts", "usher_sub_access", "sub_account_id")


def put(
    session: "Session",
    kind: Kind,
    group: Named,
    whom: many.Whom,
    *,
    inside: bool,
    **how: Unpack[many.How],
) -> "Outcomes":
    """Put people in, or take them out, each by themselves; tells what became of each.

    Raises:
        PasswordNeeded: it is dangerous, and the actor's password was not given just now.
        Conflict, Unavailable, SessionEnded: as `many.each`.
    """
    do = partial(_come if inside else _go, kind=kind, group=group)
    return many.each(
        session,
        do,
        whom,
        dangerous=True,
        **how,
    )


def empty(unit: "Unit", kind: Kind, group: Named, successor: Named | None) -> int:
    """Move everybody from one to another, in the transaction of a verb; tells how many.

    Raises:
        Refused: there is somebody, and no successor.
        NotAllowed: one of them is not this actor's to move.
        PasswordNeeded: there is somebody, and the actor's password was not given just now.
    """
    session, store = unit.session, unit.session.store
    inside = count(store, kind, group)
    if not inside:
        return 0
    if successor is None:
        command = named.command(kind.noun, "delete", group.name, "--to", "NAME")
        sentence = ngettext(
            "{n} user is in “{name}”. Choose the one that replaces it: {command}",
            "{n} users are in “{name}”. Choose the one that replaces it: {command}",
            inside,
        )
        raise Refused(
            sentence.format(n=inside, name=group.name, command=command),
            code=f"{kind.noun}_in_use",
            people=inside,
        )
    if successor.id == group.id:
        sentence = _("“{name}” cannot replace itself. Choose another one.")
        raise Refused(sentence.format(name=group.name), code="same")
    access.require_proof(session)
    actor, current = access.actor_of(session), settings.load(store)
    for batch in _batches(store, kind, group):
        changes = []
        for user in read.load(store, batch, to_change=True):
            _allow(session, actor, user, kind, current)
            changes.append(_moved(user, kind, group, successor))
        changing.write(unit, changes)
    return inside


def count(store: "Store", kind: Kind, group: Named) -> int:
    """How many are in it by name."""
    with store.read():
        ((number,),) = store.sql(
            f"SELECT count(*) FROM {kind.table} WHERE {kind.column} = ?", group.id
        )
    return int(number)


def _come(session: "Session", who: int | str, *, kind: Kind, group: Named) -> Done:
    user = read.show(session, who)
    has: tuple[str, ...] = getattr(user, kind.field)
    if group.name in has or has == (ALL,):
        return Done(user, "already", {})
    return Done(_edited(session, user, kind, (*has, group.name)), "join", {})


def _go(session: "Session", who: int | str, *, kind: Kind, group: Named) -> Done:
    user = read.show(session, who)
    has: tuple[str, ...] = getattr(user, kind.field)
    if has == (ALL,):
        sentence = _(
            "User {id} has access to all sub-accounts. Name those to keep: usher "
            "users edit {id} --sub-account NAME"
        )
        raise Refused(sentence.format(id=user.id), code="has_all")
    if group.name not in has:
        return Done(user, "already", {})
    rest = tuple(name for name in has if name != group.name)
    return Done(_edited(session, user, kind, rest), "leave", {})


def _edited(session: "Session", user: User, kind: Kind, names: tuple[str, ...]) -> User:
    try:
        return edit(session, user.id, {kind.field: names})
    except Invalid as error:
        # Of many people each has one line: what stands first is what is wrong.
        problem = error.problems[0]
        raise Refused(problem.message, code=problem.code) from error


def _batches(store: "Store", kind: Kind, group: Named) -> Iterator[Sequence[int]]:
    """The ids of those who are in it, while they are moved out of it."""
    while True:
        rows = store.sql(
            f"SELECT user_id FROM {kind.table} WHERE {kind.column} = ? ORDER BY user_id LIMIT ?",
            group.id,
            MOVED,
        )
        if not rows:
            return
        yield [number for (number,) in rows]


def _allow(
    session: "Session",
    actor: access.Actor,
    user: User,
    kind: Kind,
    current: settings.Settings,
) -> None:
    subject = read.subject_of(user)
    reason = access.may_now(session, actor, "users.edit", subject).reason
    if not reason and kind.field not in access.editable(actor, subject, current):
        reason = access.why_not_field(actor, subject, kind.field)
    if reason:
        denials.note(session, "users.rights", user.id)
        sentence = _("You cannot move {name} (user {id}). {reason}")
        raise NotAllowed(sentence.format(name=user.full_name, id=user.id, reason=reason))


def _moved(user: User, kind: Kind, group: Named, successor: Named) -> changing.Change:
    old = Draft.of(user)
    has: tuple[str, ...] = getattr(old, kind.field)
    names = (successor.name if name == group.name else name for name in has)
    given: dict[str, Any] = {kind.field: tuple(dict.fromkeys(names))}
    new = replace(old, **given)
    fields = audit.changes_between({kind.field: has}, {kind.field: getattr(new, kind.field)})
    return changing.Change(user, new, fields, command_of("edit", user.id, new, (kind.field,)))
