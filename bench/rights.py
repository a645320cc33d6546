"""Rights at many users: what somebody may and why, beside the page of one person.

    python -m bench.rights [--users 100000]

The floor is what a person's page reads: the person and the newest of their history. `explain` is
to stay under a millisecond however many users, roles and overrides there are.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable
from statistics import median, quantiles

from bench.people import settle
from store import audit, users
from store.access import explaining, overrides, roles
from store.access.holding import catalogue
from store.opening import open_store
from store.session import Session, operator_session

ROLES, PEOPLE, EACH, ROUNDS = 50, 250, 2, 4
"""Roles; people with overrides; overrides of each; how often each of them is looked at."""
RECENT = 8
"""Entries of the history on a person's page."""


def main() -> None:
    """Fill an account, measure, print."""
    options = argparse.ArgumentParser(prog="bench.rights", description=__doc__)
    options.add_argument("--users", type=int, default=100_000)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="usher-bench-") as folder:
        os.environ["USHER_DATA"] = f"{folder}/data"
        store = open_store(f"sqlite:///{folder}/many.db", create=True)
        settle(store, chosen.users)
        session = operator_session(store)
        whom = _give(session, chosen.users)
        print(f"{chosen.users} users, {ROLES} roles, {PEOPLE * EACH} overrides")
        print(f"{'milliseconds':34}{'p50':>9}{'p95':>9}{'worst':>9}   against the page of a person")
        with store.read():
            _measure(session, whom)
        store.close()


def _give(session: Session, number: int) -> list[int]:
    """Roles that permit half of everything, and overrides by the verb that also tells of them."""
    chance = random.Random(3)
    every = list(catalogue(session.store))
    there = roles.names(session)
    for role in there:
        roles.edit(session, role.id, permit=chance.sample(every, len(every) // 2))
    for n in range(len(there), ROLES):
        roles.create(session, f"Role of the bench {n}", chance.sample(every, len(every) // 2))
    whom = chance.sample(range(1, number + 1), PEOPLE)
    for who in whom:
        overrides.deny(session, who, chance.sample(every, EACH))
    return whom


def _measure(session: Session, whom: list[int]) -> None:
    every = list(catalogue(session.store))

    def page(who: int) -> None:
        users.show(session, who)
        audit.history(session, who, RECENT)

    acts: dict[str, Callable[[int], object]] = {
        "the page of a person": page,
        "explain, with who and when": lambda who: explaining.explain(session, who, every[who % 20]),
        "show, every permission": lambda who: explaining.show(session, who),
        "what opens the rights screen": lambda who: explaining.grounds(session, who).rights,
    }
    times: dict[str, list[float]] = {name: [] for name in acts}
    for n in range(ROUNDS + 1):
        for who in whom:
            for name, act in acts.items():
                began = time.perf_counter()
                act(who)
                # The first round only brings the file into memory.
                times[name] += [(time.perf_counter() - began) * 1000] if n else []
    floor = median(times["the page of a person"])
    for name, found in times.items():
        print(
            f"{name:34}{median(found):9.2f}{quantiles(found, n=20)[-1]:9.2f}{max(found):9.2f}"
            f"   {median(found) / floor:5.2f} ×"
        )


if __name__ == "__main__":
    main()
