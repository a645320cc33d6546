"""Records come from a file, each owned by somebody who is active (DESIGN 3.8, 3.11, S2)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from store import audit, sub_accounts, users
from store.access import overrides
from store.database import Store
from store.errors import NotAllowed, Refused
from store.exchange import batches
from store.records import importing, listing
from store.records.importing import import_records, plan
from store.session import Session
from store.values import Record, RecordFilters
from tests.conftest import session_of
from tests.csv_files import rows_of
from tests.store.exchange.conftest import faults
from tests.store.records.platform import built
from tests.store.standing import MakeUser, activate, made

HEADER = "kind,ref,title,state,owner,sub_account"
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A file of records."""

    def write(*lines: str, header: str = HEADER, name: str = "records.csv") -> Path:
        path = tmp_path / name
        path.write_text("\r\n".join((header, *lines)), encoding="utf-8-sig", newline="")
        return path

    return write


def kept(session: Session) -> list[Record]:
    return list(listing.listed(session, limit=10_000).records)


def test_a_file_is_brought_in_once_and_the_next_time_changes_what_differs(
    store: Store, owner: Session, make_user: MakeUser, write: Write
) -> None:
    ana, rui = (activate(owner, make_user(login=name)) for name in ("ana", "rui"))
    sub_accounts.create(owner, "Lisbon")
    path = write(
        f"Client;7;'=Acme;open;{ana.id};lisbon",
        "client;8;Böse;;RUI;",
        f"task;8;;done;{ana.email.upper()};",
        header=HEADER.replace(",", ";"),
    )
    assert plan(owner, path).as_json()["created"] == 3
    assert kept(owner) == []
    assert import_records(owner, path).created == 3
    assert kept(owner) == [
        Record("client", "8", "Böse", "", "rui", ""),
        Record("client", "7", "=Acme", "open", "ana", "Lisbon"),
        Record("task", "8", "", "done", "ana", ""),
    ]
    again = import_records(owner, path)
    assert (again.created, again.updated, again.unchanged, again.failed_file) == (0, 0, 3, None)
    # What the file has no column for stays.
    changed = import_records(owner, write("client,7,rui", "client,8,rui", header="kind,ref,owner"))
    assert (changed.updated, changed.unchanged) == (1, 1)
    assert kept(owner)[1] == Record("client", "7", "=Acme", "open", "rui", "Lisbon")
    import_records(owner, write("client,7,Acme,rui", header="kind,ref,title,owner"))
    titled, given, came = (
        audit.history(owner)[0],
        audit.history(owner)[1],
        audit.history(owner)[2:4],
    )
    assert (titled.verb, titled.target) == ("import_records", rui.id)
    assert titled.changes == {"client 7": ({"title": "=Acme"}, {"title": "Acme"})}
    assert (given.verb, given.target) == ("assign", ana.id)
    assert given.changes == {"owned_by": (ana.id, rui.id), "records": (None, [["client", "7"]])}
    assert [one.changes["records"] for one in came if one.target == ana.id] == [
        (None, [["client", "7"], ["task", "8"]])
    ]
    assert audit.verify(store) is None


def test_each_row_is_in_the_summary_once_with_its_first_fault(
    store: Store, owner: Session, make_user: MakeUser, write: Write
) -> None:
    built(store, owner)
    activate(owner, make_user(login="ana"))
    made(owner, make_user, "blocked", login="blocked")
    made(owner, make_user, "pending", login="pending")
    lines = {
        "client,1,,,ana,": "",
        "client,2,,ana": "field_count",
        "cl\x01ient,3,,," + "x" * 300 + ",": "control_characters",
        f"client,{'4' * 201},,,ana,": "too_long",
        "client,5,,,,": "required",
        "client of ours,6,,,ana,": "kind_invalid",
        "client,7,,,nobody,": "owner_unknown",
        "client,8,,,blocked,": "owner_not_active",
        "client,9,,,pending,": "owner_not_active",
        "client,10,,,ana,Atlantis": "sub_account_unknown",
        "deal,11,,,ana,": "kind_declared",
        "client,1,,,ana,twice": "sub_account_unknown",
        "CLIENT,1,Again,,ana,": "duplicate_in_file",
        "client,10,,,4711,": "owner_unknown",
    }
    wanted = [(line, code) for line, code in enumerate(lines.values(), 2) if code]
    path = write(*lines)
    assert faults(plan(owner, path)) == wanted
    summary = import_records(owner, path)
    assert faults(summary) == wanted
    assert (summary.rows, summary.created) == (len(lines), 1)
    assert summary.failed_file
    failed = rows_of(summary.failed_file)
    assert failed[0] == [*HEADER.split(","), "error"]
    assert [row[-1].partition(":")[0] for row in failed[1:]] == [code for _line, code in wanted]
    # Mended, it is imported as it is.
    mended = write("client,8,,,ana,,old error", header=f"{HEADER},error", name="mended.csv")
    assert import_records(owner, mended).created == 1


def test_who_has_a_record_keeps_it_whatever_has_become_of_them(
    store: Store, owner: Session, make_user: MakeUser, write: Write
) -> None:
    ana = activate(owner, make_user(login="ana"))
    import_records(owner, write("client,1,Acme,,ana,"))
    users.block(owner, ana.id)
    assert import_records(owner, write("client,1,Acme & Co,,ana,")).updated == 1
    assert faults(import_records(owner, write("client,2,,,ana,"))) == [(2, "owner_not_active")]


def test_a_file_takes_nothing_from_whom_the_actor_may_not(
    store: Store, owner: Session, make_user: MakeUser, write: Write
) -> None:
    ana, boss = (activate(owner, make_user(login=name)) for name in ("ana", "boss"))
    users.edit(owner, boss.id, {"admin": True})
    import_records(owner, write("client,1,,,olga,", "client,2,,,ana,"))
    theirs = session_of(store, boss)
    summary = import_records(theirs, write("client,1,,,ana,", "client,2,,,olga,"))
    assert faults(summary) == [(2, "not_allowed")]
    assert summary.updated == 1
    overrides.deny(owner, boss.id, ["users.transfer"])
    for way in (plan, import_records):
        with pytest.raises(NotAllowed):
            way(theirs, write("client,3,,,ana,"))
    with pytest.raises(NotAllowed):
        import_records(session_of(store, ana), write("client,3,,,ana,"))


def test_a_file_of_something_else_is_refused(owner: Session, write: Write) -> None:
    with pytest.raises(Refused, match=r"Known columns are: kind, ref, title") as refused:
        plan(owner, write("Maria,1,2", header="first_name,kind,ref"))
    assert refused.value.name == "columns_unknown"


def test_batches_are_one_transaction_each_and_a_file_that_was_cut_off_goes_on(
    store: Store,
    owner: Session,
    make_user: MakeUser,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    assert batches.BATCH == 1000
    activate(owner, make_user(login="ana"))
    path = write(*(f"client,{number},,,ana," for number in (*range(5), 0)))
    seen: list[int] = []
    stopped = import_records(
        owner, path, progress=lambda rows, _part: seen.append(rows), cancelled=lambda: len(seen) > 0
    )
    assert (stopped.created, seen) == (2, [2])
    rest = import_records(owner, path)
    assert (rest.created, rest.unchanged, faults(rest)) == (3, 2, [(7, "duplicate_in_file")])
    assert listing.count(owner, RecordFilters(owner="ana")) == 5
