"""An import that is cut off: whole batches stay, nothing is torn, the rest comes with the next.

The imports run in processes of their own, which tell of each batch that is done; what they were
told to be done must be there (CHECKLIST I60, F1, F3).
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from time import monotonic

import pytest

from store import audit, listing, teams
from store.account import init
from store.database import Store
from store.exchange import importing
from store.exchange.importing import import_people
from store.models import EmployeeRow, Identifier, Membership, UserRow
from store.opening import open_store
from store.session import Session
from store.values import Draft, Filters
from tests.conftest import PASSWORD, CheapHasher, session_of, without_account
from tests.store.exchange.conftest import Write, many

BATCHES = 3

IMPORTING = """
import os, resource, signal, sys
from pathlib import Path
from store.errors import UsherError
from store.exchange.importing import import_people
from store.opening import open_store
from store.session import operator_session

url, path, size, steps = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
session = operator_session(open_store(url))

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def told(rows, part):
    print(rows, flush=True)
    if steps:
        session.store.database.connection().set_progress_handler(die, steps)

if size:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
try:
    import_people(session, path, progress=told)
except UsherError as error:
    print(error.name, error.message)
"""


@contextmanager
def importing_elsewhere(
    url: str, path: Path, *, size: int = 0, steps: int = 0
) -> Iterator[subprocess.Popen[str]]:
    """An import in a process of its own, which is ended at the end of the block."""
    words = [sys.executable, "-c", IMPORTING, url, str(path), str(size), str(steps)]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def line_of(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline()


def stored(store: Store) -> int:
    """How many of the imported are there."""
    with store.read():
        return UserRow.select().count() - 1


def check_sound(session: Session) -> int:
    """See that whoever is there is there wholly, and found; gives how many of the imported are."""
    store, number = session.store, stored(session.store)
    with store.read():
        assert Identifier.select().count() == 2 + number
        assert Membership.select().count() == number
        assert EmployeeRow.select().count() == 1 + number
        if not store.postgres:
            assert store.sql("PRAGMA integrity_check") == [("ok",)]
            store.sql("INSERT INTO usher_grams (usher_grams) VALUES ('integrity-check')")
    assert listing.count(session, Filters(search="simoes"), None).number == number
    for one in {0, number - 1, number} - {-1}:
        page = listing.page(session, Filters(search=f"rui{one}@acme.com"))
        assert len(page.rows) == (one < number)
    created = [entry for entry in audit.history(session, limit=100_000) if entry.verb == "create"]
    assert len({entry.target for entry in created}) == 1 + number
    assert audit.verify(store) is None
    return number


def finish(session: Session, path: Path, rows: int) -> None:
    """Import the file again: only the rest is new."""
    there = check_sound(session)
    summary = import_people(session, path)
    assert (summary.unchanged, summary.created, len(summary.failed)) == (there, rows - there, 0)
    assert check_sound(session) == rows
    assert [one.name for one in path.parent.iterdir() if "failed" in one.name] == []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_signal_in_the_midst_of_a_batch_leaves_whole_batches(
    session: Session, write: Write, url: str, number: signal.Signals
) -> None:
    """Killed, as by a line that drops, and ctrl+c."""
    rows = BATCHES * importing.BATCH
    path = write(*many(rows))
    with importing_elsewhere(url, path) as child:
        acknowledged = int(line_of(child))
        child.send_signal(number)
        child.wait()
    there = check_sound(session)
    assert acknowledged <= there < rows
    assert there % importing.BATCH == 0
    finish(session, path, rows)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "steps",
    [100, 60_000, *(pytest.param(late, marks=pytest.mark.slow) for late in (5_000, 120_000))],
)
def test_a_kill_while_the_database_writes_leaves_whole_batches(
    session: Session, write: Write, url: str, steps: int
) -> None:
    """SQLite itself ends the process, after so many steps of the second batch."""
    rows = BATCHES * importing.BATCH
    path = write(*many(rows))
    with importing_elsewhere(url, path, steps=steps) as child:
        assert child.wait() == -signal.SIGKILL
    assert check_sound(session) == importing.BATCH
    finish(session, path, rows)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_file_that_may_not_grow_leaves_whole_batches(
    session: Session, write: Write, url: str, data_folder: Path
) -> None:
    """CHECKLIST F3, RLIMIT_FSIZE: a plain sentence that says how much is in."""
    rows = BATCHES * importing.BATCH
    path = write(*many(rows))
    with importing_elsewhere(url, path, size=2_600_000) as child:
        words, errors = child.communicate()
    assert errors == ""
    *acknowledged, refusal = words.splitlines()
    there = check_sound(session)
    assert 0 < there == int(acknowledged[-1]) < rows
    assert refusal.startswith("unavailable The disk of")
    assert f"{there} rows were imported before that" in refusal
    finish(session, path, rows)


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "none", str(folder)]
    if os.geteuid() != 0 or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("a disk of its own takes root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_full_disk_leaves_whole_batches(
    session: Session, write: Write, tmp_path: Path, data_folder: Path
) -> None:
    """CHECKLIST F3, a small tmpfs: nothing is torn, and with room it goes on."""
    rows = BATCHES * importing.BATCH
    path = write(*many(rows))
    with small_disk(tmp_path / "disk", "3m") as folder:
        for one in data_folder.iterdir():
            shutil.copy(one, folder)
        store = open_store(f"sqlite:///{folder}/usher.db", hasher=CheapHasher())
        moved = Session(store, session.user, session.name, session.door, session.origin)
        with importing_elsewhere(f"sqlite:///{folder}/usher.db", path) as child:
            refusal = child.communicate()[0].splitlines()[-1]
        assert refusal.startswith("unavailable The disk of")
        assert 0 < check_sound(moved) < rows
        store.close()
        subprocess.run(["mount", "-o", "remount,size=60m", str(folder)], check=True)
        finish(moved, path, rows)
        store.close()


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_two_hundred_kills_at_any_moment_lose_nothing(
    tmp_path: Path, write: Write, sqlite_template: Path, data_folder: Path
) -> None:
    """CHECKLIST F1: an import of 10 000 rows, killed 200 times, goes on each time."""
    chance = Random(11)  # noqa: S311
    rows = 10 * importing.BATCH
    path = write(*many(rows))
    session = fresh(tmp_path / "0", sqlite_template)
    for round_number in range(200):
        url = f"sqlite:///{session.store.where}"
        with importing_elsewhere(url, path) as child:
            told = [line_of(child) for _one in range(chance.randint(0, 2))]
            with suppress(subprocess.TimeoutExpired):
                child.wait(chance.uniform(0, 0.5))
        begun = monotonic()
        session.store.close()
        there = check_sound(session) if stored(session.store) else 0
        assert monotonic() - begun < 10
        assert there % importing.BATCH == 0
        assert there >= max((int(line) for line in told if line), default=0)
        if there == rows:
            session = fresh(tmp_path / str(round_number + 1), sqlite_template)
    finish(session, path, rows)


def fresh(folder: Path, template: Path) -> Session:
    """The owner of a new account, with a team."""
    folder.mkdir(mode=0o700)
    shutil.copyfile(template, folder / "usher.db")
    store = without_account(f"sqlite:///{folder / 'usher.db'}")
    draft = Draft(first_name="Olga", last_name="Bakum", login="olga", email="olga@acme.com.ua")
    session = session_of(store, init(store, "Acme", draft, PASSWORD))
    teams.create(session, "North")
    return session
