"""One verb done to many people: what it will do to them, and doing it, batch by batch.

Each person is done or refused by themselves: a refusal of one undoes nobody else. A batch is one
transaction, short enough that others hardly wait, and whoever is stopped has whole batches done.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, TypedDict, Unpack

from store import access
from store.errors import Conflict, NotAllowed, NotFound, Refused, Unavailable, UsherError
from store.leaving.leave import leave
from store.listing import bulk
from store.policy.transitions import Impossible, escaped, problem_of, right_of
from store.records import holdings
from store.session import Proof
from store.users import owning, read
from store.users.acts import DANGEROUS, Done, do
from store.users.assigned import Assigned, counted
from store.users.outcomes import Kind, Outcomes
from store.users.telling import OUTCOMES, particulars
from store.values import Filters, Status, User
from store.wording import _

if TYPE_CHECKING:
    from store.session import Session

BATCH = 50
"""People in one transaction: a fifth of a second, for which others wait."""
REHEARSED = 2000
"""Beyond so many an act is planned instead of rehearsed (DESIGN 2)."""
PLANNED = 500
"""People whom the planner reads at a time."""

Whom = Sequence[int | str]
Named = tuple[int | str | None, Mapping[str, int | str]]
"""To whom goes what people own: everything but what is of a kind that is named."""
Doing = Callable[["Session", int | str], Done]
"""What is done to one of them."""
Progress = Callable[[int, float], None]
"""Told after each batch: people so far, and the part of all from 0 to 1."""
Cancelled = Callable[[], bool]


class How(TypedDict, total=False):
    """How an act on many is done: who is told how far it is, what stops it between two batches,
    and whether it is only rehearsed."""

    progress: Progress | None
    cancelled: Cancelled | None
    rehearsal: bool


_NOBODY = _("not found")


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a verb will do: to how many, what it takes away from them, who is refused and why.

    `acts` counts what is done in the end: whoever is only locked is unlocked by `unblock`. `hangs`
    is all that hangs on those whom it will be done to. `counted` says that it was found by the
    planner, which counts, and not by a rehearsal. `only` is what is done to the one `person`.
    """

    acts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    hangs: Assigned = field(default_factory=Assigned)
    counted: bool = False
    only: Done | None = None
    person: User | None = None

    @property
    def done(self) -> int:
        """How many it is done to."""
        return self.acts.total()


def marked(
    session: "Session", filters: Filters, ids: Collection[int], *, everybody: bool
) -> "array[int]":
    """The ids of those who are marked: these, or all whom the filters show but these.

    What a mark of everybody means is fixed by this, once (DESIGN 4).

    Raises:
        NotAllowed: the actor may not see users.
    """
    if not everybody:
        return array("q", sorted(ids))
    found = array("q")
    for page in bulk.numbers(session, filters):
        found.extend(number for number in page if number not in ids)
    return found


def foresee_one(session: "Session", verb: str, who: int | str) -> Foreseen:
    """What the verb would do to one person, found out by rehearsing it.

    Raises:
        UsherError: the verb refuses.
    """
    store = session.store
    person = read.show(session, who)
    with store.rehearse(session):
        done = do(session, verb, person.id)
    with store.read():
        hangs = counted(store, [done.user.id], store.now())
    return Foreseen(Counter({done.verb: 1}), hangs=hangs, only=done, person=person)


def foresee(
    session: "Session",
    verb: str,
    whom: Whom,
    heirs: Named | None = None,
    *,
    cancelled: Cancelled = lambda: False,
) -> Foreseen:
    """What the verb would do to these people, found out by rehearsing it, or by planning.

    When `cancelled` returns true, it stops after the current batch, and the result is not used.
    """
    if len(whom) > REHEARSED:
        return _plan(session, verb, whom, heirs, cancelled)
    store = session.store
    total = Foreseen()
    for batch in _batches(whom, BATCH if heirs is None else 1):
        if cancelled():
            break
        with store.rehearse(session):
            found = [what for _who, what in _tried(session, _doing(verb, heirs), batch)]
        done = [what for what in found if isinstance(what, Done)]
        # As it is now: in the rehearsal it was gone.
        with store.read():
            hangs = counted(store, [what.user.id for what in done], store.now())
        total = replace(total, hangs=total.hangs + hangs)
        total.acts.update(what.verb for what in done)
        total.refused.update(_in_words(what) for what in found if isinstance(what, UsherError))
    return total


def act(
    session: "Session",
    verb: str,
    whom: Whom,
    heirs: Named | None = None,
    **how: Unpack[How],
) -> Outcomes:
    """Do the verb to all of these people, and tell what became of each; or rehearse just that.

    Who goes with `heirs` named hands over what they own, each in a transaction of their own.

    Where the database can no longer be used it ends there: `stopped` says why, and what was done
    before stays done.

    Raises:
        Unavailable, Conflict: at the very beginning, so that nothing was done.
        PasswordNeeded: it is dangerous, and the actor's password was not given just now.
        SessionEnded: the actor was shut out meanwhile; whole batches are done.
    """
    one_by_one = heirs is not None
    dangerous = verb in DANGEROUS or one_by_one
    doing = _doing(verb, heirs)
    return each(session, doing, whom, dangerous=dangerous, one_by_one=one_by_one, **how)


