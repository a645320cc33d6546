"""Big hand-overs, batch by batch: each is a transaction of its own, short enough that others hardly
wait, and whatever was interrupted between two of them goes on (DESIGN 3.8).

Every batch has an entry of its own, as every change has; whoever began it stands there as its
actor, for whoever goes on with it decides nothing.
"""

from collections.abc import Callable
from time import sleep
from typing import TYPE_CHECKING

from store.errors import Invalid, Refused
from store.leaving import standing
from store.leaving.leave import end
from store.models import HandOverRow
from store.records import recipients, transferring
from store.session import NOBODY, Session, origin_of_process
from store.users import read
from store.values import Door, HandOver

if TYPE_CHECKING:
    from store.database import Store, Unit

BATCH = 2_000
"""Rows in one transaction: a tenth of a second, for which others wait."""
PAUSE_SECONDS = 0.01
"""Between two batches, so that whoever waits comes first."""

Progress = Callable[[HandOver], None]
"""Told before each batch how far the hand-over is."""
Cancelled = Callable[[], bool]


def carry_on(
    store: "Store",
    only: int | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> tuple[HandOver, ...]:
    """Go on with every hand-over that is not over, or with that of one person alone.

    Nobody in particular does it: whoever began it was allowed to. Gives back those that are still
    not over, because they cannot go on or because it was cancelled.

    Raises:
        Unavailable, Conflict: the database cannot be used; what has gone stays gone.
    """
    with store.bulk():
        for one in standing.pending(store):
            if only in {None, one.user}:
                _through(store, one, progress, cancelled)
    return tuple(one for one in standing.pending(store) if only in {None, one.user})


def _through(
    store: "Store", one: HandOver, progress: Progress | None, cancelled: Cancelled | None
) -> None:
    left: HandOver | None = one
    # One that has stopped is tried once more: who could not be given it may be active again.
    while left and not (cancelled and cancelled()):
        if progress:
            progress(left)
        _batch(store, left)
        left = standing.of(store, one.user)
        if left and left.stopped:
            return
        sleep(PAUSE_SECONDS)


def _batch(store: "Store", seen: HandOver) -> None:
    """The next rows, and with the last of them the end."""
    with store.write(_session(store, seen), members=True) as unit:
        # Looked at anew: others may go on with the same hand-over, or have changed its heirs.
        under_way = standing.of(store, seen.user)
        if under_way is None:
            return
        try:
            with unit.within(), store.database.atomic():
                _move(unit, under_way)
        except (Refused, Invalid) as error:
            HandOverRow.update(stopped=error.message).where(HandOverRow.user == seen.user).execute()


def _move(unit: "Unit", under_way: HandOver) -> None:
    store, heirs = unit.session.store, under_way.heirs
    user = read.load(store, [under_way.user], to_change=True)[0]
    recipients.again(store, user.id, heirs)
    gone = transferring.batch(unit, user, heirs, BATCH)
    HandOverRow.update(moved=HandOverRow.moved + gone, stopped="").where(
        HandOverRow.user == user.id
    ).execute()
    if gone < BATCH:
        end(unit, user)


def _session(store: "Store", one: HandOver) -> Session:
    """A session of whoever began it, for the entries alone: nothing is asked of it."""
    number, name = one.by
    origin = origin_of_process()
    return Session(store, number or NOBODY, name, Door.USHER, origin, reason=one.reason)
