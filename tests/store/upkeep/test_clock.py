"""The clock: more than a day off is reported, and accepted by a command (CHECKLIST B21)."""

from datetime import timedelta

import pytest

from store import audit, signin
from store.database import Store
from store.errors import Refused, SignInRefused
from store.session import Session, operator_session
from store.upkeep import clock as upkeep
from store.values import Door, Origin
from tests.conftest import PASSWORD, FakeClock

HERE = Origin("root", "203.0.113.9")


def test_a_clock_that_was_ahead_is_reported_until_it_is_accepted(
    store: Store, clock: FakeClock, owner: Session
) -> None:
    clock.forward(days=200)
    signin.sign_in(store, "olga", PASSWORD, Door.USHER, HERE)
    clock.forward(days=-200)
    assert upkeep.behind(store) == timedelta(days=200)
    assert not signin.sign_in(store, "olga", PASSWORD, Door.USHER, HERE).must_change_password
    assert upkeep.behind(store) == timedelta(days=200), "the entry is still there"
    assert upkeep.accept(operator_session(store)) == timedelta(days=200)
    assert upkeep.behind(store) == timedelta()
    assert not signin.sign_in(store, "olga", PASSWORD, Door.USHER, HERE).must_change_password
    assert audit.verify(store) is None
    entry = audit.history(owner, None, 2)[1]
    assert (entry.verb, entry.at) == ("accept_clock", clock.time)


def test_accepting_the_clock_lifts_no_lock(store: Store, clock: FakeClock, owner: Session) -> None:
    for _number in range(6):
        with pytest.raises(SignInRefused):
            signin.sign_in(store, "olga", "wrong", Door.USHER, HERE)
    clock.forward(days=-2)
    upkeep.accept(operator_session(store))
    with pytest.raises(SignInRefused):
        signin.sign_in(store, "olga", PASSWORD, Door.USHER, HERE)


def test_a_clock_that_is_right_needs_no_accepting(store: Store, owner: Session) -> None:
    with pytest.raises(Refused, match="No entry of the history is ahead"):
        upkeep.accept(operator_session(store))
