"""A file beside the database that cannot be used: one sentence and exit 7, never an incident."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store import faults
from store.errors import Unavailable
from tests.conftest import PASSWORD, copied
from tests.tui.cli.conftest import Answer
from tests.tui.cli.test_no_account import usher

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
    # A log that cannot be written stops no act that is done.
    # Without its key, or what it knows of the history, an account is refused as a whole.
    assert 0 in codes or name in {"server.key", "audit.head"}
    assert (7 in codes) is (name in {"usher.db.lock", "hash.0.lock", "server.key", "audit.head"})


def test_both_hash_slots_in_the_way_refuse_a_sign_in(account: Path) -> None:
    for number in range(2):
        folder_in_its_place(account / f"hash.{number}.lock")
    answer = usher("sign-in", "olga", stdin=f"{PASSWORD}\n")
    assert answer.code == 7
    assert "hash.0.lock cannot be used (is a directory)" in answer.err


@contextmanager
def disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of its own, which can be full or read-only."""
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
