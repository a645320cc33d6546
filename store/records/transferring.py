"""Handing over what somebody owns: all of it or by kind, at once or in batches (DESIGN 3.8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from shlex import join
from typing import TYPE_CHECKING

from store import access
from store.errors import Refused
from store.leaving import standing
from store.models import HandOverRow
from store.records import holdings, recipients
from store.users import read
from store.values import HandOver, Heirs, User
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store, Unit
    from store.session import Session
    from store.users.moving import Changes

AT_ONCE = 10_000
"""Rows that go in one transaction; more go in batches (DESIGN 3.8)."""
OF_RECORDS = "records."
"""What begins the fields of an entry that tell how many of a kind went."""
REHEARSED = 2_000
"""Rows beyond which a rehearsal counts, and moves nothing (DESIGN 2)."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What goes to whom. `counted` says that a rehearsal has counted it and moved nothing;
    `under_way` that it goes in batches, for which somebody has yet to care."""

    user: User
    goes: Mapping[str, int]
    heirs: Heirs
    counted: bool = False
    under_way: HandOver | None = None

    @property
    def number(self) -> int:
        return sum(self.goes.values())


def transfer(
    session: "Session",
    who: int | str,
    to: int | str | None = None,
    kinds: Mapping[str, int | str] | None = None,
) -> HandedOver:
    """Give what somebody owns to one active user, or what is of a kind to one for that kind.

    More than `AT_ONCE` rows are only begun: `batches.carry_on` does the rest. Of whom that was
    begun already, it goes on with the heirs of before, where no others are named.

    Raises:
        IsLeaving: it is being handed over already, and they go with it.
        NotAllowed: the actor may not hand over what is this person's.
        NotFound: nobody, or nobody whom the actor may see; also of those who are to be given it.
        PasswordNeeded: it is dangerous, and the actor's password was not given just now.
        Refused: nobody is named, they own nothing of it, or who is named may not be given anything.
    """
    store, before = session.store, seen_before(session.store, who)
    with store.write(session, members=True) as unit:
        user = read.show(session, who, to_change=True)
        access.require(session, "users.transfer", read.subject_of(user))
        access.require_proof(session)
        standing.check(store, user)
        begun = standing.of(store, user.id)
        if begun and not (to or kinds):
            heirs = begun.heirs
            recipients.again(store, user.id, heirs)
        else:
            heirs = chosen(session, user, to, kinds)
        goes = shares(before or holdings.number_of(store, user.id), heirs)
        if not goes:
            sentence = _(
                "{name} (user {id}) owns no such records. There is nothing to transfer."
            ).format(name=user.full_name, id=user.id)
            raise Refused(sentence, code="owns_nothing")
        if sum(goes.values()) > AT_ONCE:
            begun = begin(unit, user, "transfer", heirs, sum(goes.values()))
            return HandedOver(user, goes, heirs, store.rehearsing, begun)
        standing.forget(user.id)
        return hand_over(unit, user, heirs, goes)


def chosen(
    session: "Session",
    user: User,
    to: int | str | None,
    kinds: Mapping[str, int | str] | None,
) -> Heirs:
    """Who is named; raises as `recipients.chosen` does, and where nobody is."""
    if to is None and not kinds:
        raise Refused(_("The recipient is missing. Choose one. Add: --to WHO"), code="nobody_named")
    return recipients.chosen(session, user, to, kinds)


def seen_before(store: "Store", who: int | str) -> Mapping[str, int]:
    """What somebody owns, where that is too much to be counted while others wait; else nothing.

    It is what a hand-over in batches goes by, which looks at the end whether anything is left.
    """
    with store.read():
        number = read.find(store, who)
        owned = holdings.number_of(store, number) if number else {}
    return owned if sum(owned.values()) > AT_ONCE else {}


def shares(owned: Mapping[str, int], heirs: Heirs) -> Mapping[str, int]:
    """How much of each kind goes to somebody: what a preview tells and the act does."""
    return {kind: number for kind, number in owned.items() if heirs.of(kind) is not None}


def hand_over(unit: "Unit", user: User, heirs: Heirs, goes: Mapping[str, int]) -> HandedOver:
    """Let it go in the transaction that is open, with an entry of its own."""
    gone, counted = moved(unit, user, heirs, goes)
    unit.record("transfer", user.id, changes(gone, heirs), command(user.id, heirs))
    return HandedOver(user, gone, heirs, counted)


def batch(unit: "Unit", user: User, heirs: Heirs, most: int) -> int:
    """Let at most so many rows go; how many went. Fewer than that are the last."""
    gone = holdings.move(unit, user.id, heirs, most)
    if gone:
        unit.record("transfer", user.id, changes(gone, heirs), command(user.id, heirs))
    return sum(gone.values())


def moved(
    unit: "Unit", user: User, heirs: Heirs, goes: Mapping[str, int]
) -> tuple[Mapping[str, int], bool]:
    """What has gone; a rehearsal of many rows moves none, and says that it has counted them."""
    if unit.rehearsal and sum(goes.values()) > REHEARSED:
        return goes, True
    return holdings.move(unit, user.id, heirs), False


def begin(unit: "Unit", user: User, verb: str, heirs: Heirs, total: int) -> HandOver | None:
    """Remember what is to go in batches; one that was begun goes on with these heirs."""
    by_id, by_name = unit.by
    store = unit.session.store
    before = standing.of(store, user.id)
    moved = before.moved if before else 0
    HandOverRow.insert(
        user=user.id,
        verb=verb,
        plan=standing.plan_text(heirs),
        reason=unit.session.reason or (before.reason if before else ""),
        status=before.status if before and before.leaves else user.status,
        by_id=by_id,
        by_name=by_name,
        began=unit.now,
        total=moved + total,
        moved=moved,
        stopped="",
    ).on_conflict(
        conflict_target=[HandOverRow.user],
        preserve=[
            HandOverRow.verb, HandOverRow.plan, HandOverRow.reason, HandOverRow.status,
            HandOverRow.by_id, HandOverRow.by_name, HandOverRow.total, HandOverRow.stopped,
        ],
    ).execute()  # fmt: skip
    return standing.of(store, user.id)


def changes(gone: Mapping[str, int], heirs: Heirs) -> "Changes":
    """What an entry says of it: how many of each kind went, and to whom."""
    told: Changes = {f"{OF_RECORDS}{kind}": (number, 0) for kind, number in gone.items()}
    return told | {"to": (None, sorted(heirs.people))}


def command(number: int, heirs: Heirs) -> str:
    """The command that hands over the same."""
    return join(["usher", "records", "transfer", "--from", str(number), *flags(heirs, "--to")])


def flags(heirs: Heirs, to: str = "--transfer-to") -> list[str]:
    """Heirs as a command names them."""
    named = [to, str(heirs.all)] if heirs.all is not None else []
    return named + [
        word for kind, one in sorted(heirs.kinds.items()) for word in ("--kind", f"{kind}={one}")
    ]
