"""Files that are no list of people, or a hostile one (CHECKLIST F7).

None ends in an exception, none takes more than 300 MB: the large ones are read in a process of
their own, which says how much it took.
"""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from store.errors import Refused
from store.exchange import importing
from store.exchange.headings import COLUMNS
from store.exchange.importing import import_people, plan
from store.exchange.reading import BATCH_MAX, opened
from store.session import Session
from tests.store.exchange.conftest import HEADER, MARIA, RUI, Write, everybody, faults, many

MEMORY_MAX = 300
"""Megabytes."""

READING = """
import json, sys
from pathlib import Path
from store.account import init
from store.errors import Refused
from store.exchange.importing import Options, import_people
from store.opening import open_store
from store.session import operator_session
from tests.conftest import CheapHasher
from store.values import Draft

store = open_store(hasher=CheapHasher(), create=True)
draft = Draft(first_name="O", last_name="B", login="olga", email="olga@acme.com.ua")
init(store, "Acme", draft, "correct horse battery")
try:
    summary = import_people(operator_session(store), Path(sys.argv[1]), Options(create_teams=True))
    done = summary.created + summary.updated + summary.unchanged + len(summary.failed)
    answer = [summary.rows, done, sorted({one.code for one in summary.failed})]
except Refused as refused:
    answer = [0, 0, [refused.name]]
# What `getrusage` says is at least what the tests themselves had taken before the exec.
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
peak = int(status["VmHWM"].split()[0]) // 1024
print(json.dumps([*answer, peak]))
"""


def imported(path: Path) -> tuple[int, list[str]]:
    """The rows, and the codes of those that failed or of the refusal; within the memory."""
    process = subprocess.run(
        [sys.executable, "-c", READING, str(path)], capture_output=True, text=True, check=False
    )
    assert (process.returncode, process.stderr) == (0, "")
    rows, done, codes, peak = json.loads(process.stdout)
    assert rows == done
    assert peak < MEMORY_MAX
    return rows, codes


def refusal(session: Session, path: Path) -> Refused:
    """The refusal of the plan, which is that of the import; nothing is written."""
    with pytest.raises(Refused) as planned:
        plan(session, path)
    with pytest.raises(Refused) as refused:
        import_people(session, path)
    assert refused.value.as_json() == planned.value.as_json()
    assert len(everybody(session.store)) == 1
    return refused.value


LARGE: dict[str, tuple[Callable[[], bytes], int, list[str]]] = {
    "a million columns": (lambda: b"email," * 1_000_000, 0, ["columns_too_many"]),
    "a heading of 50 MB": (lambda: b"x" * 50_000_000, 0, ["columns_unknown"]),
    "a row of 50 MB": (
        lambda: b"%s\n%s\n%s\n" % (HEADER.encode(), b"x" * 50_000_000, b"," * 9),
        2,
        ["required", "too_long"],
    ),
    "rows of a million cells": (
        lambda: b"%s\n" % HEADER.encode() + (b"," * 1_000_000 + b"\n") * 50,
        50,
        ["too_long"],
    ),
    "rows of commas up to the bound": (
        lambda: b"%s\n" % HEADER.encode() + (b"ab," * 43_600 + b"\n") * 400,
        400,
        ["field_count"],
    ),
    "a quote that never closes": (
        lambda: b'%s\n"%s' % (HEADER.encode(), b"x,\n" * 200_000),
        200_000,
        ["field_count"],
    ),
    "nothing but zeros": (lambda: b"\x00" * 50_000_000, 0, ["columns_unknown"]),
    "NUL in every cell": (
        lambda: b"%s\n" % HEADER.encode() + (b",".join([b"\x00a"] * 10) + b"\n") * 20_000,
        20_000,
        ["control_characters"],
    ),
    "a workbook that unpacks to much": (
        lambda: b"PK\x03\x04" + b"\x00" * 10_000_000,
        0,
        ["not_csv"],
    ),
}


AT_ONCE = {"a million columns", "a row of 50 MB", "a workbook that unpacks to much"}
"""The others take seconds each."""


@pytest.mark.parametrize(
    "kind", [one if one in AT_ONCE else pytest.param(one, marks=pytest.mark.slow) for one in LARGE]
)
def test_a_large_file_of_nonsense_ends_in_little_memory(tmp_path: Path, kind: str) -> None:
    content, rows, codes = LARGE[kind]
    path = tmp_path / "people.csv"
    path.write_bytes(content())
    assert imported(path) == (rows, codes)


@pytest.mark.slow
def test_a_hundred_thousand_bad_rows_fit_into_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    rows = [f"Rui,Simões {one},rui{one}@acme,,,,,Wizard,North," for one in range(100_000)]
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    assert imported(path) == (100_000, ["email_invalid"])


