"""How far a long command is: words on stderr, for people who wait at a terminal."""

import sys
from collections.abc import Callable
from time import monotonic
from types import TracebackType
from typing import Self

import click

from tui.safe import safe, width

PATIENCE = 0.5
"""Seconds after which a person wants to see that something is going on."""
PACE = 1.0
"""Seconds between two lines: each costs where the line is slow."""


class Progress:
    """Called with how much is done, it says so: seldom, only on a terminal, on one line.

    `sentence` makes the words. The line is gone when the work is over.
    """

    def __init__(self, sentence: Callable[[int], str]) -> None:
        self._sentence = sentence
        self._due = monotonic() + PATIENCE
        self._covered = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._covered:
            self._put("")
            click.echo("\r", file=sys.stderr, nl=False)

    def __call__(self, done: int) -> None:
        if monotonic() >= self._due and sys.stderr.isatty():
            self._due = monotonic() + PACE
            self._put(safe(self._sentence(done)))

    def _put(self, words: str) -> None:
        padding = " " * max(self._covered - width(words), 0)
        click.echo(f"\r{words}{padding}", file=sys.stderr, nl=False)
        self._covered = width(words)
