"""Completion: by click's protocol, and in the real shells."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pexpect
import pytest
from click.testing import CliRunner

from store import teams
from store.database import Store
from store.session import Session
from store.values import User
from tui.cli import usher as root
from tui.cli.request import Request

Complete = Callable[..., list[str]]
HOSTILE = '$(touch hacked) `id`; \'a "b" & *'


@pytest.fixture
def complete(store: Store) -> Complete:
    """The values that are offered for the last of the words, which may be empty."""

    def run(*words: str, dialect: str = "zsh") -> list[str]:
        line = " ".join(("usher", *words))
        environment = {
            "_USHER_COMPLETE": f"{dialect}_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": words[-1] if dialect == "bash" else str(len(words)),
        }
        request = Request(open_store=lambda _url=None, **_how: store)
        result = CliRunner(env=environment).invoke(root, [], obj=request)
        assert (result.exit_code, result.stderr) == (0, "")
        lines = result.stdout.splitlines()
        return lines[1::3] if dialect == "zsh" else lines

    return run


@pytest.mark.parametrize(
    ("words", "among"),
    [
        (("",), "users"),
        (("us",), "users"),
        (("users", ""), "edit"),
        (("users", "list", "--st"), "--status"),
        (("users", "list", "--status", "b"), "blocked"),
        (("users", "list", "--role", "sal"), "Salesperson"),
        (("users", "list", "--team", "N"), "North"),
        (("users", "create", "--role", "Read"), "Read only"),
        (("roles", "show", "sim"), "Simulator"),
        (("roles", "edit", "Support", "--permit", "clients."), "clients.delete"),
        (("roles", "delete", "Support", "--to", ""), "Manager"),
        (("access", "modules", "edit", "cl"), "clients"),
        (("users", "edit", "maria1", "--team", ""), "North"),
        (("users", "show", "OLG"), "olga@acme.com.ua"),
        (("audit", "list", "--target", "ma"), "maria1"),
        (("sign-in", "olga", "--door", ""), "simulator"),
        (("export", "-", "--column", "em"), "email"),
        (("completion", ""), "fish"),
    ],
)
def test_words_and_values_are_offered(
    complete: Complete, make_user: Callable[..., User], words: tuple[str, ...], among: str
) -> None:
    make_user()
    offered = complete(*words)
    assert among in offered
    assert all(one.casefold().startswith(words[-1].casefold()) for one in offered)


def test_files_are_the_business_of_the_shell(complete: Complete, owner: Session) -> None:
    assert complete("import", "", dialect="bash") == ["file,"]
    assert complete("export", "", dialect="bash") == ["file,"]


def test_what_cannot_be_read_is_quiet(data_folder: Path) -> None:
    environment = {
        "_USHER_COMPLETE": "bash_complete",
        "COMP_WORDS": "usher users list --role ",
        "COMP_CWORD": "",
    }
    result = CliRunner(env=environment).invoke(root, [])
    assert (result.exit_code, result.output.strip()) == (0, "")
    assert not data_folder.exists()
    environment |= {"_USHER_COMPLETE": "zsh_complete", "COMP_CWORD": "not a number"}
    assert CliRunner(env=environment).invoke(root, []).output == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_script_says_how_it_is_installed_and_is_one(shell: str) -> None:
    result = CliRunner().invoke(root, ["completion", shell])
    assert result.exit_code == 0
    assert f"usher completion {shell}" in result.stdout
    assert f"_USHER_COMPLETE={shell}_complete" in result.stdout
    installed = shutil.which(shell)
    if installed:
        syntax = subprocess.run([installed, "-n"], input=result.stdout, text=True, check=False)
        assert syntax.returncode == 0


SETUP = {
    "bash": (
        "--norc",
        """eval "$(usher completion bash)"; bind -x '"\\C-t": printf %s "$READLINE_LINE" > line'""",
    ),
    "zsh": (
        "-f",
        'autoload -Uz compinit; compinit -u -D; eval "$(usher completion zsh)";'
        " t() { print -rn -- $BUFFER > line }; zle -N t; bindkey '^T' t",
    ),
    "fish": (
        "--no-config",
        "usher completion fish | source; bind \\ct 'commandline | string collect > line'",
    ),
}


@pytest.fixture
def bin_folder(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which a shell finds `usher`, which is this very one."""
    program = tmp_path / "bin" / "usher"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui "$@"\n')
    program.chmod(0o700)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    monkeypatch.setenv("USHER_DATABASE", url)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return program.parent


@pytest.mark.parametrize("shell", list(SETUP))
def test_a_real_shell_completes_and_runs_nothing_that_a_name_says(
    shell: str, owner: Session, bin_folder: Path
) -> None:
    """The line as it stands after tab; ctrl+t, which the shell reads behind it, tells it."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    teams.create(owner, HOSTILE)
    teams.create(owner, "South, East")
    Path("people.csv").touch()
    option, script = SETUP[shell]
    child = pexpect.spawn(shell, [option], encoding="utf-8", timeout=30, dimensions=(24, 200))
    child.sendline(f"{script}; echo rea''dy")
    child.expect("ready")
    line = Path("line")
    for typed, completed in (
        ("users sh", "users show"),
        ("users list --status bl", "users list --status blocked"),
        ("users list --team=Sou", r"users list --team=South,\ East"),
        ("users show olga@ac", "users show olga@acme.com.ua"),
        ("import peo", "import people.csv"),
    ):
        child.send(f"usher {typed}\t\x14")
        assert told(line).rstrip() == f"usher {completed}"
        child.send("\x15")
    child.send("usher users list --team \\$\t\x14")
    words = subprocess.run(
        [shell, "-c", f"printf '%s\\n' {told(line)}"], capture_output=True, text=True, check=True
    )
    assert words.stdout.splitlines() == ["usher", "users", "list", "--team", HOSTILE]
    assert not Path("hacked").exists()
    child.close(force=True)


def told(line: Path) -> str:
    """What was written to a file as soon as it is there, once."""
    deadline = monotonic() + 30
    while not (line.exists() and line.stat().st_size):
        assert monotonic() < deadline
        os.sched_yield()
    text = line.read_text(encoding="utf-8")
    line.unlink()
    return text
