"""Delivering: letters leave one by one, each held by a lease while it is sent (DESIGN 3.12).

At least once: what a server has taken and could not say so any more is sent again, under the same
Message-ID. Any number may deliver at once; whoever dies over a letter loses it when its lease has
run out (CHECKLIST J64-J66). No transaction is open while a server is spoken to.
"""

import random
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from store.errors import UsherError
from store.fields import utc_text
from store.mail import transports
from store.mail.composing import HIDDEN, House, UnsendableError, compose
from store.mail.outbox import DUE, STATES, due_at
from store.mail.transports import UndeliveredError
from store.models import LetterRow
from store.session import visitor
from store.values import Door, Origin
from store.wording import _

if TYPE_CHECKING:
    from store.database import Store, Unit
    from store.mail.transports import Transport

LEASE = timedelta(minutes=10)
"""Twice as long as a letter can take."""
SOONEST, LATEST = timedelta(minutes=1), timedelta(hours=6)
"""How long after a failed try the next one follows: doubling from the one to the other."""
JITTER = 0.25
"""By so much of it either way, so that those who failed together do not come back together."""
HOURS = 72
TRYING = timedelta(hours=HOURS)
"""How long a letter is tried before it is parked."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of the letters of one run; `trouble` is why it ended before all were tried."""

    sent: int = 0
    later: int = 0
    parked: int = 0
    trouble: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"trouble": self.trouble or None}


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one try, in the state that the letter has by it; `at_fault` as of a
    transport's error."""

    state: str
    words: str = ""
    at_fault: bool = False


def deliver(
    store: "Store",
    *,
    limit: int | None = None,
    stop: Callable[[], bool] = lambda: False,
    chance: Callable[[], float] = random.random,
) -> Delivered:
    """Send what is due, the longest due first, at most `limit` letters; a verb of nobody's.

    It ends between two letters when `stop` says so, and where no other letter would fare better.
    `chance` gives numbers from 0 to 1, by which what failed together comes back apart.
    """
    session = visitor(store, None, "", Door.USHER, Origin())
    house = House.of(store)
    transport = store.transport or transports.by_settings(store, house.settings)
    became, trouble = dict.fromkeys(STATES, 0), ""
    tried: tuple[LetterRow, _Outcome] | None = None

    def goes_on() -> bool:
        enough = limit is not None and sum(became.values()) >= limit
        return not (enough or trouble or stop())

    try:
        # One connection for all of them; while a server is spoken to it has no transaction.
        with store.read():
            while True:
                with store.write(session) as unit:
                    if tried:
                        became[_put(unit, *tried, chance)] += 1
                    row = _take(unit) if goes_on() else None
                if row is None:
                    break
                tried = row, _tried(store, transport, house, row)
                trouble = tried[1].words if tried[1].at_fault else ""
    finally:
        transport.close()
    return Delivered(became["sent"], became["queued"], became["parked"], trouble)


def _take(unit: "Unit") -> LetterRow | None:
    """The letter that has been due the longest, which is ours until the lease runs out."""
    store, now = unit.session.store, utc_text(unit.now)
    rows = store.sql(
        "UPDATE usher_letter SET state = 'sending', lease = ?, began = coalesce(began, ?)"
        f" WHERE id = (SELECT id FROM usher_letter WHERE {DUE} ORDER BY due, id LIMIT 1"
        f"{' FOR UPDATE SKIP LOCKED' if store.postgres else ''}) RETURNING id",
        utc_text(unit.now + LEASE),
        now,
        *due_at(unit.now),
    )
    return LetterRow.get_by_id(rows[0][0]) if rows else None


def _tried(store: "Store", transport: "Transport", house: House, row: LetterRow) -> _Outcome:
    """Try to send one letter; whatever happens, the ones behind it have their turn."""
    code = ""
    try:
        composed = compose(store, row, house)
        code = composed.code
        transport.send(composed.message, composed.sender, composed.recipient)
    except UnsendableError as error:
        return _Outcome("parked", error.sentence)
    except UndeliveredError as error:
        state = "parked" if error.final else "queued"
        return _Outcome(state, _without(code, error.words), error.at_fault)
    except UsherError:
        raise
    except Exception as error:
        # Of a fault in the message its type is enough, for its words may hold the code.
        store.log.warning("letter %s cannot be written: %s", row.id, type(error).__name__)
        sentence = _("It cannot be written ({why}).")
        return _Outcome("parked", sentence.format(why=type(error).__name__))
    return _Outcome("sent")


def _put(unit: "Unit", row: LetterRow, outcome: _Outcome, chance: Callable[[], float]) -> str:
    """Write down what became of a letter; gives its state.

    That it was sent holds whoever has the lease by now; all else is theirs to say.
    """
    state, words = outcome.state, outcome.words
    changes: dict[Any, Any] = {LetterRow.lease: None, LetterRow.tries: LetterRow.tries + 1}
    mine = LetterRow.id == row.id
    if state == "sent":
        changes = {LetterRow.lease: None, LetterRow.sent: unit.now}
    else:
        mine &= (LetterRow.state == "sending") & (LetterRow.lease == row.lease)
    if state == "queued" and unit.now - row.began >= TRYING:
        state = "parked"
        words = _("Given up after {n} hours: {words}").format(n=HOURS, words=words)
    if state == "queued":
        changes[LetterRow.due] = unit.now + wait_after(row.tries, chance())
    changes |= {LetterRow.state: state, LetterRow.error: words}
    LetterRow.update(changes).where(mine).execute()
    return state


def wait_after(tries: int, chance: float) -> timedelta:
    """How long a letter waits after so many failed tries and another one."""
    doubled = min(SOONEST * float(2 ** min(tries, 20)), LATEST)
    return max(SOONEST, min(doubled * (1 - JITTER + 2 * JITTER * chance), LATEST))


def _without(code: str, words: str) -> str:
    """A server's words without the code, which it has read and may repeat."""
    for secret in filter(None, (code, code.replace("-", ""))):
        words = words.replace(secret, HIDDEN)
    return words
