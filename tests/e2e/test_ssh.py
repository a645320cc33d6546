"""Over a real sshd, configured as `docs/ssh.md` says: who comes, what they get, what they leave."""

import json
import os
import select
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from store import settings, signin, users
from store.session import Session
from store.upkeep.sshd import checks
from store.values import Door, Draft, Origin
from tests.conftest import PASSWORD
from tests.e2e import sshd as servers
from tests.e2e.host import Host, change, host
from tests.e2e.lines import Line
from tests.e2e.sshd import USER
from tests.e2e.terminal import PATIENCE, Terminal, open_sessions

pytestmark = pytest.mark.skipif(
    bool(servers.MISSING), reason=f"not installed: {' '.join(servers.MISSING)}"
)

watches_processes = pytest.mark.skipif(
    not hasattr(os, "pidfd_open"), reason="only Linux tells when somebody else's process ends"
)

OWN = "a lantern over the harbour"
GONE_WITHIN = 2.0
ALIVE = 1
"""Seconds between two questions of the server whether the client is still there."""
UNANSWERED = 1
HOSTILE = {
    "TEXTUAL_SCREENSHOT": "0",
    "TEXTUAL_SCREENSHOT_LOCATION": "{made}",
    "TEXTUAL_LOG": "{made}/textual.log",
    "TEXTUAL_DRIVER": "textual.drivers.headless_driver:HeadlessDriver",
    "TEXTUAL_PRESS": "tab,tab",
    "TEXTUAL_DEBUG": "1",
    "PYTHONINSPECT": "1",
    "PYTHONSTARTUP": "{made}/start.py",
    "PYTHONPATH": "{made}",
    "PYTHONVERBOSE": "1",
    "USHER_DATABASE": "sqlite:///{made}/other.db",
    "USHER_DATA": "{made}/other",
    "USHER_DRIVER": "stock",
    "XDG_DATA_HOME": "{made}",
    "_USHER_COMPLETE": "bash_complete",
    "COMP_WORDS": "usher users show ",
    "COMP_CWORD": "3",
    "PGHOST": "203.0.113.9",
}
"""What a client sends in the hope that it switches something."""


