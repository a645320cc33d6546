"""Somebody goes, and what they own goes to others: in one transaction, or shut out first and then
in batches (DESIGN 3.1, 3.8)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from shlex import join
from typing import TYPE_CHECKING

from store import access
from store.leaving import standing
from store.policy import transitions
from store.records import holdings, recipients, transferring
from store.records.transferring import HandedOver
from store.users import owning, read
from store.users.acts import DANGEROUS, Done
from store.users.deactivate import put_out
from store.users.moving import Changes, shut_out
from store.users.remove import erased
from store.users.status import set_status
from store.values import Heirs, Status, User, Why

if TYPE_CHECKING:
    from store.database import Unit
    from store.session import Session

NO_HEIRS = Heirs()

ENDS: Mapping[str, Callable[["Unit", User, Changes, str], User]] = {
    "deactivate": put_out,
    "remove": erased,
}
"""How one may leave."""


@dataclass(frozen=True, slots=True)
class Left:
    """What became of somebody who leaves, and of what they owned."""

    done: Done
    handed: HandedOver


def leave(
    session: "Session",
    verb: str,
    who: int | str,
    to: int | str | None = None,
    kinds: Mapping[str, int | str] | None = None,
) -> Left:
    """Deactivate or remove somebody, all of whose records go to others with it.

    More than `transferring.AT_ONCE` rows are only begun, with the person shut out, and
    `batches.carry_on` does the rest. Of whom that was begun already, it goes on, to other heirs
    where some are named.

    Raises:
        Impossible, NotAllowed, NotFound: as for every verb that moves somebody.
        OwnsRecords: something would be left that nobody is named for.
        PasswordNeeded: it is dangerous, and the actor's password was not given just now.
        Refused: who is named may not be given anything.
    """
    store, before = session.store, transferring.seen_before(session.store, who)
    with store.write(session, members=True) as unit:
        user = read.show(session, who, to_change=True)
        access.require(session, transitions.right_of(verb), read.subject_of(user))
        if verb in DANGEROUS:
            access.require_proof(session)
        begun = standing.of(store, user.id)
        if not (begun and begun.leaves):
            transitions.check(verb, user)
        owned = before or holdings.number_of(store, user.id)
        if not owned and not begun:
            return Left(_ended(unit, verb, user, {}, NO_HEIRS), HandedOver(user, {}, NO_HEIRS))
        if begun and begun.leaves and not (to or kinds):
            heirs = begun.heirs
            recipients.again(store, user.id, heirs)
        else:
            heirs = _named(session, user, to, kinds)
        left = {kind: number for kind, number in owned.items() if heirs.of(kind) is None}
        if left:
            raise owning.OwnsRecords(user, left)
        if (begun and begun.leaves) or sum(owned.values()) > transferring.AT_ONCE:
            return _begun(unit, verb, user, heirs, owned)
        standing.forget(user.id)
        gone, counted = transferring.moved(unit, user, heirs, owned)
        done = _ended(unit, verb, user, transferring.changes(gone, heirs), heirs)
        return Left(done, HandedOver(done.user, gone, heirs, counted))


def end(unit: "Unit", user: User) -> None:
    """The last of a hand-over in batches: they go, as they were to go.

    Raises:
        OwnsRecords: they own something that nobody is named for; it came to them meanwhile.
    """
    store = unit.session.store
    under_way = standing.of(store, user.id)
    standing.forget(user.id)
    if under_way and under_way.leaves:
        owning.check(store, user)
        handed: Changes = {
            "leaving": (under_way.status, None),
            "records": (under_way.moved, 0),
            "to": (None, sorted(under_way.heirs.people)),
        }
        _ended(unit, under_way.verb, user, handed, under_way.heirs)


def _named(
    session: "Session",
    user: User,
    to: int | str | None,
    kinds: Mapping[str, int | str] | None,
) -> Heirs:
    """Those who are named to be given it, by an actor who may hand it over."""
    if to is None and not kinds:
        return NO_HEIRS
    access.require(session, "users.transfer", read.subject_of(user))
    access.require_proof(session)
    return transferring.chosen(session, user, to, kinds)


def _begun(unit: "Unit", verb: str, user: User, heirs: Heirs, owned: Mapping[str, int]) -> Left:
    """Shut them out, and leave the rest to the batches."""
    store = unit.session.store
    under_way = transferring.begin(unit, user, verb, heirs, sum(owned.values()))
    changes: Changes = {"leaving": (None, verb), **shut_out(unit, user, Why.BLOCKED)}
    if user.status is not Status.BLOCKED:
        set_status(unit, user, Status.BLOCKED)
        changes["status"] = (user.status, Status.BLOCKED)
    changes |= {f"records.{kind}": (None, number) for kind, number in owned.items()}
    changes["to"] = (None, sorted(heirs.people))
    unit.record("leave", user.id, changes, _command(verb, user.id, heirs))
    now = read.load(store, [user.id])[0]
    handed = HandedOver(now, owned, heirs, store.rehearsing, under_way)
    return Left(Done(now, "leaving", changes), handed)


def _ended(unit: "Unit", verb: str, user: User, handed: Changes, heirs: Heirs) -> Done:
    after = ENDS[verb](unit, user, handed, _command(verb, user.id, heirs))
    return Done(after, verb, unit.entries[-1].changes)


def _command(verb: str, number: int, heirs: Heirs) -> str:
    return join(["usher", "users", verb, str(number), *transferring.flags(heirs)])
