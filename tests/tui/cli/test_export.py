"""`usher export`: to a file, to stdout, rehearsed, and ended from outside."""

import csv
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from io import StringIO
from pathlib import Path

import click
import pytest

from store import locking
from store.database import Store
from store.session import Session
from tests.conftest import PASSWORD
from tests.store.listing.crowd import Crowd, strangers
from tests.tui.cli.conftest import Usher
from tui.cli import progress


@pytest.fixture
def crowd(store: Store, owner: Session) -> Crowd:
    """So many users besides the owner that their file takes some pages, and no pipe holds it."""
    crowd = Crowd(store)
    crowd.add(*(one for one in strangers(3000) if one.id != owner.user))
    return crowd


def test_a_file_is_written_told_and_never_overwritten(
    usher: Usher, owner: Session, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    assert usher("export", str(file)).out == f"1 person written to {file}\n"
    first = file.read_bytes()
    again = usher("export", str(file), "--column", "id", "--json")
    assert (again.code, again.json["error"]["code"]) == (3, "file_exists")
    assert "--yes replaces it" in again.json["error"]["message"]
    assert file.read_bytes() == first
    replaced = usher("export", str(file), "--column", "id", "--json", "--yes")
    assert replaced.json == {"rows": 1, "path": str(file)}
    assert file.read_bytes() == b"id\r\n1\r\n"


def test_the_options_of_the_list_narrow_it(usher: Usher, crowd: Crowd) -> None:
    words = ("--search", "шев", "--status", "active", "--status", "blocked", "--role", "менеджер",
             "--team", "North")  # fmt: skip
    listed = usher("users", "list", "--limit", "1000", "--json", *words).json["items"]
    printed = usher("export", "-", "--column", "id", "--column", "status", *words).out
    rows = list(csv.DictReader(StringIO(printed)))
    assert len(rows) > 1
    assert [int(row["id"]) for row in rows] == [one["id"] for one in listed]
    assert {row["status"] for row in rows} <= {"active", "blocked"}


def test_a_rehearsal_counts_and_writes_nothing(
    usher: Usher, owner: Session, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    answer = usher("export", str(file), "--dry-run")
    assert answer.out == f"1 person would be written to {file}\n"
    assert usher("export", str(file), "--dry-run", "--json").json == {
        "dry_run": True,
        "rows": 1,
        "path": str(file),
    }
    assert usher("export", "-", "--dry-run", "--json").json["path"] is None
    assert not file.exists()
    assert usher("audit", "list", "--json").json["items"][0]["verb"] != "export"


def test_stdout_holds_the_rows_and_nothing_else(usher: Usher, owner: Session) -> None:
    answer = usher("export", "-", "--column", "email", "--column", "admin")
    assert (answer.out, answer.err) == ("email,admin\nolga@acme.com.ua,true\n", "")
    assert usher("export", "-", "--json").code == 2
    (entry, *_older) = usher("audit", "list", "--json").json["items"]
    assert entry["changes"]["path"] == [None, "-"]


def test_an_unknown_column_is_named(usher: Usher, owner: Session) -> None:
    answer = usher("export", "-", "--column", "password_hash")
    assert answer.code == 2
    assert "'password_hash' is not one of" in answer.err


def test_signed_in_one_exports_with_the_password_just_given(
    usher: Usher, owner: Session, tmp_path: Path
) -> None:
    """DESIGN 3.6: dangerous, and proved a moment ago."""
    words = ("--as", "olga", "export", str(tmp_path / "people.csv"))
    assert usher(*words, stdin="wrong\n").code == 4
    assert usher(*words, stdin=f"{PASSWORD}\n").code == 0
    verbs = [one["verb"] for one in usher("audit", "list", "--json").json["items"]][:3]
    assert verbs == ["sign_out", "export", "sign_in"]


def test_what_cannot_be_written_is_a_sentence(usher: Usher, owner: Session) -> None:
    for place, code in (("/nowhere/people.csv", 3), ("/", 3), ("/dev/full", 3)):
        answer = usher("export", place)
        assert answer.code == code
        assert answer.err.count("\n") == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_ended_from_outside_it_leaves_nothing(
    crowd: Crowd, data_folder: Path, tmp_path: Path, number: signal.Signals
) -> None:
    """CHECKLIST F9: the line drops, the machine goes down."""
    if signal.getsignal(number) is signal.SIG_IGN:
        pytest.skip("whoever runs the tests does not let this signal through")
    folder = tmp_path / "out"
    folder.mkdir()
    # Who cannot write to the history waits, with all of the file beside its name.
    with locking.locked(data_folder / "usher.db.lock", 5):
        process = subprocess.Popen(
            [sys.executable, "-m", "tui", "export", str(folder / "people.csv")],
            stderr=subprocess.PIPE,
        )
        while not list(folder.iterdir()):
            assert process.poll() is None
        process.send_signal(number)
        _out, err = process.communicate(timeout=30)
    assert (process.returncode, err.strip()) == (130, b"")
    assert list(folder.iterdir()) == []


@contextmanager
def at_a_terminal() -> Iterator[int]:
    """Let stderr be a terminal; gives its other end."""
    ours, theirs = os.openpty()
    try:
        with os.fdopen(theirs, "w", encoding="utf-8") as stream, redirect_stderr(stream):
            yield ours
    finally:
        os.close(ours)


def test_progress_is_told_at_a_terminal_and_gone_at_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0)
    with at_a_terminal() as terminal:
        with progress.Progress("{} people".format) as told:
            told(500)
            told(1000)
        # The clean-up comes in two writes, and a terminal gives what is there.
        read = b""
        while read.count(b"\r") < 3:
            read += os.read(terminal, 200)
        assert read == b"\r500 people\r          \r"


def test_nothing_is_told_of_what_is_quick() -> None:
    with at_a_terminal() as terminal:
        with progress.Progress("{} people".format) as told:
            told(500)
        click.echo("end", err=True)
        assert os.read(terminal, 200) == b"end\r\n"


def test_a_file_of_errors_holds_no_progress(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0)
    with progress.Progress("{} people".format) as told:
        told(500)
    assert capsys.readouterr().err == ""
