"""`usher import`: the summary, the rehearsal, the second time."""

from pathlib import Path

from store import listing
from store.session import Session
from tests.tui.cli.conftest import Usher

ROWS = """first_name,last_name,email,login,phone,country,language,role,team,position
Оксана,Шевченко,oksana@acme.com.ua,oksana,,UA,uk,Support,North,
José,Peña,jose@acme.com.ua,jose,,ES,es,Nobody,North,
"""


def test_a_file_is_rehearsed_brought_in_and_recognised(
    usher: Usher, owner: Session, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(ROWS, encoding="utf-8")
    words = ("import", str(file), "--create-teams")
    rehearsed = usher(*words, "--dry-run", "--json")
    assert listing.count(owner).number == 1
    brought = usher(*words, "--json")
    assert (rehearsed.code, brought.code) == (8, 8)
    failed_file = str(tmp_path / "people.failed.csv")
    assert brought.json["failed_file"] == failed_file
    assert rehearsed.json == {"dry_run": True, **brought.json, "failed_file": None}
    assert [(one["line"], one["code"]) for one in brought.json["failed"]] == [(3, "role_unknown")]
    again = usher(*words)
    assert "0 created, 1 were there already, 1 bad" in again.out
    assert "role_unknown" in again.out
    assert failed_file in again.out


def test_a_file_without_a_fault_is_done(usher: Usher, owner: Session, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("\n".join(ROWS.splitlines()[:2]), encoding="utf-8")
    assert usher("import", str(file)).code == 8
    assert usher("import", str(file), "--create-teams").code == 0
    assert usher("import", str(file)).code == 0


def test_a_file_that_is_none_is_refused(usher: Usher, owner: Session, tmp_path: Path) -> None:
    answer = usher("import", str(tmp_path / "none\u202e.csv"))
    assert answer.code == 3
    assert "<U+202E>" in answer.err
