"""Overrides: what is allowed or denied to one person, over their role (S0, DESIGN 3.6).

`foresee` is what a screen shows before it is saved, and what the verb goes by.
"""

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store import access
from store.access import ceiling, holding, naming
from store.access.acting import Actor
from store.access.explaining import Grounds
from store.access.holding import Facts
from store.access.simulator import missing
from store.errors import Refused
from store.fields import utc_text
from store.users import read
from store.values import Altered, User
from store.wording import _

if TYPE_CHECKING:
    from store.database import Unit
    from store.session import Session

Wanted = Mapping[str, bool | None]
"""What is to stand for each permission: allowed, denied, or None for what the role says."""

WORDS = {True: "allow", False: "deny", None: "inherit"}
"""What each is called on the screens, in the history, and as a verb of the command line."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What overrides would do, each in the order in which people meet permissions.

    `idle` would be allowed to no effect, for its module is for admins only; `beyond` is what the
    actor lacks and so cannot give; `needed` is what a simulator-only person would no longer hold.
    """

    facts: Facts
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    idle: tuple[str, ...]
    beyond: tuple[str, ...]
    needed: tuple[str, ...]

    def altered(self, then: Grounds) -> Altered:
        """The same once it is done."""
        return Altered(then.rights, self.gained, self.lost, self.idle)


def foresee(actor: Actor, now: Grounds, wanted: Wanted) -> Foreseen:
    """What it would come to if these overrides stood; pure."""
    after = replace(now.facts, overrides=with_these(now.facts.overrides, wanted))
    return compare(actor, now, after)


def compare(actor: Actor, now: Grounds, after: Facts) -> Foreseen:
    """What somebody would gain and lose of whom other facts were true; pure.

    An allow counts as given also where it does nothing today: a module may be opened tomorrow.
    """
    before, then = (holding.held(facts, now.catalogue) for facts in (now.facts, after))
    allowed = frozenset(
        permission
        for permission, allow in after.overrides.items()
        if allow and not now.facts.overrides.get(permission)
    )

    def ordered(some: frozenset[str]) -> tuple[str, ...]:
        return tuple(permission for permission in now.catalogue if permission in some)

    return Foreseen(
        facts=after,
        gained=ordered(then - before),
        lost=ordered(before - then),
        idle=ordered(allowed - then) if not after.admin else (),
        beyond=ceiling.beyond(actor, before - allowed, then | allowed),
        needed=tuple(one for one in missing(then) if one in before and now.user.simulator_only),
    )


def put(session: "Session", who: int | str, wanted: Wanted) -> Altered:
    """Let these overrides stand for somebody, all at once; what stands already stays as it is.

    The rights hold from the commit on: every verb reads them anew, so no session has to end.

    Raises:
        NotAllowed: the actor cannot change this user's permissions, allows one that the actor
            lacks, or lifts a denial of the owner.
        NotFound: nobody, or nobody whom the actor may see.
        PasswordNeeded: it is dangerous, and the actor's password was not given just now.
        Refused: there is no such permission; an admin needs no allow; a simulator-only person
            would lack what the simulator asks for.
    """
    store = session.store
    with store.write(session) as unit:
        user = read.show(session, who, to_change=True)
        actor = access.require(session, "users.rights", read.subject_of(user))
        access.require_proof(session)
        now = Grounds.of(store, user)
        for permission in wanted:
            if permission not in now.catalogue:
                raise naming.unknown(permission)
        _check_admin(user, now.facts, wanted)
        foreseen = foresee(actor, now, wanted)
        ceiling.refuse(session, foreseen.beyond, user.id)
        refuse_for_simulator(user.id, foreseen.needed)
        changes = changes_between(now.facts.overrides, foreseen.facts.overrides)
        ceiling.check_denials(session, actor, user, changes)
        if actor.unbounded:
            _take_over(unit, user.id, now.facts, wanted)
        if changes:
            write(unit, user.id, foreseen.facts.overrides, changes, by_owner=actor.unbounded)
            store.sql("UPDATE usher_user SET version = version + 1 WHERE id = ?", user.id)
            _record(unit, user.id, changes)
            user = read.load(store, [user.id])[0]
        return foreseen.altered(Grounds(user, foreseen.facts, now.catalogue))


