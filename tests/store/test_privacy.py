"""Only one OS user can access the data folder (CHECKLIST 73)."""

import os
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from store import privacy
from store.errors import Unavailable
from store.folder import DataFolder
from store.opening import open_store
from store.session import Session
from store.upkeep import migrate
from tests.conftest import CheapHasher, copied, without_account

OTHER = 65_533
"""The id of another OS user."""
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")


@pytest.fixture
def account(sqlite_account: Path, tmp_path: Path) -> Path:
    """The data folder of an account, in a folder of its own."""
    (tmp_path / "above").mkdir()
    copied(sqlite_account, tmp_path / "above" / "data")
    return tmp_path / "above" / "data"


def refusal(folder: Path) -> str:
    with pytest.raises(Unavailable) as refused:
        open_store(f"sqlite:///{folder / 'usher.db'}", hasher=CheapHasher())
    assert refused.value.exit_code == 7
    return refused.value.message


def opens(folder: Path) -> None:
    open_store(f"sqlite:///{folder / 'usher.db'}", hasher=CheapHasher()).close()


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o770, 0o1770, 0o722, 0o720])
def test_a_data_folder_that_others_can_write_to_is_refused_sticky_or_not(
    account: Path, mode: int
) -> None:
    """In a sticky folder, others can still add a `usher.db-journal`, which SQLite plays back."""
    account.chmod(mode)
    said = refusal(account)
    assert f"Other OS users can write to the data folder {account}" in said
    assert f"chmod go-w {account}" in said
    account.chmod(0o700)
    opens(account)


@pytest.mark.parametrize("end", ["", "-journal", "-wal", "-shm"])
@pytest.mark.parametrize(
    ("mode", "word"),
    [(0o666, "write to"), (0o622, "write to"), (0o644, "read"), (0o640, "read"), (0o604, "read")],
)
def test_a_database_that_others_can_read_or_change_is_refused_and_not_repaired(
    account: Path, end: str, mode: int, word: str
) -> None:
    path = account / f"usher.db{end}"
    path.touch()
    path.chmod(mode)
    said = refusal(account)
    assert f"Other OS users can {word} {path}" in said
    assert f"chmod go= {path}" in said
    assert path.stat().st_mode & 0o777 == mode


@pytest.mark.parametrize("name", ["usher.db", "usher.db-journal", "usher.db-wal"])
def test_a_database_that_is_a_symbolic_link_is_refused(account: Path, name: str) -> None:
    path, real = account / name, account.parent / "real"
    real.write_bytes(path.read_bytes() if path.exists() else b"")
    path.unlink(missing_ok=True)
    path.symlink_to(real)
    assert "is a symbolic link" in refusal(account)


@AS_ROOT
def test_what_belongs_to_another_user_is_refused(account: Path) -> None:
    os.chown(account / "usher.db", OTHER, -1)
    assert "belongs to another OS user" in refusal(account)
    os.chown(account / "usher.db", 0, -1)
    os.chown(account, OTHER, -1)
    assert "belongs to another OS user" in refusal(account)


@pytest.mark.parametrize("mode", [0o777, 0o775, 0o757])
def test_a_folder_above_in_which_others_can_rename_is_refused(account: Path, mode: int) -> None:
    """Others could replace the account with an old copy that has old passwords."""
    account.parent.chmod(mode)
    os.chown(account.parent, -1, OTHER if os.geteuid() == 0 else -1)
    said = refusal(account)
    assert f"Other OS users can write to {account.parent} and replace the data folder" in said
    assert f"chmod go-w {account.parent}" in said


def test_a_sticky_folder_above_is_no_danger(account: Path) -> None:
    """As in /tmp, only the owner of a file can rename it."""
    account.parent.chmod(0o1777)
    opens(account)


@AS_ROOT
def test_a_folder_above_that_belongs_to_another_user_is_refused(account: Path) -> None:
    os.chown(account.parent, OTHER, -1)
    assert "belongs to another OS user, who could replace the data folder in it" in refusal(account)


def test_the_folders_behind_a_symbolic_link_are_looked_at_too(
    account: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link"
    link.symlink_to(account)
    opens(link)
    account.parent.chmod(0o777)
    assert "replace the data folder in it" in refusal(link)


def test_nothing_is_created_where_others_could_replace_it(tmp_path: Path) -> None:
    above = tmp_path / "above"
    above.mkdir()
    above.chmod(0o777)
    store = without_account(f"sqlite:///{above / 'data' / 'usher.db'}")
    with pytest.raises(Unavailable, match="replace the data folder in it"):
        migrate.create(store)
    assert list(above.iterdir()) == []


def test_opening_a_folder_that_is_missing_creates_none(tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path / "missing")
    assert not folder.path.exists()
    folder.create()
    assert folder.path.stat().st_mode & 0o777 == 0o700


LOOSE: dict[str, Callable[[Path], Path]] = {
    "usher.db": lambda folder: folder / "usher.db",
    "usher.db-journal": lambda folder: folder / "usher.db-journal",
    "server.key": lambda folder: folder / "server.key",
    "audit.head": lambda folder: folder / "audit.head",
    "usher.log": lambda folder: folder / "usher.log",
    "a backup": lambda folder: folder / "usher.db.20260302T120000.backup",
    "an email": lambda folder: folder / "mail" / "new" / "1.usher",
}


@pytest.mark.parametrize("name", LOOSE)
def test_whatever_is_not_private_in_the_folder_is_found(account: Path, name: str) -> None:
    path = LOOSE[name](account)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    assert list(privacy.exposed(account)) == []
    path.chmod(0o666)
    (found,) = privacy.exposed(account)
    assert found.path == path
    assert f"chmod go= {path}" in found.sentence


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_command_in_the_sentence_does_what_it_says(owner: Session, tmp_path: Path) -> None:
    folder = tmp_path / "it's here"
    folder.mkdir()
    (folder / "usher.db").touch()
    (folder / "usher.db").chmod(0o666)
    for found in list(privacy.exposed(folder)):
        command = found.sentence[found.sentence.index("chmod") :]
        subprocess.run(shlex.split(command), check=True)
    assert list(privacy.exposed(folder)) == []
