"""Who tried what they may not: an entry of the history for each refusal (CHECKLIST F50).

A refusal undoes the transaction of its verb, and with it all that the verb would have written. So
it is noted here, and written in a transaction of its own when the outermost one has ended.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from store.errors import UsherError
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session

MOST = 20
"""Entries an hour for one actor: who tries on tells nothing new, and must not fill the history."""
WINDOW = timedelta(hours=1)
PATIENCE = 2.0
"""Seconds that an entry waits for other writers; the refusal itself waits for nobody."""
KIND = "denied"
"""What is counted of an actor, in the throttle."""


@dataclass(frozen=True, slots=True)
class Denial:
    """One refusal: whose session, which permission was missing, on whom if on anybody."""

    session: "Session"
    permission: str
    target: int | None


def note(session: "Session", permission: str, target: int | None = None) -> None:
    """Remember a refusal, to be written as soon as no transaction stands around it.

    A rehearsal is no attempt: nothing is noted of it.
    """
    store = session.store
    denial = Denial(session, permission, target)
    if store.unit is None:
        write(store, [denial])
    elif not store.unit.rehearsal:
        store.unit.denied.append(denial)


def write(store: "Store", denials: Iterable[Denial]) -> None:
    """Write what was noted; a database that cannot take it makes no other error of a refusal."""
    try:
        for denial in denials:
            _write(denial)
    except UsherError as error:
        store.log.warning("a denial was not written: %s", error.name)


def _write(denial: Denial) -> None:
    from store.signin import throttle  # noqa: PLC0415  (needed once something is denied)

    session = denial.session
    actor = f"user {session.user}" if session.user else session.name
    if throttle.lately(session.store, KIND, actor, WINDOW) >= MOST:
        return
    with session.store.write(session, wait=PATIENCE) as unit:
        number = throttle.add(unit, KIND, actor, WINDOW)
        if number > MOST:
            return
        changes: dict[str, tuple[Any, Any]] = {"permission": (None, denial.permission)}
        if number == MOST:
            sentence = _("no more of theirs within this hour: these were {n}")
            changes["written"] = (None, sentence.format(n=MOST))
        unit.record(KIND, denial.target, changes)
