"""Exactly one owner, an active admin, in every read, whatever runs at once (CHECKLIST 51, 52, 54).

The few rounds of every run are of threads; the thousand of `make soak` are of processes.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context

import pytest

from store import audit, signin, users
from store.database import Store
from store.errors import Conflict, NotAllowed, NotFound, Refused, SignInRefused
from store.models import UserRow
from store.opening import open_store
from store.ownership import owner as ownership
from store.ownership.absence import declare_absent
from store.ownership.claiming import claim
from store.ownership.transferring import transfer
from store.session import Session, operator_session
from store.values import Door, User
from tests.conftest import PASSWORD, CheapHasher, session_of
from tests.store.ownership.conftest import admin_named
from tests.store.standing import MakeUser
from tests.store.test_storing import ORIGIN

LONG_AGO = "2000-01-01T00:00:00.000000Z"
REFUSED = (Refused, NotAllowed, NotFound, Conflict)
HOWS = [
    pytest.param(ThreadPoolExecutor, 15, id="short"),
    pytest.param(
        ProcessPoolExecutor, 1000, id="long", marks=(pytest.mark.slow, pytest.mark.timeout(1800))
    ),
]
Act = Callable[[Store, str], str]

_store: Store | None = None
"""The one that a process of the long runs has opened."""


def _open(url: str) -> None:
    global _store  # noqa: PLW0603  (a process has one)
    _store = open_store(url, hasher=CheapHasher())


def _host(store: Store) -> Session:
    return operator_session(store).because("a race")


def give(store: Store, who: str) -> str:
    return transfer(_host(store), who, "Acme").login


def demote(store: Store, who: str) -> str:
    """Make them a standard user and an admin again; as the owner they are neither."""
    try:
        users.edit(_host(store), who, {"admin": False, "role": "Support", "teams": ("North",)})
    finally:
        with suppress(*REFUSED):
            users.edit(_host(store), who, {"admin": True})
    return "demoted"


def put_out(store: Store, who: str) -> str:
    """Take them out of service and bring them back."""
    try:
        users.deactivate(_host(store), who)
    finally:
        with suppress(*REFUSED):
            users.restore(_host(store), who)
    return "put out"


def step_down(store: Store, who: str) -> str:
    """They themselves."""
    me = session_of(store, users.show(_host(store), who))
    users.edit(me, who, {"admin": False})
    users.edit(_host(store), who, {"admin": True})
    return "stepped down"


def erase(store: Store, who: str) -> str:
    users.remove(_host(store), who)
    return "removed"


def come(store: Store, who: str) -> str:
    came_in = signin.sign_in(store, who, PASSWORD, Door.PLATFORM, ORIGIN)
    return "took it back" if came_in.absence else "came"


def take(store: Store, who: str) -> str:
    me = session_of(store, users.show(_host(store), who))
    claim(me, "Acme", deactivate_old=True)
    return "claimed"


def _done(store: Store | None, act: Act, who: str) -> str:
    """One act, in whichever thread or process this is; the code of its refusal where it is one."""
    store = store or _store
    assert store
    try:
        return act(store, who)
    except (*REFUSED, SignInRefused) as error:
        return error.name


@contextmanager
def workers(kind: type[Executor], store: Store, url: str) -> Iterator[Callable[..., list[str]]]:
    """Do two acts at once, each by a thread or a process of its own."""
    if kind is ThreadPoolExecutor:
        pool: Executor = ThreadPoolExecutor(2)
        at = store
    else:
        pool = ProcessPoolExecutor(
            2, mp_context=get_context("spawn"), initializer=_open, initargs=(url,)
        )
        at = None

    def at_once(*acts: tuple[Act, str]) -> list[str]:
        asked = [pool.submit(_done, at, act, who) for act, who in acts]
        return [one.result(timeout=60) for one in asked]

    with pool:
        yield at_once


@contextmanager
def watched(store: Store) -> Iterator[None]:
    """Somebody reads all the while, and never sees anything but one owner who can be one."""
    over, seen = threading.Event(), list[tuple[int, int, int]]()

    def look() -> None:
        while not over.is_set():
            with store.read():
                ((owners, fit, usable),) = store.sql(
                    "SELECT sum(CASE WHEN owner THEN 1 ELSE 0 END),"
                    " sum(CASE WHEN owner AND admin AND status = 'active' THEN 1 ELSE 0 END),"
                    " sum(CASE WHEN admin AND status = 'active' AND confirmed_at IS NOT NULL"
                    " THEN 1 ELSE 0 END) FROM usher_user"
                )
            seen.append((owners, fit, min(usable, 1)))
            over.wait(0.001)

    reader = threading.Thread(target=look)
    reader.start()
    try:
        yield
    finally:
        over.set()
        reader.join()
    assert seen and set(seen) == {(1, 1, 1)}
    assert audit.verify(store) is None


@pytest.fixture
def three(owner: Session, make_user: MakeUser) -> list[User]:
    """Olga, and two admins who could own the account."""
    return [admin_named(owner, make_user, name) for name in ("anna", "boris")]


PAIRS = {
    "two who transfer": ((give, "anna"), (give, "boris")),
    "a transfer to whom is being demoted": ((give, "anna"), (demote, "anna")),
    "a transfer to whom is being deactivated": ((give, "boris"), (put_out, "boris")),
    "two who demote each other": ((demote, "anna"), (demote, "boris")),
    "two who step down": ((step_down, "anna"), (step_down, "boris")),
    "two who are put out crosswise": ((put_out, "anna"), (put_out, "boris")),
}


@pytest.mark.parametrize(("kind", "rounds"), HOWS)
@pytest.mark.parametrize("pair", PAIRS)
def test_two_at_once_leave_one_owner_who_is_an_active_admin(
    store: Store, url: str, owner: Session, three: list[User],
    kind: type[Executor], rounds: int, pair: str,
) -> None:  # fmt: skip
    first, second = PAIRS[pair]
    outcomes: set[str] = set()
    if kind is ThreadPoolExecutor:
        # There are many pairs, and the suite is to be quick.
        rounds //= 3
    with watched(store), workers(kind, store, url) as at_once:
        for number in range(rounds):
            outcomes |= set(at_once(first, second))
            if number % 3 == 0:
                # Back to Olga, so that there is something to race for.
                with suppress(*REFUSED):
                    transfer(_host(store), "olga", "Acme")
    assert outcomes & {"anna", "boris", "demoted", "put out", "stepped down"}


@pytest.mark.parametrize(("kind", "rounds"), HOWS)
def test_of_a_transfer_and_the_removal_of_whom_it_is_for_one_wins(
    store: Store, url: str, owner: Session, make_user: MakeUser, kind: type[Executor], rounds: int
) -> None:
    """Whoever owns the account is not removed, and whoever is removed does not own it."""
    outcomes: set[tuple[str, str]] = set()
    with watched(store), workers(kind, store, url) as at_once:
        for number in range(rounds):
            # The other processes go by a clock of their own, so that a proof soon is too old.
            owner.proof.at = store.now()
            heir = admin_named(owner, make_user, f"heir{number}")
            acts = [(give, str(heir.id)), (erase, str(heir.id))]
            first, second = at_once(*(acts if number % 2 else acts[::-1]))
            outcomes.add((first, second) if number % 2 else (second, first))
            if ownership.show(_host(store)).id == heir.id:
                transfer(_host(store), "olga", "Acme")
    given = {(given.startswith("heir"), gone) for given, gone in outcomes}
    assert given <= {(True, "owner_status"), (False, "removed")}
    assert kind is ThreadPoolExecutor or len(given) == 2


@pytest.mark.parametrize(("kind", "rounds"), HOWS)
def test_of_a_claim_and_a_sign_in_of_the_owner_one_wins(
    store: Store, url: str, owner: Session, three: list[User], kind: type[Executor], rounds: int
) -> None:
    """Either the owner was there first, and nothing is claimed; or they are put out by the claim,
    and do not come in any more."""
    anna = session_of(store, users.show(owner, "anna"))
    outcomes: set[tuple[str, str]] = set()
    with watched(store), workers(kind, store, url) as at_once:
        for number in range(rounds):
            declare_absent(anna.because("moved away"))
            with store.write(anna):
                store.sql("UPDATE usher_absence SET declared = ?", LONG_AGO)
            acts = [(take, "anna"), (come, "olga")]
            taken, came = sorted(at_once(*(acts if number % 2 else acts[::-1])))
            outcomes.add((taken, came))
            after = ownership.show(_host(store))
            assert after.absence is None
            assert after.login == ("anna" if "claimed" in {taken, came} else "olga")
            if after.login == "anna":
                users.restore(_host(store), "olga")
                transfer(_host(store), "olga", "Acme")
            else:
                with store.write(anna):
                    UserRow.update(attempts=0).execute()
    assert outcomes <= {("claimed", "sign_in_refused"), ("owner_not_absent", "took it back")}
    if kind is ProcessPoolExecutor:
        # So many that each of them was first some time.
        assert len(outcomes) == 2
