"""An import goes batch by batch: progress, giving up, and others who write meanwhile."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from store import audit
from store.errors import Unavailable
from store.exchange import importing
from store.exchange.importing import import_people
from store.session import Session
from tests.store.exchange.conftest import Write, everybody, many


def test_progress_is_told_after_each_batch(session: Session, write: Write) -> None:
    told: list[tuple[int, float]] = []
    path = write(*many(2 * importing.BATCH + 1))
    import_people(session, path, progress=lambda rows, part: told.append((rows, part)))
    assert [rows for rows, _part in told] == [1000, 2000, 2001]
    parts = [part for _rows, part in told]
    assert parts == sorted(parts)
    assert parts[-1] == 1.0


def test_what_was_written_before_it_was_cancelled_stays(session: Session, write: Write) -> None:
    path = write("bad", *many(2 * importing.BATCH))
    answers = iter([False, True])
    summary = import_people(session, path, cancelled=lambda: next(answers))
    assert (summary.rows, summary.created) == (importing.BATCH, importing.BATCH - 1)
    assert summary.failed_file is not None
    again = import_people(session, path)
    assert (again.unchanged, again.created) == (importing.BATCH - 1, importing.BATCH + 1)


def test_an_import_that_is_cut_off_says_what_is_in_and_is_finished_by_repeating_it(
    session: Session, write: Write
) -> None:
    """CHECKLIST I60: a batch is written whole or not at all."""
    path = write("bad", *many(importing.BATCH + 10))
    store = session.store

    def fault(rows: int, _part: float) -> None:
        assert rows == importing.BATCH
        with store.read():
            store.database.execute_sql("ALTER TABLE usher_membership RENAME TO elsewhere")  # type: ignore[no-untyped-call]

    with pytest.raises(Unavailable) as cut_off:
        import_people(session, path, progress=fault)
    assert cut_off.value.data == {"rows": importing.BATCH}
    with store.read():
        store.database.execute_sql("ALTER TABLE elsewhere RENAME TO usher_membership")  # type: ignore[no-untyped-call]
    assert [one.name for one in path.parent.glob("*.csv")] == ["people.csv"]
    assert len(everybody(store)) == importing.BATCH
    summary = import_people(session, path)
    assert (summary.unchanged, summary.created) == (importing.BATCH - 1, 11)
    assert audit.verify(store) is None


def test_rows_that_someone_else_takes_meanwhile_are_conflicts_not_errors(
    session: Session, write: Write
) -> None:
    """CHECKLIST H55: two imports of the same people at once, each person once."""
    path = write(*many(3 * importing.BATCH))
    twin = write(*many(3 * importing.BATCH), name="twin.csv")
    with ThreadPoolExecutor(2) as threads:
        both = [threads.submit(import_people, session, one) for one in (path, twin)]
        done = [one.result() for one in both]
    assert sum(one.created for one in done) == 3 * importing.BATCH
    assert sum(one.unchanged for one in done) == 3 * importing.BATCH
    assert len(everybody(session.store)) == 1 + 3 * importing.BATCH
    assert audit.verify(session.store) is None
