"""A leaver in one plan: what they own, what ends with them, what is in the way; and what will come
of it, found out before anything is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store import access, locks, settings
from store.leaving import standing
from store.leaving.leave import ENDS, Left, leave
from store.policy import transitions
from store.records import holdings, transferring
from store.records.transferring import HandedOver
from store.users import read
from store.users.assigned import Assigned, counted
from store.values import HandOver, User

if TYPE_CHECKING:
    from store.session import Session


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of somebody who may leave.

    `owned` is what they own by kind. `against` says of each way to go, and of `transfer`, why the
    actor may not choose it; empty where nothing is in the way. `last_admin` says that besides the
    owner no admin could come in without them. `under_way` is a hand-over that is not over.
    """

    user: User
    owned: Mapping[str, int]
    hangs: Assigned
    against: Mapping[str, str]
    last_admin: bool
    under_way: HandOver | None

    @property
    def number(self) -> int:
        return sum(self.owned.values())

    @property
    def in_batches(self) -> bool:
        """Whether more is owned than goes in one transaction."""
        return self.number > transferring.AT_ONCE


def plan(session: "Session", who: int | str) -> Plan:
    """What they own, what ends with them, and what is in the way.

    Raises:
        Invalid: a table of the platform is not as it was declared.
        NotFound: nobody, or nobody whom the actor may see.
    """
    store = session.store
    with store.read():
        user = read.show(session, who)
        actor, now = access.actor_of(session), store.now()
        current = settings.load(store)
        last = user.admin and not user.owner
        last = last and not locks.another_admin(store, user.id, current, now)
        return Plan(
            user,
            holdings.number_of(store, user.id),
            counted(store, [user.id], now),
            {verb: _against(session, actor, verb, user) for verb in (*ENDS, "transfer")},
            last,
            standing.of(store, user.id),
        )


def foresee(
    session: "Session",
    verb: str,
    who: int | str,
    to: int | str | None = None,
    kinds: Mapping[str, int | str] | None = None,
) -> Left | HandedOver:
    """What would come of it, found out by rehearsing it; raises as the act does.

    `verb` is one of `ENDS`, or `transfer`. Of more than `transferring.REHEARSED` rows it is counted
    what goes, and none is moved.
    """
    with session.store.rehearse(session):
        if verb == "transfer":
            return transferring.transfer(session, who, to, kinds)
        return leave(session, verb, who, to, kinds)


def _against(session: "Session", actor: access.Actor, verb: str, user: User) -> str:
    answer = access.may_now(session, actor, transitions.right_of(verb), read.subject_of(user))
    if not answer:
        return answer.reason
    problem = transitions.problem_of(verb, user)
    return transitions.told(problem.pattern, user.id, user.full_name) if problem else ""
