"""The file of the rows that an import left out, ready to be mended."""

import stat
from pathlib import Path

import pytest

from store.errors import Refused, Unavailable
from store.exchange.importing import import_people
from store.session import Session, operator_session
from tests.csv_files import rows_of
from tests.store.exchange.conftest import HEADER, MARIA, Write, everybody


def test_failed_rows_come_back_as_they_came_and_can_be_imported_when_mended(
    session: Session, write: Write
) -> None:
    """S4."""
    bad = " Rui ,\"Simões, filho\",rui@acme,,'+351,PT,,Salesperson,North,'=1"
    path = write(MARIA, bad, "too,few", '"open', header=HEADER.upper())
    summary = import_people(session, path)
    failed_file = path.with_name("people.failed.csv")
    assert summary.failed_file == failed_file
    assert stat.S_IMODE(failed_file.stat().st_mode) == 0o600
    header, *rows = rows_of(failed_file)
    assert header == [*HEADER.upper().split(","), "error"]
    assert [row[:-1] for row in rows] == [
        [" Rui ", "Simões, filho", "rui@acme", "", "'+351", "PT", "", "Salesperson", "North",
         "'=1"],
        ["too", "few"],
        ['"open'],
    ]  # fmt: skip
    assert [row[-1].split(":")[0] for row in rows] == [failure.code for failure in summary.failed]

    text = failed_file.read_text(encoding="utf-8").replace("rui@acme,", "rui@acme.com,")
    failed_file.write_text(text.replace("'+351,", "'+351912345678,"), encoding="utf-8")
    again = import_people(session, failed_file)
    assert (again.created, len(again.failed)) == (1, 2)
    assert again.failed_file == path.with_name("people.failed.failed.csv")
    assert rows_of(again.failed_file)[0] == header


def test_without_failures_there_is_no_file_of_them(session: Session, write: Write) -> None:
    path = write(MARIA)
    assert import_people(session, path).failed_file is None
    assert sorted(one.name for one in path.parent.glob("*.csv")) == ["people.csv"]


def test_the_failed_file_lies_in_the_current_folder_where_the_other_takes_none(
    session: Session, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DESIGN 3.11; in the folder of open files nobody can make one, not even root."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    with write("bad").open() as stream:
        path = Path(f"/dev/fd/{stream.fileno()}")
        summary = import_people(operator_session(session.store), path)
    assert summary.failed_file == folder / f"{path.name}.failed.csv"


def test_without_a_folder_for_the_failed_file_nothing_is_imported(
    session: Session, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    with write(MARIA).open() as stream, pytest.raises(Refused) as refused:
        import_people(operator_session(session.store), Path(f"/dev/fd/{stream.fileno()}"))
    assert refused.value.name == "folder_unwritable"
    assert len(everybody(session.store)) == 1


def test_a_failed_file_that_cannot_be_put_in_its_place_is_told(
    session: Session, write: Write
) -> None:
    path = write(MARIA, "bad")
    path.with_name("people.failed.csv").mkdir()
    with pytest.raises(Unavailable) as unavailable:
        import_people(session, path)
    assert "people.failed.csv cannot be written" in unavailable.value.message
    assert import_people(session, write(MARIA)).unchanged == 1
    assert [one.name for one in path.parent.iterdir() if one.name.startswith(".failed")] == []
