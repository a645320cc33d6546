"""The command as a process: what a shell, a script and a cron job see of it."""

import json
import os
import pwd
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pexpect
import pytest

from tests.conftest import copied

DATA = Path(__file__).parent.parent / "data"
PASSWORD = "seven quiet herons"
INIT = (
    "init", "--account", "Acme", "--first", "Olga", "--last", "Bakum",
    "--email", "olga@acme.com.ua", "--login", "olga",
)  # fmt: skip


def usher(*words: str, stdin: str = "", **options: Any) -> subprocess.CompletedProcess[str]:
    """Run `usher WORDS…` to its end, with `stdin` piped into it."""
    return subprocess.run(
        [sys.executable, "-m", "tui", *words],
        input=stdin,
        text=True,
        timeout=60,
        check=False,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options},
    )


@pytest.fixture
def account(sqlite_account: Path, data_folder: Path) -> Path:
    """An account whose owner has a cheap hash, for tests that do not sign in."""
    copied(sqlite_account, data_folder)
    return data_folder / "usher.db"


def test_a_real_file_comes_in(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USHER_DATABASE", url)
    file = tmp_path / "people.csv"
    file.write_bytes((DATA / "people.csv").read_bytes())
    expected = json.loads((DATA / "people.expected.json").read_text())

    begun = usher(*INIT, "--password-stdin", "--json", stdin=f"{PASSWORD}\n")
    assert (begun.returncode, begun.stderr) == (0, "")
    brought = usher("import", str(file), "--create-teams", "--json")
    assert (brought.returncode, brought.stderr) == (8, "")
    found = json.loads(brought.stdout)
    assert (found["rows"], found["created"]) == (expected["rows"], expected["created"])
    failed = [{"line": one["line"], "code": one["code"]} for one in found["failed"]]
    assert failed == expected["failed"]
    assert Path(found["failed_file"]).is_relative_to(tmp_path)

    listed = json.loads(usher("users", "list", "--search", "шевч", "--json").stdout)
    assert listed["total"] > len(listed["items"]) > 0
    assert all("Шевч" in item["last_name"] for item in listed["items"])
    signed_in = usher("sign-in", "OLGA@acme.com.ua", "--json", stdin=f"{PASSWORD}\n")
    assert json.loads(signed_in.stdout)["user"]["owner"] is True


@pytest.mark.parametrize("words", [["users", "list", "--json"], ["users", "list"], ["--help"]])
def test_a_list_imports_nothing_that_it_does_not_need(account: Path, words: list[str]) -> None:
    slow = {"textual", "rich"} | (
        {"argon2", "babel", "phonenumbers", "email_validator", "zxcvbn", "playhouse", "idna"}
        if "list" in words
        else set()
    )
    check = (
        "import sys; from tui.cli import run; code = run(sys.argv[2:]);"
        " sys.exit(code or ' '.join(set(sys.argv[1].split()) & set(sys.modules)) or None)"
    )
    command = [sys.executable, "-c", check, " ".join(slow), *words]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def test_the_operator_is_whom_the_kernel_knows(account: Path) -> None:
    liar = {**os.environ, "LOGNAME": "somebody", "USER": "somebody"}
    assert usher("teams", "create", "North", env=liar).returncode == 0
    entry = json.loads(usher("audit", "list", "--json").stdout)["items"][0]
    assert entry["actor"] == f"host:{pwd.getpwuid(os.geteuid()).pw_name}"


def test_what_it_makes_is_private(data_folder: Path) -> None:
    assert usher(*INIT, "--password-stdin", stdin=f"{PASSWORD}\n").returncode == 0
    assert usher("roles", "create", "Auditor").returncode == 0
    assert stat.S_IMODE(data_folder.stat().st_mode) == 0o700
    for path in data_folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_with_closed_streams_no_file_of_the_account_takes_their_place(account: Path) -> None:
    shell = f'"{sys.executable}" -m tui'
    for command, code in (
        ("teams create North <&- >&- 2>&-", 0),
        ("teams create North <&- >&- 2>&-", 6),
        ("users list <&-", 0),
        ("--help >&-", 0),
        ("users lost 2>&-", 2),
        ("sign-in olga --password-stdin <&-", 2),
        ("<&-", 2),
    ):
        line = ["/bin/sh", "-c", f"{shell} {command}"]
        answer = subprocess.run(line, capture_output=True, check=False)
        assert answer.returncode == code, command
    with sqlite3.connect(account) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM usher_team").fetchone() == (1,)
    database.close()


ANSWERS = [
    "--help",
    "--version",
    "users --help",
    "users list --help",
    "users list",
    "users list --json",
    "users show nobody --json",
    "roles list",
    "audit list",
    "audit verify",
    "completion bash",
    "migrate",
]


@pytest.mark.parametrize("words", ANSWERS)
def test_a_reader_that_went_away_is_quiet(account: Path, words: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    answer = usher(*words.split(), stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (answer.returncode, answer.stderr) == (141, "")


@pytest.mark.parametrize(("words", "code"), [("users lost", 2), ("users show nobody", 5)])
def test_a_complaint_that_nobody_reads_changes_no_code(
    account: Path, words: str, code: int
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    answer = usher(*words.split(), stderr=writing)
    os.close(writing)
    assert (answer.returncode, answer.stdout) == (code, "")


@pytest.mark.parametrize("module", ["click", "tui.cli", "tui.cli.users", "store.listing.pages"])
def test_ctrl_c_is_quiet_from_the_first_import_on(account: Path, module: str) -> None:
    interrupted = """
import sys
word = sys.argv.pop(1)
class Interrupt:
    def find_spec(self, name, *others):
        if name == word:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupt())
from tui.__main__ import main
main()
"""
    command = [sys.executable, "-c", interrupted, module, "users", "list"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout, answer.stderr) == (130, "", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux alone has a disk that is full")
@pytest.mark.parametrize("words", ["users list --json", "--help", "users --help", "--version"])
def test_an_answer_that_cannot_be_written_is_one_sentence(account: Path, words: str) -> None:
    with Path("/dev/full").open("w") as full:
        answer = usher(*words.split(), stdout=full, stderr=subprocess.PIPE)
    assert answer.returncode == 1
    assert "could not be written" in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_a_terminal_that_is_not_utf8_loses_nothing_of_json(account: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    made = usher("teams", "create", "Північ", "--json", env=environment)
    assert json.loads(made.stdout)["name"] == "Північ"
    assert "1  ??????" in usher("teams", "list", env=environment).stdout.splitlines()[1]


def test_an_argument_that_is_not_utf8_is_a_usage_error(account: Path) -> None:
    answer = usher("users", "show", os.fsdecode(b"\xff\xfe"))
    assert answer.returncode == 2
    assert "not UTF-8: <U+DCFF><U+DCFE>" in answer.stderr


def terminal(*words: str, **environment: str) -> "pexpect.spawn[str]":
    return pexpect.spawn(
        sys.executable,
        ["-m", "tui", *words],
        env={**os.environ, "TERM": "xterm", **environment},
        encoding="utf-8",
        timeout=30,
    )


def ending_of(child: "pexpect.spawn[str]") -> tuple[int | None, str]:
    text = child.read()
    child.close()
    return child.exitstatus, text


def test_a_terminal_is_asked_twice_without_echo(data_folder: Path) -> None:
    child = terminal(*INIT)
    child.expect("Password of the owner: ")
    child.sendline(PASSWORD)
    child.expect("Once more: ")
    child.sendline("another one")
    code, text = ending_of(child)
    assert code == 2
    assert "not the same" in text
    assert PASSWORD not in text
    assert "another one" not in text


def test_ctrl_c_is_quiet(account: Path) -> None:
    child = terminal("sign-in", "olga")
    child.expect("Password of olga: ")
    child.sendintr()
    code, text = ending_of(child)
    assert code == 130
    assert text.strip() in {"", "^C"}


@pytest.mark.parametrize("flags", [[], ["--json"]], ids=["people", "json"])
def test_ctrl_c_tells_what_an_import_has_done_so_far(
    account: Path, tmp_path: Path, flags: list[str]
) -> None:
    file, number = tmp_path / "people.csv", 100_000
    rows = (f"Rui,Simões {n},rui{n}@acme.com,Nobody\n" for n in range(number))
    file.write_text("first_name,last_name,email,role\n" + "".join(rows), encoding="utf-8")
    words = ["-m", "tui", "import", str(file), *flags]
    child = pexpect.spawn(sys.executable, words, encoding="utf-8", timeout=30, echo=False)
    child.expect("ctrl.c stops it")
    child.sendintr()
    said = child.read()
    child.wait()
    assert child.exitstatus == 130
    if flags:
        summary = json.loads(said[said.index("{") :])
        assert 0 < summary["rows"] == len(summary["failed"]) < number
        assert summary["rows"] % 1000 == 0
    else:
        assert "Stopped before the end." in said
        assert "000 rows: 0 created" in said
    assert file.with_name("people.failed.csv").exists()


def test_a_dumb_terminal_is_told_of_the_command_line(account: Path) -> None:
    code, text = ending_of(terminal(TERM="dumb"))
    assert code == 2
    assert "usher users list" in text


def test_a_demo_without_a_terminal_leaves_nothing_behind(tmp_path: Path) -> None:
    answer = usher("demo", env={**os.environ, "TMPDIR": str(tmp_path)})
    assert answer.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_what_nobody_foresaw_is_a_sentence(data_folder: Path) -> None:
    broken = "import sys; sys.modules['tui.cli'] = None; from tui.__main__ import main; main()"

    def run() -> str:
        answer = subprocess.run(
            [sys.executable, "-c", broken], capture_output=True, text=True, check=False
        )
        assert answer.returncode == 1
        assert answer.stderr.count("\n") == 1
        return answer.stderr

    log = data_folder / "usher.log"
    assert str(log) not in run()
    assert not data_folder.exists()
    data_folder.mkdir(mode=0o700)
    assert str(log) in run()
    assert "ModuleNotFoundError" in log.read_text()


def test_a_demo_opens_the_screens_and_leaves_nothing_behind(tmp_path: Path) -> None:
    child = terminal("demo", "--users", "20", TMPDIR=str(tmp_path))
    child.expect("Everybody's password is")
    child.expect("● active")
    child.send("q")
    code, _text = ending_of(child)
    assert code == 0
    assert list(tmp_path.iterdir()) == []
