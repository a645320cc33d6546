"""`usher doctor clock`: a clock that was ahead is said, and accepted (CHECKLIST B21)."""

from store import signin
from store.database import Store
from store.session import Session
from store.values import Door, Origin
from tests.conftest import PASSWORD, FakeClock
from tests.tui.cli.conftest import Usher


def test_a_clock_that_was_ahead_is_said_and_accepted(
    usher: Usher, store: Store, owner: Session, clock: FakeClock
) -> None:
    assert usher("doctor", "clock").out == "The clock agrees with the history.\n"
    clock.forward(days=30)
    signin.sign_in(store, "olga", PASSWORD, Door.USHER, Origin())
    clock.forward(days=-30)
    told = usher("doctor", "clock")
    assert (told.code, "30 days ahead" in told.out) == (3, True)
    assert usher("doctor", "clock", "--json").json == {"ok": False, "behind_seconds": 2_592_000}
    assert usher("doctor", "clock", "--accept", "--reason", "NTP was off").code == 0
    assert usher("doctor", "clock", "--json").json == {"ok": True, "behind_seconds": 0}
    assert usher("doctor", "clock", "--accept").code == 3
