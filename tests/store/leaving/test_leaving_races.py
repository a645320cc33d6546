"""People leave and records change hands in many processes at once: nothing is lost (CHECKLIST G53).

Each process has the same list of people and acts on whom chance picks; the total is read all the
while.
"""

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from multiprocessing.synchronize import Event

import pytest

from store import users
from store.database import Store
from store.errors import Conflict, NotFound, Refused
from store.leaving import batches, standing
from store.leaving.leave import leave
from store.opening import open_store
from store.records import transferring
from store.records.transferring import transfer
from store.session import Session, operator_session
from store.users.acts import do
from tests.conftest import CheapHasher
from tests.store.leaving.owning import active, owned, records, sound
from tests.store.standing import MakeUser

VERBS = ("transfer",) * 6 + ("deactivate", "block", "unblock", "restore", "remove")


def in_a_process(url: str, whom: list[int], acts: int, seed: int) -> int:
    """The same in a process of its own, where 500 rows go at once."""
    transferring.AT_ONCE, batches.BATCH = 500, 250
    store = open_store(url, hasher=CheapHasher())
    done = act_at_random(store, whom, acts, seed)
    store.close()
    return done


def act_at_random(store: Store, whom: list[int], acts: int, seed: int) -> int:
    """Let people leave, come back and hand over; how many of the acts were done."""
    session, chance, done = operator_session(store), random.Random(seed), 0  # noqa: S311
    for _number in range(acts):
        verb, (who, heir) = chance.choice(VERBS), chance.sample(whom, 2)
        try:
            if verb == "transfer":
                transfer(session, who, heir)
            elif verb in {"deactivate", "remove"}:
                leave(session, verb, who, heir)
            else:
                do(session, verb, who)
            done += 1
        except (Refused, NotFound, Conflict):
            continue
        if chance.random() < 0.5:
            batches.carry_on(store, cancelled=lambda: chance.random() < 0.3)
    return done


@contextmanager
def counted_all_the_while(store: Store, total: int) -> Iterator[None]:
    """Every read finds as many records as there are, each with an owner who is there."""
    over, wrong, reads = threading.Event(), [], []

    def look() -> None:
        while not over.wait(0.002):
            with store.read():
                found = store.sql(
                    "SELECT count(*), count(u.id) FROM usher_record r LEFT JOIN usher_user u"
                    " ON u.id = r.owner_id AND u.status NOT IN ('removed', 'inactive')"
                )[0]
            reads.append(found)
            if tuple(found) != (total, total):
                wrong.append(found)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    assert reads
    assert wrong == []


def raced(
    store: Store,
    whom: list[int],
    total: int,
    pool: Executor,
    act: Callable[[int], int],
    at_once: int,
) -> None:
    """So many who act at once; the invariants hold all the while and at the end."""
    each = -(-total // len(whom))
    for place, number in enumerate(whom):
        records(store, number, min(each, total - place * each), start=place * each)
    with pool, counted_all_the_while(store, total):
        asked = [pool.submit(act, seed) for seed in range(at_once)]
        assert sum(one.result(timeout=800) for one in asked) > at_once
    # Whatever chance has left half done is done, for somebody who is certainly there.
    operator, olga = operator_session(store).because("a race"), users.find(store, "olga")
    for one in standing.pending(store):
        if one.leaves:
            leave(operator, one.verb, one.user, olga)
        else:
            transfer(operator, one.user, olga)
    assert batches.carry_on(store) == ()
    sound(store, total)


def test_whatever_runs_at_once_each_record_has_one_owner(
    store: Store, owner: Session, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The short version: what goes is sometimes above, sometimes below what goes at once."""
    monkeypatch.setattr(transferring, "AT_ONCE", 30)
    monkeypatch.setattr(batches, "BATCH", 15)
    whom = active(owner, make_user, 6)
    raced(store, whom, 120, ThreadPoolExecutor(2), partial(act_at_random, store, whom, 12), 2)


@pytest.mark.slow
@pytest.mark.timeout(1000)
def test_of_sixteen_hundred_acts_at_once_none_loses_a_record(
    store: Store, url: str, owner: Session, make_user: MakeUser
) -> None:
    pool = ProcessPoolExecutor(8, mp_context=get_context("spawn"))
    whom = active(owner, make_user, 20)
    raced(store, whom, 10_000, pool, partial(in_a_process, url, whom, 200), 8)


def go_on(url: str, here: Event) -> None:
    """Go on with whatever there is, in small steps, until somebody kills it."""
    batches.BATCH, batches.PAUSE_SECONDS = 20, 0.002
    store = open_store(url, hasher=CheapHasher())
    here.set()
    batches.carry_on(store)
    store.close()


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("verb", ["deactivate", "remove", "transfer"])
def test_killed_again_and_again_it_comes_to_its_end(
    store: Store,
    url: str,
    owner: Session,
    make_user: MakeUser,
    monkeypatch: pytest.MonkeyPatch,
    verb: str,
) -> None:
    """DESIGN 3.8, CHECKLIST F1: a real process, killed at moments of chance."""
    monkeypatch.setattr(transferring, "AT_ONCE", 1000)
    ana, rui = active(owner, make_user, 2)
    records(store, ana, 3000)
    if verb == "transfer":
        transfer(owner, ana, rui)
    else:
        leave(owner, verb, ana, rui)
    context, chance, kills = get_context("spawn"), random.Random(53), 0  # noqa: S311
    while standing.pending(store):
        here = context.Event()
        process = context.Process(target=go_on, args=(url, here))
        process.start()
        assert here.wait(60)
        process.join(chance.uniform(0, 0.5))
        kills += process.is_alive()
        process.kill()
        process.join()
        assert sum(owned(store).values()) == 3000
    assert kills > 2
    assert owned(store) == {rui: 3000}
    sound(store, 3000)
