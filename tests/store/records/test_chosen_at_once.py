"""Whoever is shut out at this moment is not given anything at this moment (S2)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest

from store import audit, users
from store.database import Store
from store.errors import Refused
from store.records import holdings
from store.records.assign import assign
from store.records.importing import import_records
from store.session import Session
from tests.store.standing import MakeUser, activate

ROUNDS = [10, pytest.param(1000, marks=[pytest.mark.slow, pytest.mark.timeout(900)])]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What came of each, begun at one moment in a thread of its own."""
    start = Barrier(len(acts))

    def begin(act: Callable[[], object]) -> object:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result(60) for one in [pool.submit(begin, act) for act in acts]]


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_block_and_a_gift_at_once_are_one_after_the_other(
    store: Store, owner: Session, make_user: MakeUser, tmp_path: Path, rounds: int
) -> None:
    """Either it came before the block, or it was refused; no import waits for ever either."""
    ana, rui = (activate(owner, make_user(login=name)).id for name in ("ana", "rui"))
    path = tmp_path / "records.csv"
    given = refused = 0

    def give(ref: str) -> bool:
        try:
            assign(owner, {"client": [ref]}, rui)
        except Refused as error:
            assert error.name == "not_selectable"
            return False
        return True

    def bring() -> bool:
        return not import_records(owner, path).failed

    for number in map(str, range(rounds)):
        path.write_text(f"kind,ref,owner\nclient,{number},ana\n", encoding="utf-8")
        assert import_records(owner, path).created == 1
        path.write_text(f"kind,ref,owner\ntask,{number},rui\n", encoding="utf-8")
        came = at_once(partial(give, number), bring, partial(users.block, owner, rui))[:2]
        given, refused = given + came.count(True), refused + came.count(False)
        users.unblock(owner, rui)
    active = True
    for entry in reversed(audit.history(owner, limit=10 * rounds)):
        if entry.target == rui and entry.verb in {"block", "unblock"}:
            active = entry.verb == "unblock"
        gift = entry.verb == "assign" or (entry.verb, entry.target) == ("import_records", rui)
        assert active or not gift
    assert given + refused == 2 * rounds
    assert sum(holdings.number_of(store, rui).values()) == given
    assert sum(holdings.number_of(store, ana).values()) == rounds - holdings.number_of(
        store, rui, ["client"]
    ).get("client", 0)
    assert audit.verify(store) is None
