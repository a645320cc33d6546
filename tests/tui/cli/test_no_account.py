"""At a wrong address, only commands that create an account create anything."""

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import PASSWORD
from tests.tui.cli.conftest import Answer
from tests.tui.cli.test_around import verbs
from tui.cli import usher as root
from tui.cli.options import Verb

BEGIN = {"init", "demo", "migrate"}
"""The commands that create a database."""
ASK_NOTHING = {"completion", "doctor ssh", "ssh"}
"""Commands that open no account here. For `ssh`, see tests/e2e/test_ssh_command.py."""
INIT = (
    "init", "--account", "Acme", "--first", "Olga", "--last", "Bakum",
    "--email", "olga@acme.com.ua", "--login", "olga", "--password-stdin",
)  # fmt: skip


def usher(*words: str, stdin: str = "") -> Answer:
    """Run `usher WORDS…` on the account from the environment."""
    result = CliRunner().invoke(root, words, input=stdin)
    return Answer(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with the files that the commands' examples use."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def lines_of(words: str, command: Verb) -> list[list[str]]:
    """Return the example command lines of this command."""
    example = command.example.replace("\\\n", " ")
    lines = [shlex.split(line.partition(" < ")[0]) for line in example.splitlines()]
    found = [line[1:] for line in lines if line[:1] == ["usher"] and "|" not in line]
    return [line for line in found if " ".join(words.split()) in " ".join(line)]


@pytest.mark.parametrize(
    ("words", "command"),
    [pair for pair in verbs() if pair[0] not in BEGIN | ASK_NOTHING],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_command_says_that_there_is_no_account_and_creates_nothing(
    words: str, command: Verb, data_folder: Path, files: Path
) -> None:
    lines = lines_of(words, command)
    assert lines
    for line in lines:
        for word in line:
            if Path(word).suffix in {".csv", ".jpg", ".pub", ".txt"}:
                (files / Path(word).name).touch()
        answer = usher(*line, stdin=f"{PASSWORD}\n{PASSWORD}\n")
        assert answer.code == 7, (line, answer)
        said = answer.json["error"]["message"] if "--json" in line else answer.err
        assert said.startswith(f"There is no account at {data_folder / 'usher.db'}."), line
    assert not data_folder.exists()


def test_a_refused_password_of_the_owner_creates_nothing(data_folder: Path) -> None:
    assert usher(*INIT, stdin="short\n").code == 3
    assert usher(*INIT, "--dry-run", stdin="short\n").code == 3
    assert not data_folder.exists()


def test_a_preview_of_init_creates_nothing(data_folder: Path) -> None:
    answer = usher(*INIT, "--dry-run", "--json", stdin=f"{PASSWORD}\n")
    assert [entry["verb"] for entry in answer.json["entries"]] == ["init", "create"]
    assert not data_folder.exists()


def test_migrate_creates_the_tables_and_says_that_there_is_no_account_in_them(
    data_folder: Path,
) -> None:
    """It prepares a database for `init`, and reports that there is no account."""
    previewed = usher("migrate", "--dry-run")
    assert "There is no account at" in previewed.out
    assert not data_folder.exists()
    done = usher("migrate")
    assert done.code == 0
    assert done.out.splitlines()[-1] == (
        f"There is no account at {data_folder / 'usher.db'}. Create one: usher init"
    )
    assert usher("users", "list").code == 7
    assert usher(*INIT, stdin=f"{PASSWORD}\n").code == 0
    assert usher("users", "list").code == 0


def test_what_an_older_usher_left_without_an_account_is_none(data_folder: Path) -> None:
    """`owner show` caused an incident there, and `roles create` made `init` fail."""
    usher("migrate")
    for line in (["owner", "show"], ["roles", "create", "Support"], ["maintain", "--dry-run"]):
        answer = usher(*line)
        assert answer.code == 7
        assert answer.err.startswith("There is no account at ")
    assert usher(*INIT, stdin=f"{PASSWORD}\n").code == 0
