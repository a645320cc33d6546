"""The ledger of a batch of invitations as a file: who was invited, and why the others were not."""

import csv
from collections.abc import Iterator
from pathlib import Path

from store.exchange import target
from store.exchange.cells import protected
from store.invitations.checking import Ledger, Line

COLUMNS = ("address", "outcome", "message", "user", "first_name", "last_name")


def write_ledger(path: Path, ledger: Ledger, *, replace: bool = False) -> Path:
    """Write a ledger to a CSV file, a line each; cells that look like formulae are protected.

    Raises:
        Refused: something is there that may not be replaced, the path is out of reach, its folder
            takes nothing, or its name does not end as it must.
        Unavailable: the disk does not take it.
    """
    with target.opened(path, replace=replace, any_ending=False) as file:
        try:
            writer = csv.writer(file.stream)
            writer.writerow(COLUMNS)
            writer.writerows(map(protected, _rows(ledger.lines)))
            file.complete()
        except OSError as error:
            raise file.unwritable(error) from error
        file.publish()
    return path


def _rows(lines: tuple[Line, ...]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        asked, known = line.asked, line.user or (line.holder.id if line.holder else "")
        yield (
            asked.address or asked.typed, line.outcome, line.message, str(known),
            asked.first_name, asked.last_name,
        )  # fmt: skip
