"""`usher records`: what people own, listed, counted, brought in and assigned."""

from pathlib import Path

from store import audit
from store.session import Session
from tests.store.records.platform import built, deals
from tests.store.standing import MakeUser, activate, made
from tests.tui.cli.conftest import Usher


def test_records_are_brought_in_listed_counted_and_assigned(
    usher: Usher, owner: Session, make_user: MakeUser, tmp_path: Path
) -> None:
    built(owner.store, owner)
    ana, rui = (activate(owner, make_user(login=name)) for name in ("ana", "rui"))
    made(owner, make_user, "blocked", login="blocked")
    path = tmp_path / "records.csv"
    path.write_text(
        "kind\tref\ttitle\tstate\towner\tsub_account\n"
        "client\t7\tAcme\twon\tana\t\nclient\t8\t\t\tana\t\nclient\t9\t\t\tblocked\t\n",
        encoding="utf-8",
    )
    rehearsed = usher("records", "import", str(path), "--dry-run", "--json")
    assert (rehearsed.code, rehearsed.json["created"], rehearsed.json["dry_run"]) == (8, 2, True)
    brought = usher("records", "import", str(path), "--json")
    assert brought.code == 8
    assert [(one["line"], one["code"]) for one in brought.json["failed"]] == [
        (4, "owner_not_active")
    ]
    assert brought.json["failed_file"] == str(tmp_path / "records.failed.csv")
    assert "2 were there already, 1 bad." in usher("records", "import", str(path)).out
    with owner.store.write(owner):
        deals(owner.store, ana.id, 4, 5)
    assert usher("records", "list", "--owner", "ana").out.splitlines() == [
        "kind    ref  title   state  owner  sub-account",
        "client  8                   ana",
        "client  7    Acme    won    ana",
        "deal    4    Deal 4         ana",
        "deal    5    Deal 5         ana",
        "4 of 4",
    ]
    first = usher("records", "list", "--limit", "3", "--json").json
    assert (len(first["items"]), first["total"]) == (3, 4)
    assert first["items"][1] == {
        "kind": "client", "ref": "7", "title": "Acme", "state": "won", "owner": "ana",
        "sub_account": "",
    }  # fmt: skip
    last = usher("records", "list", "--after", first["next"], "--json").json
    assert ([one["ref"] for one in last["items"]], last["next"]) == (["5"], None)
    assert usher("records", "list", "--after", "W10").code == 2
    counted = usher("records", "list", "--owner", "ana", "--counts", "--json").json
    assert counted == {"counts": {"client": {"": 1, "won": 1}, "deal": {"": 2}}}
    assert "client  won         1" in usher("records", "list", "--owner", "ana", "--counts").out
    assert usher("records", "list", "--counts").code == 2
    would = usher("records", "assign", "client", "7", "8", "--to", "rui", "--dry-run").out
    assert "records: client 7, client 8" in would
    assigned = usher("records", "assign", "client", "7", "8", "--to", "rui")
    assert assigned.out == f"2 records are now Maria Silva 2's (user {rui.id}).\n"
    assert audit.history(owner)[0].command == f"usher records assign client 7 8 --to {rui.id}"
    as_json = usher("records", "assign", "deal", "4", "--to", "rui", "--json").json
    assert (as_json["to"]["login"], as_json["assigned"], as_json["from"]) == ("rui", 1, [ana.id])
    refused = usher("records", "assign", "deal", "5", "--to", "blocked", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (3, "not_selectable")
    assert usher("records", "assign", "deal", "4", "--to", "rui").code == 3
    assert usher("records", "assign", "deal", "77", "--to", "rui").code == 5
