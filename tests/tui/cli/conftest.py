"""The command line, run in this process on a store of the test's own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from click.testing import CliRunner

from store.database import Store
from tui.cli import usher as root
from tui.cli.request import Request


@dataclass(frozen=True)
class Answer:
    """What a command left: its exit code, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object on stdout; there is nothing beside it."""
        assert self.out.count("\n") == 1
        return json.loads(self.out)


Usher = Callable[..., Answer]


@pytest.fixture
def url(sqlite_url: str) -> str:
    """SQLite alone: the store's tests and tests/e2e are there for both engines."""
    return sqlite_url


@pytest.fixture
def usher(store: Store) -> Usher:
    """Run `usher WORDS…`; `stdin` is what is piped into it."""

    def run(*words: str, stdin: str | bytes = "") -> Answer:
        request = Request(open_store=lambda _url=None, **_how: store)
        result = CliRunner().invoke(root, words, input=stdin, obj=request)
        return Answer(result.exit_code, result.stdout, result.stderr)

    return run
