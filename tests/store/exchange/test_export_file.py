"""The file of an export: whole or not at all, and in nobody's place."""

import os
import resource
import stat
from pathlib import Path

import pytest

from store.database import Store
from store.errors import Refused, Unavailable
from store.exchange.exporting import ExportSummary, export_people, plan
from store.session import Session, operator_session
from store.values import Filters
from tests.csv_files import rows_of
from tests.store.exchange.conftest import beside, entries
from tests.store.listing.crowd import Crowd, strangers


def test_the_file_is_for_its_owner_alone_and_nothing_else_is_left(
    owner: Session, path: Path
) -> None:
    export_people(owner, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert beside(path) == [path.name]


def test_a_file_that_is_there_is_replaced_only_when_asked(owner: Session, path: Path) -> None:
    path.write_text("mine")
    path.chmod(0o644)
    for verb in (export_people, plan):
        with pytest.raises(Refused, match="exists already") as caught:
            verb(owner, path)
        assert caught.value.name == "file_exists"
    assert path.read_text() == "mine"
    export_people(owner, path, replace=True)
    assert rows_of(path)[1][:2] == ["Olga", "Bakum"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_someone_makes_meanwhile_is_theirs(owner: Session, path: Path) -> None:
    with pytest.raises(Refused, match="exists already"):
        export_people(owner, path, progress=lambda _rows: path.touch())
    assert path.read_bytes() == b""
    assert beside(path) == [path.name]


def test_links_pipes_devices_and_folders_are_left_alone(owner: Session, path: Path) -> None:
    """CHECKLIST K69: O_NOFOLLOW; F7."""
    elsewhere = path.with_name("elsewhere.csv")
    elsewhere.write_text("theirs")
    path.symlink_to(elsewhere)
    dangling, pipe = path.with_name("dangling.csv"), path.with_name("pipe.csv")
    dangling.symlink_to(path.with_name("nothing.csv"))
    os.mkfifo(pipe)
    before = beside(path)
    for place in (path, dangling, pipe, Path("/dev/null"), path.parent, Path("/")):
        with pytest.raises(Refused, match=r"regular file|folder"):
            export_people(owner, place, replace=True)
    assert elsewhere.read_text() == "theirs"
    assert beside(path) == before


@pytest.mark.parametrize(
    "name", ["none/people.csv", "x" * 300 + ".csv", "a\0b.csv", "people.csv/x.csv"]
)
def test_where_nothing_can_be_made_one_is_told_before_anything_is_read(
    owner: Session, path: Path, name: str
) -> None:
    path.touch()
    with pytest.raises(Refused, match="cannot be created") as caught:
        export_people(owner, path.parent / name, progress=lambda _rows: pytest.fail("was read"))
    assert caught.value.name == "file_unwritable"


def test_no_export_takes_the_place_of_a_database_or_a_key(owner: Session, path: Path) -> None:
    """Over SSH there is no shell, and no file from which a program would give one."""
    keys = path.with_name("authorized_keys")
    keys.write_text("ssh-ed25519 …")
    for session in (owner, operator_session(owner.store)):
        for place in (keys, owner.store.folder.path / "server.key"):
            with pytest.raises(Refused, match=r"end in \.csv"):
                export_people(session, place, replace=True)
    with pytest.raises(Refused, match=r"end in \.csv"):
        export_people(owner, path.with_name("new.txt"))
    assert export_people(operator_session(owner.store), path.with_name("new.txt")).rows == 1
    assert keys.read_text() == "ssh-ed25519 …"


def test_whatever_ends_it_leaves_nothing(owner: Session, path: Path) -> None:
    def stopped(_rows: int) -> None:
        assert beside(path) != []
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_people(owner, path, progress=stopped)
    with pytest.raises(Refused, match="Nothing was written") as caught:
        export_people(owner, path, cancelled=lambda: True)
    assert caught.value.name == "cancelled"
    assert beside(path) == []
    assert "export" not in entries(owner)


def test_a_disk_that_takes_no_more_is_a_sentence_and_leaves_nothing(
    store: Store, path: Path
) -> None:
    crowd = Crowd(store)
    crowd.add(*strangers(500))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(Unavailable, match="file too large"):
            export_people(crowd.session, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert beside(path) == []


def test_the_plan_counts_and_leaves_nothing(owner: Session, path: Path) -> None:
    assert plan(owner, path) == ExportSummary(1, path)
    assert plan(owner, None, Filters("nobody")) == ExportSummary(0)
    assert beside(path) == []
    assert "export" not in entries(owner)
