"""What somebody owns is listed by place and counted by kind and state (DESIGN 3.8, S4)."""

import pytest

from store import sub_accounts, users
from store.database import Store
from store.errors import NotAllowed, NotFound
from store.models import RecordRow
from store.records import listing
from store.session import Session
from store.values import Record, RecordFilters, RecordPlace
from tests.conftest import session_of
from tests.store.records.platform import built, calls, deals
from tests.store.standing import MakeUser, activate


def walked(session: Session, filters: RecordFilters, limit: int) -> list[Record]:
    """All of them, page by page; the pages are full."""
    found: list[Record] = []
    page = listing.listed(session, filters, limit=limit)
    while page.next:
        assert len(page.records) == limit
        found += page.records
        page = listing.listed(session, filters, after=page.next, limit=limit)
    return [*found, *page.records]


def test_records_and_rows_of_the_platform_are_one_list(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    built(store, owner)
    ana, rui = (activate(owner, make_user(login=name)) for name in ("ana", "rui"))
    lisbon = sub_accounts.create(owner, "Lisbon").id
    with store.write(owner):
        for kind, state, ref in (
            ("task", "open", "b"), ("task", "done", "z"), ("client", "", "10"), ("client", "", "9"),
            ("client", "won", "1"), ("deal", "", "kept here"),
        ):  # fmt: skip
            RecordRow.create(kind=kind, ref=ref, state=state, owner=ana.id, title=f"The {ref}")
        RecordRow.create(kind="client", ref="7", owner=rui.id, sub_account=lisbon)
        deals(store, ana.id, 10, 9)
        deals(store, rui.id, 11)
        store.sql("UPDATE deals SET unit = ? WHERE deal_no = 9", lisbon)
        calls(store, ana.id, "x", "y")
    every = [
        ("call", "x"), ("call", "y"), ("client", "10"), ("client", "9"), ("client", "1"),
        ("deal", "kept here"), ("deal", "9"), ("deal", "10"), ("task", "z"), ("task", "b"),
    ]  # fmt: skip
    of_ana = RecordFilters(owner="ana")
    for limit in (1, 3, 100):
        assert [(one.kind, one.ref) for one in walked(owner, of_ana, limit)] == every
    assert listing.count(owner, of_ana) == len(every)
    assert listing.count(owner) == len(every) + 2
    (nine,) = listing.listed(owner, RecordFilters(kind="deal", sub_account="lisbon")).records
    assert nine == Record("deal", "9", "Deal 9", "", "ana", "Lisbon")
    of_lisbon = walked(owner, RecordFilters(sub_account="Lisbon"), 1)
    assert [one.ref for one in of_lisbon] == ["7", "9"]
    won = listing.listed(owner, RecordFilters(state="won")).records
    assert won == (Record("client", "1", "The 1", "won", "ana", ""),)
    assert listing.counts(owner, "ana") == {
        "call": {"": 2}, "client": {"": 2, "won": 1}, "deal": {"": 3},
        "task": {"done": 1, "open": 1},
    }  # fmt: skip
    # A place that was made up is behind everything of its kind, and no error.
    made_up = RecordPlace("deal", platform=True, state="", ref="no number")
    assert listing.listed(owner, of_ana, after=made_up, limit=1).records[0].kind == "task"


def test_everybody_sees_what_they_own_and_admins_what_anybody_does(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    ana, rui = (activate(owner, make_user(login=name)) for name in ("ana", "rui"))
    with store.write(owner):
        RecordRow.create(kind="client", ref="1", owner=ana.id)
    hers = session_of(store, ana)
    assert listing.counts(hers, "ana") == {"client": {"": 1}}
    assert listing.count(hers, RecordFilters(owner=ana.id)) == 1
    with pytest.raises(NotFound):
        listing.counts(hers, rui.id)
    with pytest.raises(NotAllowed):
        listing.listed(hers)
    users.edit(owner, rui.id, {"admin": True})
    assert listing.counts(session_of(store, rui), "olga") == {}
