"""Completion: by click's protocol, and in a real bash."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

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
            "COMP_CWORD": str(len(words)),
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
        "COMP_CWORD": "4",
    }
    result = CliRunner(env=environment).invoke(root, [])
    assert (result.exit_code, result.output.strip()) == (0, "")
    assert not data_folder.exists()
    environment["COMP_CWORD"] = "not a number"
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


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_a_real_bash_completes_and_runs_nothing_that_a_name_says(
    owner: Session, url: str, tmp_path: Path
) -> None:
    teams.create(owner, HOSTILE)
    program = tmp_path / "bin" / "usher"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui "$@"\n')
    program.chmod(0o700)
    script = """
eval "$(usher completion bash)"
COMP_WORDS=(usher users list --team "") COMP_CWORD=4
_usher_completion usher
line="set -- ${COMPREPLY[0]}"
eval "$line"
printf '%s\\n' "$#" "$1"
COMP_WORDS=(usher users sh) COMP_CWORD=2 COMPREPLY=()
_usher_completion usher
printf '%s\\n' "${COMPREPLY[@]}"
"""
    answer = subprocess.run(
        ["bash", "--norc", "-c", script],
        cwd=tmp_path,
        env={
            **os.environ,
            "PATH": f"{program.parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(Path(__file__).parents[3]),
            "USHER_DATABASE": url,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.splitlines() == ["1", HOSTILE, "show"]
    assert not (tmp_path / "hacked").exists()
