"""`usher import`: the summary, the rehearsal, the second time."""

from pathlib import Path

from store import listing
from store.exchange import mappings
from store.session import Session
from tests.tui.cli.conftest import Usher
from tui.cli.importing import LISTED
from tui.cli.output import AT_ONCE

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
    assert "0 created, 0 changed, 1 were there already, 1 bad" in again.out
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


def test_headings_are_mapped_and_those_who_are_there_are_changed(
    usher: Usher, owner: Session, tmp_path: Path
) -> None:
    """DESIGN 5: --column, --mapping, --update."""
    file = tmp_path / "people.csv"
    file.write_text(ROWS.replace("email", "Mail=1").replace("Nobody", "Support"), encoding="utf-8")
    words = ("import", str(file), "--create-teams", "--json")
    refused = usher(*words)
    assert (refused.code, refused.json["error"]["code"]) == (3, "columns_unknown")
    assert usher(*words, "--column", "Mail").code == 2
    assert usher(*words, "--column", "Mail=1=email").json["created"] == 2
    mappings.save(owner, "CRM", {"Mail=1": "email"})
    assert usher(*words, "--mapping", "CRM").json["unchanged"] == 2
    assert usher(*words, "--mapping", "ERP").json["error"]["code"] == "mapping_unknown"
    file.write_text(file.read_text(encoding="utf-8").replace("Peña", "Gil"), encoding="utf-8")
    assert usher(*words, "--mapping", "CRM").code == 8
    changed = usher(*words, "--mapping", "CRM", "--update")
    assert (changed.code, changed.json["updated"], changed.json["unchanged"]) == (0, 1, 1)
    assert next(row.last_name for row in listing.page(owner).rows) == "Bakum"


def test_of_a_great_many_bad_rows_the_first_are_shown(
    usher: Usher, owner: Session, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(ROWS.splitlines()[0] + "\nx" * (LISTED + 3), encoding="utf-8")
    answer = usher("import", str(file))
    assert answer.code == 8
    assert answer.out.count("field_count") == LISTED
    assert "… and 3 more." in answer.out


def test_of_a_great_many_bad_rows_json_has_all(
    usher: Usher, owner: Session, tmp_path: Path
) -> None:
    """They are written bit by bit: a file of a million bad rows takes no memory for them."""
    file = tmp_path / "people.csv"
    bad = "A\u202e\x1b,B,x@@y.zz,,,,,,,\n" * (2 * AT_ONCE + 1)
    file.write_text(f"{ROWS.splitlines()[0]}\n{bad}", encoding="utf-8")
    told = usher("import", str(file), "--json").json
    assert told["rows"] == 2 * AT_ONCE + 1
    assert [one["line"] for one in told["failed"]] == list(range(2, 2 * AT_ONCE + 3))
    assert set(told["failed"][0]) == {"line", "code", "message"}


def test_the_flag_that_would_help_is_named_once(
    usher: Usher, owner: Session, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(ROWS.replace("Nobody", "Support"), encoding="utf-8")
    assert "team_unknown: --create-teams makes" in usher("import", str(file)).out
    assert usher("import", str(file), "--create-teams").code == 0
    file.write_text(file.read_text(encoding="utf-8").replace("Peña", "Gil"), encoding="utf-8")
    assert "email_taken: --update changes" in usher("import", str(file)).out
    rehearsed = usher("import", str(file), "--update", "--create-teams", "--dry-run").out
    assert "--update" not in rehearsed