@pytest.fixture(scope="session")
def with_maria(people_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same account with Maria in it, who has chosen a password of her own."""
    folder = tmp_path_factory.mktemp("with_maria") / "data"
    shutil.copytree(people_template, folder)
    path = folder / "usher.db"

    def add(owner: Session) -> None:
        settings.change(owner, "users.required", "last_name")
        users.create(owner, Draft(last_name="Silva", login="maria"), password="nine wet umbrellas")
        maria = signin.sign_in(owner.store, "maria", "nine wet umbrellas", Door.USHER, Origin())
        signin.change_password(maria.session, "nine wet umbrellas", OWN)
        signin.sign_out(maria.session)

    change(path, add)
    return folder


@pytest.fixture
def people(data_folder: Path, with_maria: Path) -> Path:
    shutil.copytree(with_maria, data_folder)
    return data_folder / "usher.db"


@pytest.fixture
def served(tmp_path: Path, people: Path) -> Iterator[Host]:
    with host(tmp_path, people, servers.documented(tmp_path, people.parent)) as one:
        yield one


def sign_in(one: Terminal, password: str = PASSWORD) -> None:
    """Give the password that the screen asks for, and wait for what one works from."""
    one.wait_for("Your SSH key says who you are")
    one.child.send(f"{password}\r")
    one.wait_for("Bakum, Olga")


def processes(of: str) -> list[int]:
    """The processes of Usher that serve whoever came by this key."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"-m" in words and of.encode() in words:
            found.append(int(path.parent.name))
    return found


def seconds_until_gone(process: int, patience: float) -> float:
    """How long a process still lives; the kernel says when it ends."""
    begun = monotonic()
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return 0.0
    ready, _writing, _errors = select.select([handle], [], [], patience)
    os.close(handle)
    assert ready, f"still there after {patience} seconds"
    return monotonic() - begun


def test_the_lines_of_the_page_are_what_doctor_wants(tmp_path: Path) -> None:
    lines = servers.documented(tmp_path, tmp_path)
    found = checks(servers.effective(lines, tmp_path), USER)
    assert [check for check in found if not check.ok] == []
    bare = checks(servers.effective("", tmp_path), USER)
    assert {check.setting for check in bare if not check.ok} >= {
        "AuthorizedKeysCommand", "AuthorizedKeysFile", "AuthenticationMethods", "DisableForwarding",
        "ExposeAuthInfo", "ClientAliveInterval",
    }  # fmt: skip


def test_a_key_of_the_store_opens_the_sign_in_with_its_login(served: Host) -> None:
    one = served.terminal()
    one.wait_for("Your SSH key says who you are")
    (line,) = [line for line in one.screen.display if "login" in line]
    assert "olga" in line
    sign_in(one)
    assert open_sessions(served.database) == 1
    one.child.send("q")
    assert one.wait_for_end() == 0
    assert open_sessions(served.database) == 0
    for actor, _verb, origin in served.entries()[:2]:
        user, address, terminal, key = origin.split()
        assert (actor, user, address, key) == (
            "olga",
            USER,
            "127.0.0.1",
            served.fingerprints["olga"],
        )
        assert terminal.startswith("/dev/")


def test_a_stranger_and_whoever_is_blocked_do_not_even_come_to_the_sign_in(served: Host) -> None:
    answer = served.run("users", "list", key="stranger")
    assert (answer.returncode, answer.stdout) == (255, "")
    assert "Permission denied" in answer.stderr
    with sqlite3.connect(served.database) as database:
        database.execute("UPDATE usher_user SET status = 'blocked' WHERE login = 'maria'")
    database.close()
    assert served.run("users", "list", key="maria").returncode == 255


def test_a_command_is_run_with_the_rights_of_the_key_and_stands_so_in_the_history(
    served: Host,
) -> None:
    listed = served.run("usher users list --json --password-stdin")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert json.loads(listed.stdout)["total"] == 2
    alone = served.run("users", "show", "maria", "--password-stdin", key="maria", stdin=f"{OWN}\n")
    assert "Silva" in alone.stdout
    other = served.run("users", "show", "olga", "--password-stdin", key="maria", stdin=f"{OWN}\n")
    assert (other.returncode, other.stdout) == (5, "")
    refused = served.run(
        "users create --last Mota --login ana --password-stdin --json", key="maria",
        stdin=f"{OWN}\nx\n",
    )  # fmt: skip
    assert (refused.returncode, json.loads(refused.stdout)["error"]["code"]) == (4, "not_allowed")
    edited = served.run("usher users edit maria --position 'Team lead' --password-stdin")
    assert edited.returncode == 0
    ((actor, _verb, origin),) = [one for one in served.entries() if one[1] == "edit"]
    assert actor == "olga"
    assert origin.split()[-1] == served.fingerprints["olga"]
    assert "127.0.0.1" in origin


def test_at_a_terminal_a_command_asks_for_the_password(served: Host) -> None:
    one = served.terminal("users list")
    one.wait_for("Password of olga")
    one.child.send(f"{PASSWORD}\r")
    one.wait_for("Bakum, Olga")
    assert one.wait_for_end() == 0
    assert PASSWORD not in one.raw


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("users list", 2, "--password-stdin"),
        ("init --account X --first A --last B --email a@b.example --login x", 4, "the host"),
        ("demo", 4, "the host"),
        ("migrate", 4, "the host"),
        ("doctor ssh", 4, "the host"),
        ("ssh --key SHA256:x", 4, "the host"),
        ("keys authorized SHA256:x", 4, "the host"),
        ("sign-in olga --password-stdin", 4, "the host"),
        ("--database sqlite:////tmp/x.db users list --password-stdin", 4, "no --database"),
        ("users list --password-stdin; id", 2, "no shell here"),
        ("users list --password-stdin | sh", 2, "no shell here"),
        ("sh -c id", 2, "No such command"),
        ("scp -t /tmp", 2, "No such command"),
        ("/usr/lib/openssh/sftp-server", 2, "No such command"),
        ("users show \"olga", 2, "not closed"),
        ("import /etc/passwd --password-stdin", 3, "without a folder"),
        ("import ../usher.csv --password-stdin", 3, "without a folder"),
        ("export ../people.csv --password-stdin", 3, "without a folder"),
        ("export /tmp/people.csv --password-stdin", 3, "without a folder"),
        ("export .people.csv --password-stdin", 3, "without a folder"),
        ("keys add olga /etc/passwd --password-stdin", 3, "comes by stdin"),
        ("--as maria users list --password-stdin", 4, "not accepted"),
    ],
)  # fmt: skip
def test_what_is_not_for_the_line_is_refused_with_a_sentence(
    served: Host, line: str, code: int, said: str
) -> None:
    answer = served.run(line)
    assert (answer.returncode, answer.stdout) == (code, "")
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("flags", "words"), [(["-s"], ["sftp"]), (["-W", "127.0.0.1:{port}"], []), ([], [])]
)
def test_neither_files_nor_forwarding_nor_a_shell(
    served: Host, flags: list[str], words: list[str]
) -> None:
    flags = [flag.format(port=served.server.port) for flag in flags]
    answer = subprocess.run(
        served.server.ssh(*words, key="olga", flags=flags), input="echo a shell\n",
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert answer.returncode != 0
    assert answer.stdout == ""


def test_an_export_comes_over_the_line(served: Host) -> None:
    answer = served.run("usher export - --column login --password-stdin")
    assert (answer.returncode, answer.stdout.split()) == (0, ["login", "olga", "maria"])
    assert served.run("export people.csv --password-stdin").returncode == 0
    assert (served.database.parent / "files" / "people.csv").is_file()


def test_where_a_key_is_enough_nobody_is_asked_but_for_what_is_dangerous(served: Host) -> None:
    change(served.database, lambda owner: settings.change(owner, "ssh.key_is_enough", "yes"))
    one = served.terminal()
    one.wait_for("Bakum, Olga")
    one.child.send("q")
    assert one.wait_for_end() == 0
    assert served.run("users list --json", stdin="").returncode == 0
    dangerous = served.run("usher export -", stdin="")
    assert (dangerous.returncode, dangerous.stdout) == (4, "")
    assert "--as LOGIN --password-stdin" in dangerous.stderr
    assert served.run("--as olga export - --password-stdin").returncode == 0
    assert served.run("--as olga users list --password-stdin", stdin="wrong\n").returncode == 4


def test_without_a_known_key_the_sign_in_screen_knows_nobody(tmp_path: Path, people: Path) -> None:
    authorized = tmp_path / "authorized_keys"
    program = servers.documented(tmp_path, people.parent).splitlines()[1]
    command = program.split(None, 1)[1].split(" keys authorized")[0].split(" ", 2)[2]
    lines = (
        f"AuthorizedKeysFile {authorized}\n"
        f"ForceCommand {command} --database sqlite:///{people} ssh\n"
    )
    with host(tmp_path, people, lines) as served:
        authorized.write_text(served.server.key("anybody"))
        one = served.terminal(key="anybody")
        one.wait_for("Sign in with your login")
        one.child.send("\x1b")
        assert one.wait_for_end() == 0
        unknown = served.run("users list --password-stdin", key="anybody")
        assert (unknown.returncode, unknown.stdout) == (4, "")
        assert "--as LOGIN --password-stdin" in unknown.stderr
        named = served.run("--as olga users list --json --password-stdin", key="anybody")
        assert json.loads(named.stdout)["total"] == 2
        assert served.entries()[0][2].split()[1:] == ["127.0.0.1"]
        for line in ("init", "teams create North", "audit list"):
            assert served.run(line, key="anybody").returncode != 0


def test_nothing_that_a_client_sends_switches_anything(
    tmp_path: Path, people: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CHECKLIST E43: even where the server lets every variable in."""
    made = tmp_path / "made"
    made.mkdir()
    lines = servers.documented(tmp_path, people.parent)
    lines = lines.replace("AcceptEnv LANG LC_* COLORTERM NO_COLOR", "AcceptEnv *")
    hostile = {name: value.format(made=made) for name, value in HOSTILE.items()}
    with host(tmp_path, people, lines) as served:
        # What the client's own machine takes seriously must not be what this test measures.
        for name, value in hostile.items():
            monkeypatch.setenv(name, value)
        one = served.terminal(send=" ".join(hostile))
        sign_in(one)
        one.child.send("q")
        assert one.wait_for_end() == 0
        assert ">>>" not in one.raw
        answer = served.run("users list --json --password-stdin", **hostile)
        assert json.loads(answer.stdout)["total"] == 2
        assert answer.stderr == ""
    assert list(made.iterdir()) == []


@watches_processes
def test_a_line_that_is_reset_leaves_nothing_behind_after_two_seconds(served: Host) -> None:
    """LINE: gone after the line drops; CHECKLIST F9."""
    with Line(served.server.port) as line:
        one = served.terminal(port=line.port)
        sign_in(one)
        (process,) = processes(served.fingerprints["olga"])
        line.cut()
        assert seconds_until_gone(process, GONE_WITHIN) < GONE_WITHIN
    assert open_sessions(served.database) == 0


@watches_processes
def test_a_line_that_dies_in_silence_is_found_out_when_the_keep_alive_says(
    tmp_path: Path, people: Path
) -> None:
    lines = servers.documented(tmp_path, people.parent)
    lines = lines.replace("ClientAliveInterval 15", f"ClientAliveInterval {ALIVE}")
    lines = lines.replace("ClientAliveCountMax 2", f"ClientAliveCountMax {UNANSWERED}")
    with host(tmp_path, people, lines) as served, Line(served.server.port) as line:
        one = served.terminal(port=line.port)
        sign_in(one)
        (process,) = processes(served.fingerprints["olga"])
        line.fall_silent()
        # An interval for each question and one more; some versions of sshd let two pass for each.
        longest = (2 * UNANSWERED + 1) * ALIVE + GONE_WITHIN
        assert seconds_until_gone(process, longest) > ALIVE / 2
        assert open_sessions(people) == 0
