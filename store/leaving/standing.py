"""Hand-overs that have yet to end: who is leaving, how far it is, and what waits for it."""

import json
from typing import TYPE_CHECKING, Any

from store.fields import utc_moment
from store.models import HandOverRow
from store.policy.transitions import Impossible, Problem, escaped
from store.values import HandOver, Heirs, Status, User
from store.wording import _, grouped

if TYPE_CHECKING:
    from store.database import Store

_COLUMNS = "user_id, verb, plan, reason, status, by_id, by_name, began, total, moved, stopped"
GOES_ON = {
    "deactivate": "usher users deactivate {id}",
    "remove": "usher users remove {id}",
    "transfer": "usher records transfer --from {id}",
}
"""The command by which a hand-over goes on, by what it ends with."""


class IsLeaving(Impossible):
    """What they own is being handed over; until that is done, nothing else is done to them."""

    def __init__(self, user: User, under_way: HandOver) -> None:
        sentence = _("{name} is being offboarded: {told} Continue: {command}")
        pattern = sentence.replace("{told}", escaped(told(under_way)))
        pattern = pattern.replace("{command}", GOES_ON[under_way.verb])
        super().__init__(Problem("is_leaving", pattern, _("already being offboarded")), user)
        self.data |= {"moved": under_way.moved, "total": under_way.total}


def of(store: "Store", number: int) -> HandOver | None:
    """The hand-over of what one person owns, where it goes in batches and is not over."""
    with store.read():
        rows = store.sql(f"SELECT {_COLUMNS} FROM usher_hand_over WHERE user_id = ?", number)
    return _value(rows[0]) if rows else None


def pending(store: "Store") -> tuple[HandOver, ...]:
    """All of them, the oldest first."""
    with store.read():
        rows = store.sql(f"SELECT {_COLUMNS} FROM usher_hand_over ORDER BY began, user_id")
    return tuple(map(_value, rows))


def check(store: "Store", user: User) -> None:
    """See that somebody is not leaving just now.

    Raises:
        IsLeaving: they are; the sentence says how far it is.
    """
    found = of(store, user.id)
    if found and found.leaves:
        raise IsLeaving(user, found)


def forget(number: int) -> None:
    """It is over, or never begins; inside the transaction of whoever knows."""
    HandOverRow.delete().where(HandOverRow.user == number).execute()


def told(under_way: HandOver) -> str:
    """How far it is, and why it goes no further where it does not."""
    sentence = _("{moved} of {total} records transferred.").format(
        moved=grouped(under_way.moved), total=grouped(under_way.total)
    )
    if not under_way.stopped:
        return sentence
    return sentence + " " + _("It has stopped: {why}").format(why=under_way.stopped)


def plan_text(heirs: Heirs) -> str:
    """To whom each kind goes, as it is kept between two batches."""
    return json.dumps({"all": heirs.all, "kinds": dict(heirs.kinds)})


def _value(row: tuple[Any, ...]) -> HandOver:
    user, verb, plan, reason, status, by_id, by_name, began, total, moved, stopped = row
    heirs, moment = json.loads(plan), utc_moment(began)
    if moment is None:
        raise ValueError("a hand-over without a time")
    return HandOver(
        user=user,
        verb=verb,
        heirs=Heirs(heirs["all"], heirs["kinds"]),
        reason=reason,
        status=Status(status),
        by=(by_id, by_name),
        began=moment,
        total=total,
        moved=moved,
        stopped=stopped,
    )
