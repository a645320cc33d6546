"""One account a worker and engine, for all cells."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store.bound import proxy
from tests.conftest import FakeClock, Postgres, without_account
from tests.rights.world import World, begin


@pytest.fixture(scope="session")
def sqlite_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("rights")
    with _world(f"sqlite:///{folder / 'usher.db'}", folder) as made:
        yield made


@pytest.fixture(scope="session")
def postgres_account(
    postgres_server: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("rights")
    with postgres_server.fresh() as address, _world(address, folder) as made:
        yield made


@pytest.fixture
def world(sqlite_world: World) -> World:
    return _in_use(sqlite_world)


@pytest.fixture
def postgres_world(postgres_account: World) -> World:
    return _in_use(postgres_account)


def _in_use(world: World) -> World:
    """The models are those of the store that was opened last, which may be another test's."""
    proxy.initialize(world.store.database)
    return world


@contextmanager
def _world(url: str, folder: Path) -> Iterator[World]:
    clock = FakeClock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_DATA", str(folder))
        store = without_account(url, clock)
    yield begin(store, clock, folder)
    store.close()
