"""`usher ssh` as a process, as sshd starts it: what it believes, and what it throws away."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from store import keys
from store.opening import open_store
from store.session import operator_session
from tests.conftest import PASSWORD
from tests.public_keys import ECDSA, ED25519

Run = Callable[..., subprocess.CompletedProcess[str]]
CONNECTION = "203.0.113.9 50000 192.0.2.1 22"


@pytest.fixture
def run(people: Path) -> Run:
    """Start `usher ssh` for Olga's key with a line that she sent."""
    store = open_store(f"sqlite:///{people}")
    keys.add(operator_session(store).because("a test"), "olga", ED25519.line)
    store.close()

    def started(
        line: str, *options: str, stdin: str = f"{PASSWORD}\n", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        given = {"SSH_CONNECTION": CONNECTION, "SSH_ORIGINAL_COMMAND": line, **environment}
        named = options or ("--key", ED25519.fingerprint, "--data", str(people.parent))
        return subprocess.run(
            [sys.executable, "-m", "tui", "ssh", *named], input=stdin, text=True,
            capture_output=True, timeout=60, check=False, env={**os.environ, **given},
        )  # fmt: skip

    return started


def test_the_database_is_the_one_of_the_line_whatever_the_variables_say(
    run: Run, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    answer = run(
        "users list --json --password-stdin",
        USHER_DATABASE=f"sqlite:///{other}/usher.db",
        USHER_DATA=str(other),
        XDG_DATA_HOME=str(other),
    )
    assert json.loads(answer.stdout)["total"] == 1
    assert not other.exists()


def test_a_shell_that_completes_is_not_answered_over_ssh(run: Run) -> None:
    answer = run("users list", _USHER_COMPLETE="bash_complete", COMP_WORDS="usher ", COMP_CWORD="1")
    assert (answer.returncode, answer.stdout) == (2, "")


def test_python_does_not_become_a_shell(run: Run) -> None:
    """CHECKLIST E43: what is left on stdin would be read by an interpreter."""
    stdin = f"{PASSWORD}\nprint('a', 'shell')\n"
    answer = run("users list --json --password-stdin", stdin=stdin, PYTHONINSPECT="1")
    assert answer.returncode == 0
    assert "a shell" not in answer.stdout
    assert ">>>" not in answer.stderr


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (f"publickey {ED25519.line}\n", 0),
        (f"publickey {' '.join(ED25519.line.split()[:2])}\n", 0),
        (f"publickey {' '.join(ECDSA.line.split()[:2])}\n", 4),
        ("password\n", 4),
        ("", 4),
        (None, 4),
    ],
)
def test_the_key_must_be_the_one_that_sshd_has_written_down(
    run: Run, tmp_path: Path, written: str | None, code: int
) -> None:
    """`ExposeAuthInfo`: what cannot be read proves nothing."""
    file = tmp_path / "auth"
    if written is not None:
        kind = written.split(" ")
        file.write_text(" ".join(kind[:3]).rstrip() + "\n")
    answer = run("users list --json --password-stdin", SSH_USER_AUTH=str(file))
    assert answer.returncode == code
    if code:
        assert "is not the one" in answer.stderr


def test_a_device_in_the_place_of_what_sshd_has_written_down_is_not_read(run: Run) -> None:
    assert run("users list", SSH_USER_AUTH="/dev/zero").returncode == 4


def test_a_key_that_was_taken_away_meanwhile_is_nobodys(run: Run, people: Path) -> None:
    answer = run("users list", "--key", ECDSA.fingerprint, "--data", str(people.parent))
    assert (answer.returncode, answer.stdout) == (4, "")
    assert "nobody's any more" in answer.stderr


def test_it_is_nothing_for_a_person_at_a_shell(run: Run) -> None:
    answer = run("users list", SSH_CONNECTION="")
    assert answer.returncode == 2
    assert "docs/ssh.md" in answer.stderr


def test_nobody_begins_an_account_over_ssh(run: Run, tmp_path: Path) -> None:
    new = tmp_path / "new"
    init = "init --account X --first A --last B --email a@b.example --login x"
    for line in ("", init, "migrate"):
        answer = run(line, "--data", str(new))
        assert answer.returncode == 7
        assert answer.stderr.startswith(f"There is no account at {new / 'usher.db'}.")
    assert not new.exists()


def test_an_answer_in_json_is_json_in_a_refusal_too(run: Run) -> None:
    answer = run("migrate --json")
    assert json.loads(answer.stdout)["error"]["code"] == "not_allowed"


def test_help_is_there_for_everybody(run: Run) -> None:
    answer = run("usher users list --help", stdin="")
    assert answer.returncode == 0
    assert "--search" in answer.stdout
