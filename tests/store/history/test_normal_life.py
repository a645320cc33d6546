"""Normal operation never counts as damage (DESIGN 3.13)."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import audit, users
from store.audit import anchor, sealing
from store.bound import proxy
from store.database import Store
from store.employees import changing
from store.fields import utc_moment, utc_text
from store.invitations.revoke import revoke
from store.opening import open_store, system_clock
from store.session import Session, operator_session
from store.upkeep import clock as host_clock
from store.upkeep import maintain
from store.values import User
from tests.conftest import CheapHasher, FakeClock

Make = Callable[..., User]


@contextmanager
def other(url: str, clock: FakeClock | None = None) -> Iterator[Store]:
    """Open the account again, as another process or host does."""
    before = proxy.obj
    store = open_store(url, hasher=CheapHasher(), clock=clock or system_clock)
    try:
        yield store
    finally:
        store.close()
        proxy.initialize(before)


def acted(url: str) -> audit.Verdict:
    """Open an account, do something in it, and print the result of the history check."""
    with other(url) as store:
        assert audit.examine(store).damage is None
        users.edit(operator_session(store).because("a test"), 1, {"position": os.urandom(4).hex()})
        return audit.examine(store)


@pytest.fixture
def busy(store: Store, make_user: Make) -> Store:
    for _number in range(3):
        make_user()
    return store


def test_removing_revoking_and_maintaining_are_no_damage(
    busy: Store, owner: Session, make_user: Make, clock: FakeClock
) -> None:
    changing.create(owner, {"email": "waited@acme.com.ua", "notes": "waits"})
    waited_for = make_user(email="waited@acme.com.ua")
    pending, gone = make_user(), make_user("handed over in person")
    users.edit(owner, gone.id, {"position": "Back office"})
    revoke(owner, pending.id)
    users.remove(owner, waited_for.id)
    users.remove(owner, gone.id)
    with busy.read():
        ((left,),) = busy.sql(
            "SELECT count(*) FROM usher_audit_values WHERE changes LIKE ?", "%wait%"
        )
    assert left == 0
    verdict = audit.examine(busy)
    assert verdict.damage is None
    assert verdict.erased == 5
    clock.forward(days=100)
    maintain.maintain(busy)
    assert audit.verify(busy) is None


def test_a_clock_that_is_put_back_and_accepted_is_no_damage(
    busy: Store, owner: Session, make_user: Make, clock: FakeClock
) -> None:
    clock.forward(days=-2)
    make_user()
    host_clock.accept(operator_session(busy))
    make_user()
    assert audit.verify(busy) is None


def test_the_first_action_of_an_account_leaves_an_anchor(store: Store, owner: Session) -> None:
    assert audit.examine(store).anchor in {"agrees", "none"}
    assert audit.noticed(store) is None


DYING = """
import os, signal, sys
from store import audit, users
from store.audit import anchor
from store.bound import proxy
from store.invitations.revoke import revoke
from store.opening import open_store, system_clock
from store.session import operator_session

anchor.write = lambda store, head: os.kill(os.getpid(), signal.SIGKILL)
store = open_store(sys.argv[1])
users.edit(operator_session(store).because("a test"), 1, {"position": sys.argv[2]})
"""


def test_whoever_is_killed_between_commit_and_anchor_leaves_no_damage(
    store: Store, url: str, owner: Session, make_user: Make
) -> None:
    make_user()
    for time in range(3):
        program = [sys.executable, "-c", DYING, url, f"position {time}"]
        assert subprocess.run(program, check=False).returncode == -signal.SIGKILL
        assert audit.verify(store) is None
    make_user()
    assert audit.examine(store).damage is None


def test_an_account_that_is_killed_with_its_first_action_has_no_anchor_and_no_damage(
    store: Store, url: str, owner: Session
) -> None:
    anchor.path_of(store).unlink(missing_ok=True)
    with store.read():
        assert store.sql("SELECT * FROM usher_audit_anchor") == []
    assert acted(url).damage is None


WRITING = """
import sys
from store import audit, users
from store.bound import proxy
from store.invitations.revoke import revoke
from store.opening import open_store, system_clock
from store.session import operator_session
from tests.conftest import CheapHasher

store = open_store(sys.argv[1], hasher=CheapHasher())
session = operator_session(store).because("a test")
for number in range(15):
    users.edit(session, 1, {"position": f"{sys.argv[2]} {number}"})
    damage = audit.verify(store) or audit.noticed(store)
    if damage:
        sys.exit(str(damage))
"""


@pytest.mark.parametrize("writers", [4, pytest.param(16, marks=pytest.mark.slow)])
def test_many_who_write_and_verify_at_once_raise_no_alarm(
    store: Store, url: str, owner: Session, make_user: Make, writers: int
) -> None:
    make_user()
    running = [
        subprocess.Popen([sys.executable, "-c", WRITING, url, str(one)], stderr=subprocess.PIPE)
        for one in range(writers)
    ]
    told = [one.communicate()[1].decode() for one in running]
    assert told == [""] * writers
    with store.read():
        assert store.sql("SELECT count(*) FROM usher_audit WHERE verb = 'report_break'") == [(0,)]
    assert audit.verify(store) is None


def test_a_second_host_has_no_anchor_until_it_writes_and_then_must_keep_it(
    store: Store, url: str, owner: Session, make_user: Make, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if not store.postgres:
        pytest.skip("SQLite has one host")
    make_user()
    make_user()
    second = tmp_path / "second"
    second.mkdir(mode=0o700)
    shutil.copy(store.folder.key_path, second)
    monkeypatch.setenv("USHER_DATA", str(second))
    with other(url) as there:
        verdict = audit.examine(there)
        assert (verdict.damage, verdict.anchor) == (None, "none")
    for _time in range(2):
        assert acted(url).anchor == "agrees"
        make_user()
        assert audit.examine(store).anchor == "agrees"
    with other(url) as there:
        anchor.path_of(there).unlink()
        assert audit.examine(there).anchor == "missing"
        assert audit.verify(store) is None
        sealing.accept(operator_session(there).because("the folder was tidied up"))
    assert acted(url).damage is None
    assert audit.verify(store) is None


def test_what_was_accepted_on_one_host_is_accepted_on_the_others(
    store: Store, url: str, owner: Session, make_user: Make, tmp_path: Path, clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from tests.store.history.tampering import cut_tail

    if not store.postgres:
        pytest.skip("SQLite has one host")
    make_user()
    second = tmp_path / "second"
    second.mkdir(mode=0o700)
    shutil.copy(store.folder.key_path, second)
    monkeypatch.setenv("USHER_DATA", str(second))
    with other(url, clock) as there:
        for position in ("Head", "Tail"):
            users.edit(operator_session(there).because("a test"), 1, {"position": position})
    make_user()
    cut_tail(store, 2)
    clock.forward(minutes=1)
    make_user()
    sealing.accept(operator_session(store).because("restored a backup of yesterday"))
    with other(url, clock) as there:
        assert audit.verify(there) is None
        users.edit(operator_session(there).because("a test"), 1, {"position": "Other"})
        assert audit.verify(there) is None
        assert audit.noticed(there) is None


def test_a_time_in_a_year_of_three_digits_can_be_read_again() -> None:
    assert utc_text(datetime(110, 1, 2, tzinfo=UTC)) == "0110-01-02T00:00:00.000000Z"
    assert utc_moment(utc_text(datetime(110, 1, 2, tzinfo=UTC))) == datetime(110, 1, 2, tzinfo=UTC)
