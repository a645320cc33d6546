"""A file brought in batch by batch: what every import has in common, whatever its rows tell of."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from store.errors import Conflict, UsherError
from store.exchange.reading import Row, Source
from store.exchange.summary import Tally
from store.wording import _

Written = TypeVar("Written")

BATCH = 1000
"""Rows in one transaction."""

ATTEMPTS = 3
"""Times that a batch is decided anew when someone else writes the same thing at that moment."""

Progress = Callable[[int, float], None]
"""Told after each batch: rows so far, and the part of the file from 0 to 1."""

Cancelled = Callable[[], bool]
"""Asked before each batch whether to stop there."""


def batches(
    source: Source, most: int, progress: Progress | None, cancelled: Cancelled | None
) -> Iterator[list[Row]]:
    """The rows, so many at a time; tells when a batch is done.

    Raises:
        Refused: the file was changed while it was read.
    """
    rows_of = source.batches(most)
    done = 0
    while not (cancelled and cancelled()):
        rows = next(rows_of, None)
        if rows is None:
            return
        yield rows
        done += len(rows)
        if progress:
            progress(done, source.part)


def written(write: Callable[[], Written]) -> Written:
    """What `write` does in one transaction, done anew where someone else was quicker.

    Raises:
        UsherError: it is refused, or someone else is quicker each time.
    """
    for _attempt in range(ATTEMPTS - 1):
        try:
            return write()
        except Conflict:
            continue
    return write()


@contextmanager
def telling_what_is_in(tally: Tally) -> Iterator[None]:
    """Add to the refusal of a batch what is known of those before."""
    try:
        yield
    except UsherError as error:
        if tally.rows:
            sentence = _(
                "{why} {rows} rows were imported before that. Import the file again; "
                "these rows are recognized."
            )
            error.message = sentence.format(why=error.message, rows=tally.rows)
            error.data["rows"] = tally.rows
        raise
