"""No clear password but in the head of whoever typed it (CHECKLIST A12, ASVS 14.2, 16.2.5)."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from store import account
from store.opening import open_store
from store.values import Draft
from tests.e2e.terminal import PATIENCE, Terminal

OWN, WRONG, NEW, TEMPORARY = (
    f"S3cretPW99-{word}-4b1f" for word in ("own", "wrong", "new", "handed")
)


def leaks(folders: list[Path]) -> list[str]:
    """The files below these folders in which one of the passwords stands."""
    wanted = [word.encode() for word in (OWN, WRONG, NEW, TEMPORARY)]
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and any(word in path.read_bytes() for word in wanted):
                found.append(str(path))
    return found


def told(process: int) -> bytes:
    """What every user of the machine may read of a process, and what its owner may."""
    parts = (Path(f"/proc/{process}/{name}") for name in ("cmdline", "environ"))
    return b"".join(path.read_bytes() for path in parts if path.exists())


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of one's own, with all that programs like to leave in one."""
    folder = tmp_path / "home"
    (folder / "tmp").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder / "tmp"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / ".cache"))
    monkeypatch.chdir(folder)
    return folder


def test_no_password_is_left_anywhere_whatever_happens(
    terminal: Callable[..., Terminal], database: Path, home: Path
) -> None:
    """Sign-in, a wrong one, a change, a command with one by stdin, and a process that is killed."""
    store = open_store(f"sqlite:///{database}", create=True)
    draft = Draft(first_name="Olga", last_name="Bakum", login="olga", email="olga@acme.com.ua")
    account.init(store, "Acme", draft, OWN)
    store.close()
    one = terminal()
    one.wait_for("Sign in with your login")
    one.child.send(f"olga\t{WRONG}\r")
    one.wait_for("not accepted")
    one.child.send(f"{OWN}\r")
    one.wait_for("Bakum, Olga")
    one.child.send("ms")
    one.wait_for("current one")
    one.child.send(f"{OWN}\t{NEW}\t{NEW}")
    one.wait_for("*" * len(NEW))
    assert OWN.encode() not in told(one.child.pid)
    one.child.send("\x1bOQ")
    one.wait_for("has been changed")
    made = subprocess.run(
        [sys.executable, "-m", "tui", "--as", "olga", "users", "create", "--first", "Ana",
         "--last", "Silva", "--login", "ana", "--admin", "--reason", "canary", "--password-stdin"],
        input=f"{NEW}\n{TEMPORARY}\n", text=True, capture_output=True, timeout=PATIENCE,
        check=False,
    )  # fmt: skip
    assert (made.returncode, made.stderr) == (0, "")
    another = terminal()
    another.wait_for("Sign in with your login")
    another.child.send(f"ana\t{TEMPORARY}")
    another.wait_for("*" * len(TEMPORARY))
    os.kill(another.child.pid, signal.SIGSEGV)
    another.wait_for_end()
    one.child.send("q")
    one.wait_for("People")
    one.settle()
    one.child.send("q")
    assert one.wait_for_end() == 0
    said = one.raw + another.raw + made.stdout
    assert [word for word in (OWN, WRONG, NEW, TEMPORARY) if word in said] == []
    assert leaks([database.parent, home]) == []
