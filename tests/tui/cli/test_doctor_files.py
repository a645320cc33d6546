"""`usher doctor files`: files that opening refuses, and files that it does not check."""

from pathlib import Path

from store.session import Session
from tests.tui.cli.conftest import Usher
from tests.tui.cli.test_no_account import usher as usher_by_address


def test_a_private_folder_is_reported_as_such(
    usher: Usher, owner: Session, data_folder: Path
) -> None:
    assert usher("doctor", "files").out == f"Only you can read and change {data_folder}.\n"
    assert usher("doctor", "files", "--json").json == {
        "ok": True, "folder": str(data_folder), "items": [],
    }  # fmt: skip


def test_everything_that_others_can_read_or_change_is_named_with_the_command(
    owner: Session, data_folder: Path
) -> None:
    """Even if the account cannot be opened in this state."""
    (data_folder / "usher.db").chmod(0o666)
    (data_folder / "server.key").chmod(0o644)
    (data_folder / "audit.head").chmod(0o646)
    answer = usher_by_address("doctor", "files")
    assert answer.code == 3
    heading, *lines = answer.out.splitlines()
    assert heading == "3 problems found:"
    for line, name in zip(lines, ("audit.head", "server.key", "usher.db"), strict=True):
        assert line.endswith(f"chmod go= {data_folder / name}")
    assert usher_by_address("users", "list").code == 7
    items = usher_by_address("doctor", "files", "--json").json["items"]
    assert [Path(one["path"]).name for one in items] == ["audit.head", "server.key", "usher.db"]


def test_a_folder_that_others_can_write_to_is_named(owner: Session, data_folder: Path) -> None:
    data_folder.chmod(0o1777)
    answer = usher_by_address("doctor", "files")
    assert answer.code == 3
    assert f"chmod go-w {data_folder}" in answer.out
