"""What removing somebody has deleted is taken out of the files as well (DESIGN 3.1).

On SQLite rows that are deleted are overwritten at once (`secure_delete`), but a page that was split
may keep a copy of what went to the other half, the search index keeps what it has let go of until
its parts are merged, and the write-ahead log what was written to it. On PostgreSQL dead rows stay
until they are vacuumed.
"""

from typing import TYPE_CHECKING

from store import audit
from store.models import TABLES

if TYPE_CHECKING:
    from store.database import Store
    from store.session import Session

VERB = "erase"
PAGES = 100
"""Pages of the search index that are merged in one transaction: a tenth of a second for others."""
TRIES, PATIENCE = 10, 0.3
"""How often, and for how many seconds each, it is waited for those who read from the log."""


def erase(session: "Session") -> int:
    """Take out what is left of those who were removed since the last time; how many they were.

    Where somebody reads from the write-ahead log all along it is none: the next run tries again.
    """
    store = session.store
    through, number = _gone(store)
    if not number or not (store.rehearsing or _taken_out(session)):
        return 0
    with store.write(session) as unit:
        # Whoever was removed meanwhile is for the next run.
        changes = {"people": (None, number), "through": (None, through)}
        unit.record(VERB, None, changes, "usher maintain")
    return number


def _gone(store: "Store") -> tuple[int, int]:
    """The newest entry, and how many have been removed up to it since the last time."""
    with store.read():
        last = audit.newest_of(store, None, VERB)
        newest = audit.head(store).seq
        ((number,),) = store.sql(
            "SELECT count(*) FROM usher_audit WHERE verb IN (?, ?) AND seq > ? AND seq <= ?",
            *audit.ERASING,
            last.changes["through"][1] if last else 0,
            newest,
        )
    return newest, int(number)


def _taken_out(session: "Session") -> bool:
    store = session.store
    if store.postgres:
        tables = [table._meta.table_name for table in TABLES]
        with store.read():
            store.sql(f"VACUUM {', '.join((*tables, 'usher_grams'))}")
        return True
    _merge(session)
    with store.alone():
        # The others wait for a second or two per 50 000 people; nothing less reaches every page.
        store.sql("VACUUM")
    return _truncated(store)


def _merge(session: "Session") -> None:
    """Merge the parts of the search index into one, a little at a time."""
    store = session.store
    with store.read() as database:
        connection = database.connection()  # type: ignore[no-untyped-call]
        pages, under_way = -PAGES, True
        while under_way:
            with store.write(session):
                before = connection.total_changes
                store.sql("INSERT INTO usher_grams (usher_grams, rank) VALUES ('merge', ?)", pages)
                # FTS5 says in this way that there was nothing to merge any more.
                under_way = connection.total_changes - before > 1
            # The first of them only begins it, for all parts together.
            pages = PAGES


def _truncated(store: "Store") -> bool:
    """Copy the write-ahead log into the database and empty it, if nobody reads from it."""
    with store.read():
        if store.sql("PRAGMA journal_mode") != [("wal",)]:
            return True
        ((usual,),) = store.sql("PRAGMA busy_timeout")
        store.sql(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
        try:
            return any(
                not store.sql("PRAGMA wal_checkpoint(TRUNCATE)")[0][0] for _try in range(TRIES)
            )
        finally:
            store.sql(f"PRAGMA busy_timeout = {usual}")
