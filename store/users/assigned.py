"""What hangs on a person: what an admin wants to see before shutting them out (S2, DESIGN 3.1)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING

from store.fields import utc_text
from store.records import holdings
from store.users import read

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session


@dataclass(frozen=True, slots=True)
class Assigned:
    """How many there are of each; `records` are counted by their kind."""

    sessions: int = 0
    keys: int = 0
    teams: int = 0
    codes: int = 0
    letters: int = 0
    records: tuple[tuple[str, int], ...] = field(default=())

    def __add__(self, other: "Assigned") -> "Assigned":
        kinds = dict(self.records)
        for kind, number in other.records:
            kinds[kind] = kinds.get(kind, 0) + number
        sums = {
            one.name: getattr(self, one.name) + getattr(other, one.name)
            for one in fields(self)
            if one.name != "records"
        }
        return Assigned(**sums, records=tuple(kinds.items()))


def assigned(session: "Session", who: int | str) -> Assigned:
    """What hangs on one person.

    Raises:
        NotFound: nobody, or nobody whom the actor may see.
    """
    store = session.store
    with store.read():
        return counted(store, [read.show(session, who).id], store.now())


def counted(store: "Store", numbers: Sequence[int], now: datetime) -> Assigned:
    """What hangs on the people of these ids together, in one read; at most some thousand ids.

    Open sessions, keys, memberships, codes that may still be used, letters that wait, records.
    """
    if not numbers:
        return Assigned()
    owned = holdings.counted(store, numbers).items()
    records = tuple((kind, sum(states.values())) for kind, states in owned)
    return replace(besides_records(store, numbers, now), records=records)


def besides_records(store: "Store", numbers: Sequence[int], now: datetime) -> Assigned:
    """The same but for the records, of which there may be a million."""
    marks = ", ".join("?" * len(numbers))
    of_them = "user_id IN (SELECT id FROM who)"
    rows = store.sql(
        f"WITH who (id) AS (SELECT id FROM usher_user WHERE id IN ({marks})) SELECT"
        f" (SELECT count(*) FROM usher_session WHERE ended IS NULL AND {of_them}),"
        f" (SELECT count(*) FROM usher_key WHERE {of_them}),"
        f" (SELECT count(*) FROM usher_membership WHERE {of_them}),"
        f" (SELECT count(*) FROM usher_code WHERE ended IS NULL AND expires >= ? AND {of_them}),"
        f" (SELECT count(*) FROM usher_letter WHERE state = 'queued' AND {of_them})",
        *numbers,
        utc_text(now),
    )
    return Assigned(*rows[0])
