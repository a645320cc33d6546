"""`usher users deactivate --transfer-to` and `usher records transfer`: who gets what."""

import pytest

from store import users
from store.database import Store
from store.leaving import batches
from store.leaving.leave import leave
from store.records import transferring
from store.session import Session
from store.values import Status
from tests.store.leaving.owning import active, owned, records
from tests.store.standing import MakeUser
from tests.tui.cli.conftest import Usher


def test_somebody_goes_and_what_they_own_goes_where_it_is_said(
    usher: Usher, store: Store, owner: Session, make_user: MakeUser
) -> None:
    ana, rui, eva, ivo = active(owner, make_user, 4)
    records(store, ana, 3)
    records(store, ana, 2, "task")
    refused = usher("users", "deactivate", str(ana), "--json")
    assert refused.code == 3
    assert '"code": "owns_records"' in refused.err or "owns_records" in refused.out
    to = ("--transfer-to", str(rui), "--kind", f"task={eva}")
    rehearsed = usher("users", "deactivate", str(ana), *to, "--dry-run")
    assert "records.client: 3 → 0" in rehearsed.out
    assert owned(store) == {ana: 5}
    done = usher("users", "deactivate", str(ana), *to)
    assert "is inactive." in done.out
    assert "5 records handed over" in done.out
    assert owned(store) == {rui: 3, eva: 2}
    both = usher("users", "remove", str(rui), str(eva), "--transfer-to", str(ivo), "--json")
    assert [one["outcome"] for one in both.json["ledger"]] == ["removed", "removed"]
    assert owned(store) == {ivo: 5}


def test_a_hand_over_alone_says_what_went_and_refuses_what_it_cannot_read(
    usher: Usher, store: Store, owner: Session, make_user: MakeUser
) -> None:
    ana, rui = active(owner, make_user, 2)
    records(store, ana, 3)
    for wrong in (("--kind", "client"), ("--kind", "a=1", "--kind", "a=2")):
        assert usher("records", "transfer", "--from", str(ana), *wrong).code == 2
    assert usher("records", "transfer", "--from", str(ana)).code == 3
    answer = usher("records", "transfer", "--from", str(ana), "--to", str(rui), "--json")
    assert answer.json == {
        "user": ana, "verb": "transfer", "moved": 3, "total": 3, "stopped": None,
    }  # fmt: skip
    nothing = usher("records", "transfer", "--from", str(ana), "--to", str(rui))
    assert (nothing.code, "owns no such records" in nothing.err) == (3, True)


def test_what_goes_in_batches_is_gone_through_and_goes_on_where_it_has_stopped(
    usher: Usher,
    store: Store,
    owner: Session,
    make_user: MakeUser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(transferring, "AT_ONCE", 10)
    monkeypatch.setattr(batches, "BATCH", 4)
    ana, rui, eva = active(owner, make_user, 3)
    records(store, ana, 11)
    leave(owner, "deactivate", ana, rui)
    users.block(owner, rui)
    maintained = usher("maintain")
    assert "0 of 11 records transferred. It has stopped: " in maintained.out
    again = usher("users", "deactivate", str(ana), "--transfer-to", str(eva))
    assert again.out == (
        f"{users.show(owner, ana).full_name} (user {ana}) is shut out. Handing over 11 records…\n"
        f"11 records are handed over.\nUser {ana} is inactive.\n"
    )
    assert users.show(owner, ana).status is Status.INACTIVE
    assert owned(store) == {eva: 11}
    records(store, eva, 1, "task")
    users.unblock(owner, rui)
    alone = usher("records", "transfer", "--from", str(eva), "--to", str(rui), "--json")
    assert (alone.code, alone.json["moved"]) == (0, 12)
