"""Usher with a clock that signals put forward: limits of time without the wait."""

import os
import signal
import sys
from datetime import UTC, datetime, timedelta

from store.opening import open_store
from tui.app import run

FORWARD = {signal.SIGUSR1: timedelta(hours=1), signal.SIGUSR2: timedelta(minutes=6)}


class Clock:
    """The time of day, and what was added to it."""

    def __init__(self) -> None:
        self.added = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.added

    def forward(self, number: int, _frame: object) -> None:
        self.added += FORWARD[signal.Signals(number)]


def main(database: str) -> None:
    """Open the screens of this database."""
    clock = Clock()
    for number in FORWARD:
        signal.signal(number, clock.forward)
    os.umask(0o077)
    sys.exit(run(open_store(f"sqlite:///{database}", clock=clock)))


if __name__ == "__main__":
    main(*sys.argv[1:])