# What is refused as a whole


@pytest.mark.parametrize(
    ("encoding", "text", "name"),
    [
        ("utf-16", MARIA, "utf-16"),
        ("utf-16-le", MARIA, "utf-16le"),
        ("utf-16-be", MARIA, "utf-16be"),
        ("cp1251", MARIA.replace("Maria,Silva", "Марія,Шевченко"), "cp1251"),
        ("cp1252", RUI, "cp1252"),
    ],
)
def test_another_encoding_is_refused_with_the_command_that_converts(
    session: Session, tmp_path: Path, encoding: str, text: str, name: str
) -> None:
    path = tmp_path / "our people.csv"
    path.write_bytes(f"{HEADER}\n{text}\n".encode(encoding))
    refused = refusal(session, path)
    assert refused.name == "not_utf8"
    command = refused.message.split(": ", 1)[1]
    assert command.startswith(f"iconv -f {name} -t utf-8 '{path}' > ")
    subprocess.run(command, shell=True, check=True)  # noqa: S602
    assert import_people(session, tmp_path / "our people.utf-8.csv").created == 1


def test_a_workbook_is_refused_by_name(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", HEADER)
    refused = refusal(session, path)
    assert (refused.name, "CSV UTF-8" in refused.message) == ("not_csv", True)


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "loop", "nowhere", "device"])
def test_what_is_no_regular_file_is_refused(session: Session, tmp_path: Path, kind: str) -> None:
    """Nothing waits for a writer and nothing is read for ever."""
    path = tmp_path / "people.csv"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind != "missing":
        targets = {"loop": path, "nowhere": tmp_path / "gone", "device": Path("/dev/zero")}
        path.symlink_to(targets[kind])
    assert refusal(session, path).name == "file_unreadable"


def test_a_link_of_ones_own_is_followed(session: Session, write: Write, tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to(write(MARIA))
    assert import_people(session, link).created == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can lay a link for someone else")
def test_a_link_that_someone_else_has_laid_is_not_followed(
    session: Session, write: Write, tmp_path: Path
) -> None:
    """In a folder that others may write to, whoever lays a link would decide what is read."""
    link = tmp_path / "link.csv"
    link.symlink_to(write(MARIA))
    os.chown(link, 65534, 65534, follow_symlinks=False)
    assert refusal(session, link).name == "file_unreadable"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "file_empty"),
        ("\r\n\r\n", "file_empty"),
        (MARIA, "columns_unknown"),
        ("email,login,Email\na,b,c", "columns_twice"),
        ('"email\na,b', "columns_unknown"),
    ],
)
def test_a_first_line_that_says_nothing_is_refused(
    session: Session, tmp_path: Path, content: str, code: str
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(content, encoding="utf-8", newline="")
    assert refusal(session, path).name == code


# What is taken all the same


def test_line_ends_may_be_mixed(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(f"{HEADER}\r{MARIA}\n{RUI}\r\n\n\rbad\r".encode())
    summary = import_people(session, path)
    assert (summary.created, faults(summary)) == (2, [(6, "field_count")])


@pytest.mark.parametrize("change", ["grown", "cut", "rewritten"])
def test_a_file_that_changes_while_it_is_read_is_given_up(
    session: Session, write: Write, change: str
) -> None:
    """Before the batch in which a row could be half of two; those before are in."""
    path = write(*many(3 * importing.BATCH))
    text = path.read_bytes()

    def meddle(_rows: int, _part: float) -> None:
        if change == "grown":
            with path.open("ab") as stream:
                stream.write(b"more\n")
        elif change == "cut":
            os.truncate(path, len(text) // 2)
        else:
            path.write_bytes(text.replace(b"acme", b"ACME"))

    with pytest.raises(Refused) as refused:
        import_people(session, path, progress=meddle)
    assert refused.value.name == "file_changed"
    assert refused.value.data == {"rows": importing.BATCH}
    assert f"{importing.BATCH} rows were imported before that" in refused.value.message
    assert len(everybody(session.store)) == 1 + importing.BATCH
    again = import_people(session, write(*many(3 * importing.BATCH)))
    assert (again.created, again.unchanged) == (2 * importing.BATCH, importing.BATCH)


def test_long_rows_come_in_small_batches(write: Write) -> None:
    path = write(*["x" * 100_000 for _one in range(60)], header=",".join(COLUMNS))
    with opened(path) as source:
        sizes = [sum(len(row.cells[0]) for row in batch) for batch in source.batches(1000)]
    assert sum(sizes) == 6_000_000
    assert max(sizes) <= BATCH_MAX + 100_000
