"""What the tests of the list are given: people in an account."""

import pytest

from store.database import Store
from tests.store.listing.crowd import Crowd, strangers


@pytest.fixture
def crowd(store: Store) -> Crowd:
    """An account with nobody in it yet."""
    return Crowd(store)


@pytest.fixture
def many(crowd: Crowd) -> Crowd:
    """Two thousand people in all scripts and in every status."""
    crowd.add(*strangers(2000))
    return crowd
