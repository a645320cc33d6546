"""Copying access: role, teams, sub-accounts and overrides of another user (S0, DESIGN 3.5).

Nobody gives so what they lack: that is left out, and listed (CHECKLIST F47).
"""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from store import access, audit
from store.access import holding, overrides
from store.access.acting import Actor
from store.access.ceiling import Grants
from store.access.explaining import Grounds
from store.access.simulator import missing
from store.errors import Conflict, Problem, Refused
from store.users import changing, read
from store.values import Copied, Draft, LeftOut, User
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store, Unit
    from store.session import Session

FIELDS = ("role", "teams", "sub_accounts")
"""What of it stands in a draft."""


@dataclass(frozen=True, slots=True)
class Access:
    """What can be copied of somebody's access: all by name."""

    role: str = ""
    teams: tuple[str, ...] = ()
    sub_accounts: tuple[str, ...] = ()
    overrides: Mapping[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, store: "Store", user: User) -> "Access":
        """What somebody has."""
        found = holding.overrides_of(store, user.id)
        return cls(user.role, user.teams, user.sub_accounts, found)

    def in_draft(self, draft: Draft) -> Draft:
        """The draft with this access, but for the overrides, which are no field of it."""
        return replace(draft, **{name: getattr(self, name) for name in FIELDS})

    def __bool__(self) -> bool:
        return bool(self.role or self.teams or self.sub_accounts or self.overrides)

    def or_else(self, other: "Access") -> "Access":
        """What there is, and of what there is none, the other's."""
        return Access(
            self.role or other.role,
            self.teams or other.teams,
            self.sub_accounts or other.sub_accounts,
            self.overrides or other.overrides,
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """What a new user is to get of the access of `source`, and what is left out.

    `asked` is the draft as it was given, `draft` the same with what it left empty.
    """

    source: User
    asked: Draft
    draft: Draft
    access: Access
    left_out: tuple[LeftOut, ...]

    @property
    def words(self) -> str:
        """What the command line of the creation ends with."""
        return f" --copy-access-from {self.source.id}"

    def explain(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """What is wrong with the draft, where a missing role is one that could not be given."""
        roles = [one for one in self.left_out if one.what == "role"]
        return tuple(
            replace(problem, message=_lacking(roles[0]))
            if roles and problem.field == "role" and problem.code == "required"
            else problem
            for problem in problems
        )


def copy(session: "Session", who: int | str, source: int | str) -> Copied:
    """Give somebody the access of somebody else, as far as the actor holds it themselves.

    Role, teams, sub-accounts and overrides become those of the source; of an admin, who needs
    none of them, only what there is. Standing is not copied: neither admin nor simulator-only.

    Raises:
        NotAllowed: the actor may not change this person's rights.
        NotFound: nobody, or nobody whom the actor may see.
        PasswordNeeded: it is dangerous, and the actor's password was not given just now.
        Refused: there is nothing to copy; both are the same person; a simulator-only person would
            lack what the simulator asks for.
    """
    store = session.store
    with store.write(session) as unit:
        user = read.show(session, who, to_change=True)
        actor = access.require(session, "users.rights", read.subject_of(user))
        access.require_proof(session)
        origin, wanted = _source(session, source)
        if origin.id == user.id:
            raise Refused(
                _(
                    "{name} (user {id}) is both the source and the target. Choose another "
                    "user to copy from."
                ).format(name=user.full_name, id=user.id),
                code="same_person",
            )
        has, grants = Access.of(store, user), Grants.of(store)
        if origin.admin:
            wanted = wanted.or_else(has)
        by_owner = frozenset() if actor.unbounded else holding.denied_by_owner(store, user.id)
        given, left_out = within(actor, grants, has, wanted, admin=user.admin, by_owner=by_owner)
        now = Grounds.of(store, user)
        after = replace(now.facts, role=grants.permitted_by(given.role), overrides=given.overrides)
        foreseen = overrides.compare(actor, now, after)
        overrides.refuse_for_simulator(user.id, foreseen.needed)
        if user.simulator_only and not user.admin and given.role != has.role:
            overrides.refuse_for_simulator(user.id, missing(after.role))
        changes = _changes(has, given)
        if changes:
            words = ["usher", "access", "copy", str(user.id), "--from", str(origin.id)]
            new = given.in_draft(Draft.of(user))
            change = changing.Change(user, new, changes, shlex.join(words), verb="copy_access")
            changing.write(unit, [change])
            changed = changes.keys() - set(FIELDS)
            overrides.write(unit, user.id, given.overrides, changed, by_owner=actor.unbounded)
            user = read.load(store, [user.id])[0]
        return Copied(foreseen.altered(Grounds(user, after, now.catalogue)), left_out)


def foresee(session: "Session", who: int | str, source: int | str) -> Copied:
    """What a copy would change and leave out, found out by rehearsing it; raises as `copy` does."""
    with session.store.rehearse(session):
        return copy(session, who, source)


def for_new(session: "Session", draft: Draft, source: int | str) -> Taken:
    """The draft of a new user with what it leaves empty taken from somebody else.

    Raises:
        NotAllowed: the actor may not change rights.
        NotFound: nobody, or nobody whom the actor may see.
        PasswordNeeded: it is dangerous, and the actor's password was not given just now.
        Refused: there is nothing to copy; a simulator-only person would lack what the simulator
            asks for.
    """
    store = session.store
    with store.read():
        actor = access.require(session, "users.rights")
        access.require_proof(session)
        origin, wanted = _source(session, source)
        grants = Grants.of(store)
    has = Access(draft.role, draft.teams, draft.sub_accounts)
    given, left_out = within(actor, grants, has, has.or_else(wanted), admin=draft.admin)
    new = given.in_draft(draft)
    if draft.simulator_only:
        overrides.refuse_for_simulator(None, missing(grants.held_as(new, given.overrides)))
    return Taken(origin, draft, new, given, left_out)


def give_to_new(unit: "Unit", number: int, taken: Taken) -> None:
    """Write the overrides of a user just made, which are no field of a draft.

    Raises:
        Conflict: the rights of the actor, or of the source, have changed meanwhile.
    """
    again = for_new(unit.session, taken.asked, taken.source.id)
    if (again.access, again.left_out) != (taken.access, taken.left_out):
        raise Conflict(
            _(
                "The permissions of user {id} were changed at the same time. Nothing was "
                "changed. Try again."
            ).format(id=taken.source.id)
        )
    changes = overrides.changes_between({}, taken.access.overrides)
    if changes:
        by_owner = access.actor_of(unit.session).unbounded
        overrides.write(unit, number, taken.access.overrides, changes, by_owner=by_owner)
        words = ["usher", "access", "copy", str(number), "--from", str(taken.source.id)]
        unit.record("copy_access", number, changes, shlex.join(words))


def within(
    actor: Actor,
    grants: Grants,
    has: Access,
    wanted: Access,
    *,
    admin: bool,
    by_owner: frozenset[str] = frozenset(),
) -> tuple[Access, tuple[LeftOut, ...]]:
    """As much of it as the actor may give, and what is left out; pure.

    `by_owner` are the denials that the actor cannot lift, because they are the owner's.

    A role that carries anything the actor lacks is not given at all. What is left out stays as
    the person has it, a denial too. An admin is allowed nothing, for they hold what is not denied.
    """
    left: list[LeftOut] = []
    role = wanted.role
    lacking = tuple(sorted(grants.permitted_by(role) & actor.denied)) if role != has.role else ()
    if lacking:
        left.append(LeftOut("role", role, lacking))
        role = has.role
    permitted = grants.permitted_by(role)
    kept: dict[str, bool] = {}
    for permission in grants.catalogue:
        old, new = has.overrides.get(permission), wanted.overrides.get(permission)
        frees = new is None and old is False and permission in permitted
        if new is not old and new and admin:
            left.append(LeftOut("override", permission))
            new = old
        elif new is not old and permission in actor.denied and (new or frees):
            left.append(LeftOut("override", permission, (permission,)))
            new = old
        elif new is not old and permission in by_owner:
            left.append(LeftOut("denial", permission))
            new = old
        if new is not None:
            kept[permission] = new
    return replace(wanted, role=role, overrides=kept), tuple(left)


def _source(session: "Session", who: int | str) -> tuple[User, Access]:
    """Whose access is copied, and what there is of it."""
    user = read.show(session, who)
    found = Access.of(session.store, user)
    if not found:
        sentence = _(
            "{name} (user {id}) has no role, team, sub-account or override to copy. "
            "Choose another user."
        )
        more = _(
            "Admins hold every permission without any of these. Make the other user an "
            "admin instead: usher users edit WHO --admin"
        )
        told = [sentence.format(name=user.full_name, id=user.id), *([more] if user.admin else [])]
        raise Refused(" ".join(told), code="nothing_to_copy")
    return user, found


def _lacking(role: LeftOut) -> str:
    sentence = _(
        "The role “{role}” grants permissions that you do not hold: "
        "{permissions}. Choose another role."
    )
    return sentence.format(role=role.name, permissions=", ".join(role.lacking))


def _changes(has: Access, given: Access) -> dict[str, tuple[Any, Any]]:
    """What differs, as the history has it."""
    differing = audit.changes_between(
        {name: getattr(has, name) for name in FIELDS},
        {name: getattr(given, name) for name in FIELDS},
    )
    return {**differing, **overrides.changes_between(has.overrides, given.overrides)}
