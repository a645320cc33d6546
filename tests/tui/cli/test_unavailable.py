"""Databases that cannot be used: one sentence, exit 7, and nothing touched."""

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import copied
from tests.tui.cli.conftest import Answer
from tui.cli import usher as root


def usher(*words: str) -> Answer:
    """Run `usher WORDS…` on the database that the words or the environment name."""
    result = CliRunner().invoke(root, words)
    return Answer(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def account(sqlite_account: Path, data_folder: Path) -> Path:
    """The database of an account, in the data folder."""
    copied(sqlite_account, data_folder)
    return data_folder / "usher.db"


def one_sentence(text: str) -> bool:
    return text.count("\n") == 1 and "Traceback" not in text


def not_a_database(path: Path) -> None:
    path.write_bytes(b"Dear diary, " * 1000)


def damaged(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 4000)


def from_a_newer_version(path: Path) -> None:
    with sqlite3.connect(path) as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(usher_migration)")]
        row = database.execute("SELECT * FROM usher_migration LIMIT 1").fetchone()
        future = {**dict(zip(columns, row, strict=True)), "name": "9999_flying_cars"}
        future.pop("id", None)
        database.execute(
            f"INSERT INTO usher_migration ({', '.join(future)})"
            f" VALUES ({', '.join('?' * len(future))})",
            list(future.values()),
        )
    database.close()


def someone_elses(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE recipes (name TEXT)")
    database.close()


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("spoil", "code", "word"),
    [
        (not_a_database, "unavailable", "not a database"),
        (damaged, "unavailable", "damaged"),
        (from_a_newer_version, "newer_database", "newer version of Usher"),
        (someone_elses, "account_lost", "Restore a backup"),
    ],
)
def test_a_database_that_is_none_is_left_alone(
    account: Path, spoil: Callable[[Path], None], code: str, word: str
) -> None:
    spoil(account)
    before = digest(account)
    plain = usher("users", "list")
    assert (plain.code, plain.out) == (7, "")
    assert word in plain.err
    assert one_sentence(plain.err)
    as_json = usher("teams", "create", "North", "--json")
    assert (as_json.code, as_json.err) == (7, "")
    assert as_json.json["error"]["code"] == code
    assert digest(account) == before


def test_a_read_only_database_is_read_and_not_written(account: Path) -> None:
    # By the number of its format, for root may write whatever the mode says.
    with account.open("r+b") as file:
        file.seek(18)
        file.write(b"\x03")
    before = digest(account)
    assert usher("users", "list").code == 0
    refused = usher("teams", "create", "North")
    assert refused.code == 7
    assert "cannot be written to" in refused.err
    assert one_sentence(refused.err)
    assert digest(account) == before


@pytest.mark.parametrize(
    "place",
    [
        "sqlite:////dev/null/usher.db",
        "sqlite:///{folder}",
        "sqlite:///{folder}/usher.db/below/usher.db",
        "postgresql://nobody@127.0.0.1:1/nothing",
        "mysql://here/usher",
        "no address",
    ],
)
def test_a_place_that_is_none_is_one_sentence(account: Path, place: str) -> None:
    before = digest(account)
    answer = usher("--database", place.format(folder=account.parent), "users", "list")
    assert (answer.code, answer.out) == (7, "")
    assert one_sentence(answer.err)
    assert digest(account) == before