def allow(session: "Session", who: int | str, permissions: Iterable[str]) -> Altered:
    """Allow these to one person, over their role; raises as `put` does."""
    return put(session, who, _all(session, permissions, True))


def deny(session: "Session", who: int | str, permissions: Iterable[str]) -> Altered:
    """Deny these to one person, over their role; raises as `put` does."""
    return put(session, who, _all(session, permissions, False))


def inherit(session: "Session", who: int | str, permissions: Iterable[str]) -> Altered:
    """Let the role decide about these again; raises as `put` does."""
    return put(session, who, _all(session, permissions, None))


def with_these(overrides: Mapping[str, bool], wanted: Wanted) -> dict[str, bool]:
    """The overrides as they are to stand; pure."""
    merged = {**overrides, **wanted}
    return {permission: allowed for permission, allowed in merged.items() if allowed is not None}


def changes_between(old: Mapping[str, bool], new: Mapping[str, bool]) -> dict[str, tuple[str, str]]:
    """The overrides that differ, each with the words for what stood and what stands; pure."""
    return {
        permission: (WORDS[old.get(permission)], WORDS[new.get(permission)])
        for permission in sorted({*old, *new})
        if old.get(permission) is not new.get(permission)
    }


def write(
    unit: "Unit",
    number: int,
    overrides: Mapping[str, bool],
    changed: Iterable[str],
    *,
    by_owner: bool,
) -> None:
    """Write the overrides that have changed. The caller has checked them.

    Only the owner or the operator can lift denials written with `by_owner`.
    """
    store, names = unit.session.store, list(changed)
    store.sql_many(
        "DELETE FROM usher_override WHERE user_id = ? AND permission_id = ?",
        [(number, permission) for permission in names],
    )
    store.insert_rows(
        "usher_override",
        ("user_id", "permission_id", "allowed", "at", "by_id", "by_name", "by_owner"),
        [
            (
                number,
                permission,
                overrides[permission],
                utc_text(unit.now),
                *unit.by,
                by_owner and not overrides[permission],
            )
            for permission in names
            if permission in overrides
        ],
    )


def _take_over(unit: "Unit", number: int, now: Facts, wanted: Wanted) -> None:
    """Mark existing denials as the owner's when the owner denies the same permissions again."""
    denied = {one for one, allow in wanted.items() if allow is False}
    standing = {one for one in denied if now.overrides.get(one) is False}
    taken = sorted(standing - holding.denied_by_owner(unit.session.store, number))
    if taken:
        write(unit, number, now.overrides, taken, by_owner=True)
        command = shlex.join(["usher", "access", WORDS[False], str(number), *taken])
        unit.record(WORDS[False], number, {"denied_by_owner": (None, taken)}, command)


def refuse_for_simulator(user_id: int | None, needed: tuple[str, ...]) -> None:
    """See that a simulator-only person keeps what the simulator asks for (S0).

    Raises:
        Refused: they would lack these.
    """
    if needed:
        sentence = _(
            "User {id} has simulator access only, which requires these permissions: "
            "{permissions}. End simulator access only first: usher users edit {id} "
            "--no-simulator-only"
        )
        raise Refused(
            sentence.format(id=user_id, permissions=", ".join(needed)),
            code="needed_by_simulator",
            permissions=list(needed),
        )


def _all(session: "Session", permissions: Iterable[str], allowed: bool | None) -> Wanted:
    return dict.fromkeys(naming.named(permissions, holding.catalogue(session.store)), allowed)


def _check_admin(user: User, facts: Facts, wanted: Wanted) -> None:
    new = [one for one, allow in wanted.items() if allow and not facts.overrides.get(one)]
    if user.admin and new:
        raise Refused(
            _(
                "User {id} is an admin and holds every permission that is not denied. "
                "Lift a denial: usher access inherit {id} {permissions}"
            ).format(id=user.id, permissions=" ".join(new)),
            code="admin_holds_all",
        )


def _record(unit: "Unit", number: int, changes: Mapping[str, tuple[str, str]]) -> None:
    """One entry for each of the verbs that together do it."""
    for verb in WORDS.values():
        mine = {name: pair for name, pair in changes.items() if pair[1] == verb}
        if mine:
            words = ["usher", "access", verb, str(number), *mine]
            unit.record(verb, number, mine, shlex.join(words))
