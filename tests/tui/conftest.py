"""The screens are tested on SQLite: they never see an engine, the store's tests see both."""

import shutil
from pathlib import Path

import pytest

from tests.tui import idle

idle.install()


@pytest.fixture
def url(data_folder: Path, sqlite_template: Path) -> str:
    """The address of an empty account."""
    data_folder.mkdir(mode=0o700)
    shutil.copyfile(sqlite_template, data_folder / "usher.db")
    return f"sqlite:///{data_folder / 'usher.db'}"
