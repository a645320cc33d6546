"""The screens are tested on SQLite: they never see an engine, the store's tests see both."""

import pytest

from tests.tui import idle

idle.install()


@pytest.fixture
def url(sqlite_url: str) -> str:
    """On SQLite."""
    return sqlite_url
