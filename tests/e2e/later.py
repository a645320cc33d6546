"""Usher with a clock that SIGUSR1 puts forward by an hour: the idle limit without the wait."""

import os
import signal
import sys
from datetime import UTC, datetime, timedelta

from store.opening import open_store
from tui.app import run

HOUR = timedelta(hours=1)


class Clock:
    """The time of day, and what was added to it."""

    def __init__(self) -> None:
        self.added = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.added

    def forward(self, _number: int, _frame: object) -> None:
        self.added += HOUR


def main(database: str) -> None:
    """Open the screens of this database."""
    clock = Clock()
    signal.signal(signal.SIGUSR1, clock.forward)
    os.umask(0o077)
    sys.exit(run(open_store(f"sqlite:///{database}", clock=clock)))


if __name__ == "__main__":
    main(*sys.argv[1:])
