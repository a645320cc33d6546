"""An unusable file next to the database gives one sentence and exit 7, never an incident."""

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from store import faults
from store.errors import Refused, Unavailable
from store.opening import open_store
from store.session import operator_session
from store.upkeep import creating
from tests.conftest import PASSWORD, copied
from tests.tui.cli.conftest import Answer
from tests.tui.cli.test_no_account import INIT, usher
from tui import incident

COMMANDS = (
    ("users list", ""),
    ("teams create North", ""),
    ("sign-in olga", f"{PASSWORD}\n"),
    ("--as olga users list", f"{PASSWORD}\n"),
    ("audit verify", ""),
    ("maintain", ""),
    ("mail deliver", ""),
    ("doctor files", ""),
    ("doctor clock", ""),
    ("settings set mail.keep_days 30", ""),
    ("forgot olga", ""),
)
FILES = ("usher.db.lock", "hash.0.lock", "hash.1.lock", "server.key", "audit.head", "usher.log",
         "smtp.password", "mail")  # fmt: skip


@pytest.fixture
def account(sqlite_account: Path, data_folder: Path) -> Path:
    copied(sqlite_account, data_folder)
    return data_folder


def folder_in_its_place(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir(mode=0o700)


def link_to_itself(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(path)


def judge(answer: Answer, *where: object) -> None:
    assert answer.code != 1, where
    assert "went wrong inside" not in answer.err, where
    if answer.code == 7:
        assert answer.err.count("\n") == 1, where


@pytest.mark.parametrize("spoil", [folder_in_its_place, link_to_itself])
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_none_is_told_in_a_sentence(
    account: Path, name: str, spoil: Callable[[Path], None]
) -> None:
    spoil(account / name)
    codes = set()
    for line, stdin in COMMANDS:
        answer = usher(*line.split(), stdin=stdin)
        judge(answer, line, answer)
        codes.add(answer.code)
        if answer.code == 7:
            assert name in answer.err
    # The key, the anchor and the log are checked when the account is opened.
    refused = {"server.key", "audit.head", "usher.log"}
    assert 0 in codes or name in refused
    assert (7 in codes) is (name in {"usher.db.lock", "hash.0.lock", *refused})


def test_both_hash_slots_in_the_way_refuse_a_sign_in(account: Path) -> None:
    for number in range(2):
        folder_in_its_place(account / f"hash.{number}.lock")
    answer = usher("sign-in", "olga", stdin=f"{PASSWORD}\n")
    assert answer.code == 7
    assert "hash.0.lock cannot be used (is a directory)" in answer.err


@contextmanager
def disk(folder: Path, size: str) -> Iterator[Path]:
    """A separate disk that can be full or read-only."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "none", str(folder)]
    if os.geteuid() != 0 or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("a disk of its own takes root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_read_only_disk_is_told_in_a_sentence(
    sqlite_account: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with disk(tmp_path / "disk", "20m") as folder:
        for one in sqlite_account.iterdir():
            shutil.copy(one, folder)
        monkeypatch.setenv("USHER_DATA", str(folder))
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        refused = 0
        for line, stdin in COMMANDS:
            answer = usher(*line.split(), stdin=stdin)
            judge(answer, line, answer)
            if answer.code == 7:
                refused += 1
                assert "cannot be written to" in answer.err, (line, answer)
        assert refused >= 5
        assert usher("users", "list").code == 0
        begun = usher("--database", f"sqlite:///{folder}/new/usher.db", "migrate")
        assert begun.code == 7


def test_a_full_disk_is_told_in_a_sentence(
    sqlite_account: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with disk(tmp_path / "disk", "1m") as folder:
        for one in sqlite_account.iterdir():
            if one.suffix != ".lock":
                shutil.copy(one, folder)
        monkeypatch.setenv("USHER_DATA", str(folder))
        filling = folder / "filling"
        with filling.open("wb", buffering=0) as stream:
            try:
                while stream.write(b"\0" * 4096):
                    pass
            except OSError:
                pass
        for line, stdin in COMMANDS:
            judge(usher(*line.split(), stdin=stdin), line)


def test_too_many_open_files_are_told_in_a_sentence(tmp_path: Path) -> None:
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from store import locking\n"
        "from store.errors import Unavailable\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))\n"
        "one, two = locking.locked, lambda path, wait: locking.one_of([path], wait)\n"
        "for hold in (one, two):\n"
        "    try:\n"
        "        hold(Path(sys.argv[1]), 1).__enter__()\n"
        "    except Unavailable as error:\n"
        "        print(error.message)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "lock")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.count("too many files are open") == 2


@pytest.mark.parametrize("number", sorted({*faults._FILE, 1, 2, 20, 40, 116}))
def test_every_error_of_a_file_is_a_sentence_that_names_it(number: int, tmp_path: Path) -> None:
    path = tmp_path / "usher.db.lock"
    with pytest.raises(Unavailable) as refused, faults.on_file(path):
        raise OSError(number, os.strerror(number))
    assert refused.value.exit_code == 7
    assert str(path) in refused.value.message
    assert "{" not in refused.value.message


def test_a_log_that_cannot_be_written_is_refused_before_anything_is_done(account: Path) -> None:
    folder_in_its_place(account / "usher.log")
    answer = usher("settings", "set", "lockout.attempts", "6")
    assert (answer.code, answer.err.count("\n")) == (7, 1)
    assert f"{account / 'usher.log'} cannot be used (is a directory)" in answer.err
    (account / "usher.log").rmdir()
    assert "lockout.attempts" not in usher("audit", "list").out


def test_a_log_that_fails_later_undoes_nothing(account: Path) -> None:
    with closing(open_store(f"sqlite:///{account / 'usher.db'}")) as store:
        incident.log_to(store.folder)
        folder_in_its_place(store.folder.log)
        with store.write(operator_session(store)) as unit:
            unit.record("settings", None, {"lockout.attempts": (5, 6)})
            store.log.warning("a line that cannot be written")
    (account / "usher.log").rmdir()
    assert "lockout.attempts" in usher("audit", "list", "--json").out


@pytest.mark.parametrize("name", ["server.key.bak", "server.key.txt"])
@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_a_note_beside_the_key_is_no_key(account: Path, name: str, mode: int) -> None:
    (account / name).write_text("The key of 2024 is in the safe.", encoding="utf-8")
    (account / name).chmod(mode)
    assert usher("audit", "verify").code == 0


def test_a_folder_beside_the_key_is_no_key(account: Path) -> None:
    (account / "server.key.d").mkdir()
    assert usher("audit", "verify").code == 0


def test_a_former_key_that_others_can_read_is_refused(account: Path) -> None:
    (account / "server.key.old").write_bytes(b"k" * 32)
    (account / "server.key.old").chmod(0o644)
    answer = usher("audit", "verify")
    assert answer.code == 7
    assert "chmod 600" in answer.err


@pytest.mark.parametrize(
    ("spoil", "said"),
    [(folder_in_its_place, "is not a file"), (link_to_itself, "is a symbolic link")],
)
def test_a_key_that_is_no_file_is_not_blamed_on_its_mode(
    account: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(account / "server.key")
    answer = usher("users", "list")
    assert answer.code == 7
    assert said in answer.err
    assert "chmod" not in answer.err


@pytest.mark.parametrize("fails", ["tables", "key", "hash"])
@pytest.mark.parametrize("folder_is_there", [False, True])
def test_init_that_fails_leaves_nothing_that_it_created(
    data_folder: Path, fails: str, folder_is_there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up at any step: nothing is left, and the next try works."""
    if folder_is_there:
        data_folder.mkdir(mode=0o700)
        (data_folder / "note").touch(mode=0o600)
    before = sorted(data_folder.parent.rglob("*"))
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with monkeypatch.context() as patch:
        if fails == "tables":
            patch.setattr(sqlite3, "connect", raising(sqlite3.OperationalError("disk is full")))
        elif fails == "key":
            patch.setattr(os, "link", raising(full))
        else:
            patch.setattr(os, "fsync", raising(full))
        answer = usher(*INIT, stdin=f"{PASSWORD}\n")
    assert answer.code == 7, answer
    assert sorted(data_folder.parent.rglob("*")) == before
    assert usher(*INIT, stdin=f"{PASSWORD}\n").code == 0


def raising(error: Exception) -> Callable[..., object]:
    def fail(*_words: object, **_options: object) -> object:
        raise error

    return fail


def test_init_that_loses_a_race_removes_nothing_of_the_winner(
    sqlite_account: Path, data_folder: Path
) -> None:
    """The other process may have finished while this one was failing."""
    url = f"sqlite:///{data_folder / 'usher.db'}"
    with (
        closing(open_store(url, create=True)) as mine,
        pytest.raises(Refused),
        creating.removed_on_failure(mine),
    ):
        copied(sqlite_account, data_folder)
        raise Refused("too late", code="account_exists")
    assert usher("users", "list").code == 0


def test_migrate_ends_with_7_where_the_key_is_missing(account: Path) -> None:
    (account / "server.key").unlink()
    for words in (["migrate"], ["migrate", "--json"]):
        answer = usher(*words)
        assert answer.code == 7, answer
    assert answer.json["error"]["code"] == "server_key"
    assert "server.key is missing" in usher("migrate").err