def each(
    session: "Session",
    do_one: Doing,
    whom: Whom,
    *,
    dangerous: bool,
    one_by_one: bool = False,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    rehearsal: bool = False,
) -> Outcomes:
    """The same of whatever is done to one person after the other; raises as `act` does."""
    store, outcomes = session.store, Outcomes()
    writing: Callable[[Session], AbstractContextManager[object]]
    writing = store.rehearse if rehearsal else partial(store.write, members=True)
    if dangerous and not rehearsal:
        access.require_proof(session)
    for some in _batches(whom, 1 if one_by_one else BATCH):
        if cancelled and cancelled():
            break
        # Given for all of it: a long act must not come to an end amid the marked.
        proven = replace(session, proof=Proof(store.now())) if dangerous else session
        try:
            with writing(session):
                names = _names(session, some)
                found = _tried(proven, do_one, some)
        except (Conflict, Unavailable) as error:
            if not outcomes:
                raise
            outcomes.stopped = error.message
            break
        for who, what in found:
            number, name = names.get(who, (None, str(who)))
            if isinstance(what, NotFound):
                number, name = None, str(who)
            outcomes.add(number, name, _kind(what))
        if progress:
            progress(len(outcomes), len(outcomes) / len(whom))
    return outcomes


def _batches(whom: Whom, size: int) -> Iterator[Whom]:
    return (whom[start : start + size] for start in range(0, len(whom), size))


def _doing(verb: str, heirs: Named | None) -> Doing:
    if heirs is None:
        return lambda session, who: do(session, verb, who)
    return lambda session, who: leave(session, verb, who, *heirs).done


Tried = list[tuple[int | str, Done | UsherError]]


def _tried(session: "Session", do_one: Doing, batch: Whom) -> Tried:
    """What is done to each of a batch, in the transaction that is open, or its refusal."""
    found: Tried = []
    for who in batch:
        try:
            found.append((who, do_one(session, who)))
        except (Refused, NotAllowed, NotFound) as error:
            found.append((who, error))
    return found


def _names(session: "Session", batch: Whom) -> dict[int | str, tuple[int, str]]:
    """Who they are, read to be changed all at once, so that two such acts do not entangle."""
    store = session.store
    numbers = {who: number for who in batch if (number := read.find(store, who))}
    people = {user.id: user for user in read.load(store, list(numbers.values()), to_change=True)}
    return {
        who: (number, people[number].full_name)
        for who, number in numbers.items()
        if number in people
    }


def _kind(what: Done | UsherError) -> Kind:
    if isinstance(what, UsherError):
        return Kind(what.name, _pattern(what), done=False)
    return Kind(OUTCOMES[what.verb], escaped(particulars(what)), done=True)


def _pattern(error: UsherError) -> str:
    return error.problem.pattern if isinstance(error, Impossible) else escaped(error.message)


def _in_words(error: UsherError) -> str:
    """A refusal as it is said of several."""
    if isinstance(error, Impossible):
        return error.problem.words
    return _NOBODY if isinstance(error, NotFound) else _not_allowed(error.message)


def _not_allowed(reason: str) -> str:
    return _("not allowed: {why}").format(why=reason.rstrip("."))


def _plan(
    session: "Session",
    verb: str,
    whom: Whom,
    heirs: Named | None = None,
    cancelled: Cancelled = lambda: False,
) -> Foreseen:
    """Count what a verb would do, by the rules that it goes by, without writing anything."""
    store = session.store
    total = Foreseen(counted=True)
    for batch in _batches(whom, PLANNED):
        if cancelled():
            break
        with store.read():
            actor = access.actor_of(session)
            numbers = [number for who in batch if (number := read.find(store, who))]
            people = read.load(store, numbers)
            verbs = [_in_the_end(verb, user) for user in people]
            owners = holdings.owning(store, numbers) if verb in owning.VERBS and not heirs else ()
            against = [
                _against(session, actor, act, user) or (owning.WORDS if user.id in owners else "")
                for act, user in zip(verbs, people, strict=True)
            ]
            free = [user.id for user, why in zip(people, against, strict=True) if not why]
            hangs = counted(store, free, store.now())
        total = replace(total, hangs=total.hangs + hangs)
        total.acts.update(act for act, why in zip(verbs, against, strict=True) if not why)
        total.refused.update(filter(None, against))
        missing = len(batch) - len(people)
        total.refused.update({_NOBODY: missing} if missing else {})
    return total


def _in_the_end(verb: str, user: User) -> str:
    """Which verb it is: to unblock somebody who is only locked is to unlock (DESIGN 1)."""
    only_locked = user.status is not Status.BLOCKED and user.locks
    return "unlock" if verb == "unblock" and only_locked else verb


def _against(session: "Session", actor: access.Actor, verb: str, user: User) -> str:
    """Why the verb would be refused, in the order in which the verb asks."""
    answer = access.may_now(
        session, actor, right_of(verb, own=user.id == actor.id), read.subject_of(user)
    )
    problem = problem_of(verb, user)
    if not answer:
        return _not_allowed(answer.reason)
    return problem.words if problem else ""
