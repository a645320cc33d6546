"""The one way to write, rehearsal, and what is said when the database cannot be used."""

import hashlib
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from store import audit, users
from store.audit import anchor
from store.database import Store
from store.errors import Conflict, Invalid, Refused, Unavailable
from store.listing import count
from store.models import LetterRow, TeamRow, UserRow
from store.opening import open_store, wal_is_safe
from store.session import Session
from store.upkeep import migrate
from store.values import Draft, User
from tests.conftest import CheapHasher, without_account

Make = Callable[..., User]
MARIA = Draft(
    first_name="Maria",
    last_name="Silva",
    email="maria@acme.com.ua",
    role="Salesperson",
    teams=("North",),
)


def everything(store: Store) -> list[object]:
    """All that the account holds, to compare before and after."""
    tables = ("user", "identifier", "membership", "employee", "letter", "team", "audit_head")
    with store.read():
        return [store.sql(f"SELECT * FROM usher_{table} ORDER BY 1, 2") for table in tables]


def test_what_fails_half_way_leaves_nothing_behind(
    store: Store, owner: Session, make_user: Make
) -> None:
    before = everything(store)

    class Interrupted(Exception):
        pass

    with pytest.raises(Interrupted), store.write(owner):
        users.create(owner, MARIA)
        raise Interrupted
    assert everything(store) == before
    assert audit.verify(store) is None


def test_what_fails_within_an_act_that_goes_on_leaves_no_entry(
    store: Store, owner: Session
) -> None:
    """One of many is refused late; the others are done, and the history tells of them alone."""
    with store.write(owner) as unit:
        with pytest.raises(Refused), store.write(owner):
            unit.record("block", owner.user)
            raise Refused("no")
        unit.record("unblock", owner.user)
    assert [entry.verb for entry in audit.history(owner, owner.user)][:2] == ["unblock", "create"]


def test_a_rehearsal_runs_the_verb_and_changes_nothing(
    store: Store, owner: Session, make_user: Make
) -> None:
    before = everything(store)
    with store.rehearse(owner) as preview:
        users.create(owner, MARIA)
    assert everything(store) == before
    (entry,) = preview.result.entries
    assert (entry.verb, entry.changes["login"]) == ("create", (None, "maria@acme.com.ua"))
    assert [letter.to for letter in preview.result.letters] == ["maria@acme.com.ua"]


def test_a_rehearsal_refuses_what_the_act_would_refuse(
    store: Store, owner: Session, make_user: Make
) -> None:
    users.create(owner, MARIA)
    with pytest.raises(Invalid), store.rehearse(owner):
        users.create(owner, MARIA)


def test_a_rehearsal_hashes_no_password(store: Store, owner: Session, make_user: Make) -> None:
    """DESIGN 2."""
    hashed: list[str] = []
    hasher = store.hasher
    original = hasher.hash
    hasher.hash = lambda password: hashed.append(password) or original(password)  # type: ignore[method-assign,func-returns-value]
    with store.rehearse(owner):
        users.create(owner, MARIA, password="handed over in person")
    assert hashed == []


def test_what_a_rehearsal_found_is_what_the_act_writes(
    store: Store, owner: Session, make_user: Make
) -> None:
    with store.rehearse(owner) as preview:
        users.create(owner, MARIA)
    user = users.create(owner, MARIA)
    (entry,) = audit.history(owner, user.id)
    (foreseen,) = preview.result.entries
    assert (foreseen.verb, foreseen.command) == (entry.verb, entry.command)
    assert foreseen.changes.keys() == entry.changes.keys()


def test_a_conflict_that_only_the_database_saw_is_a_plain_sentence(
    store: Store, owner: Session
) -> None:
    with pytest.raises(Conflict), store.write(owner):
        TeamRow.create(name="North", name_key="north")
        TeamRow.create(name="North", name_key="north")
    with store.read():
        assert TeamRow.select().count() == 0


def test_there_is_one_owner_and_the_database_holds_to_it(
    store: Store, owner: Session, make_user: Make
) -> None:
    """CHECKLIST G51."""
    user = make_user(admin=True)
    with pytest.raises(Conflict), store.write(owner):
        UserRow.update(owner=True, status="active").where(UserRow.id == user.id).execute()
    with pytest.raises(Conflict), store.write(owner):
        UserRow.update(status="blocked").where(UserRow.owner).execute()


def test_an_ended_connection_is_told_and_the_next_act_works(
    store: Store, owner: Session, make_user: Make
) -> None:
    """CHECKLIST F10."""
    if not store.postgres:
        pytest.skip("SQLite has no server to lose")
    with store.read():
        store.sql("SELECT 1")
    with pytest.raises(Unavailable), store.read():
        store.sql("SELECT pg_terminate_backend(pg_backend_pid())")
    assert count(owner).number == 1


# Migrations (CHECKLIST I62)


def to_migrate(url: str) -> closing[Store]:
    """The store as `usher migrate` opens it."""
    return closing(open_store(url, hasher=CheapHasher(), migrating=True))


@pytest.fixture
def scripts(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This program's scripts, in a folder to which a later version's can be added."""
    folder = tmp_path / "scripts"
    folder.mkdir()
    for script in migrate.SCRIPTS.glob("0*.py"):
        (folder / script.name).write_bytes(script.read_bytes())
    monkeypatch.setattr(migrate, "SCRIPTS", folder)
    return folder


def test_the_models_are_what_the_migrations_make(store: Store) -> None:
    from playhouse.schema_diff import diff_models

    from store.models import TABLES

    with store.read():
        difference = diff_models(store.database, TABLES)
    assert not difference, str(difference)


def test_a_new_database_is_made_on_the_spot_and_needs_no_migration(store: Store) -> None:
    assert migrate.pending(store) == []
    assert migrate.migrate(store) == []


def test_a_database_of_a_newer_program_is_refused_and_left_alone(
    store: Store, url: str, owner: Session
) -> None:
    with store.write(owner):
        store.sql("INSERT INTO usher_migration (name, applied) VALUES ('9999_later', '2030-01-01')")
    with pytest.raises(Unavailable) as refused:
        open_store(url, hasher=CheapHasher())
    assert refused.value.name == "newer_database"
    with to_migrate(url) as newer, pytest.raises(Unavailable) as refused:
        migrate.migrate(newer)
    assert refused.value.name == "newer_database"


def test_an_older_database_names_the_command_and_is_backed_up_before_it_runs(
    store: Store, url: str, owner: Session, scripts: Path
) -> None:
    (scripts / "0999_word.py").write_text(
        "def up(migrator, db):\n    db.execute_sql('CREATE TABLE usher_word (id INTEGER)')\n"
    )
    with pytest.raises(Unavailable) as refused:
        open_store(url, hasher=CheapHasher())
    assert "usher migrate" in refused.value.message
    with to_migrate(url) as older:
        assert migrate.migrate(older) == ["0999_word"]
    if not store.postgres:
        (backup,) = store.folder.path.glob("*.backup")
        with sqlite3.connect(backup) as copy:
            assert copy.execute("SELECT count(*) FROM usher_user").fetchone() == (1,)
        copy.close()
    assert count(owner).number == 1


def test_a_migration_that_fails_leaves_the_old_version(
    store: Store, url: str, scripts: Path
) -> None:
    (scripts / "0998_fine.py").write_text(
        "def up(migrator, db):\n    db.execute_sql('CREATE TABLE usher_word (id INTEGER)')\n"
    )
    (scripts / "0999_broken.py").write_text(
        "def up(migrator, db):\n    db.execute_sql('CREATE TABLE usher_word (id INTEGER)')\n"
    )
    with to_migrate(url) as older:
        with pytest.raises(Unavailable):
            migrate.migrate(older)
        assert migrate.pending(older) == ["0998_fine", "0999_broken"]
    with store.read():
        assert "usher_word" not in store.database.get_tables()


def test_a_migration_that_is_killed_leaves_the_old_version(
    store: Store, url: str, scripts: Path
) -> None:
    """CHECKLIST I62: kill -9 amid the scripts, with the first of them done."""
    word = "    db.execute_sql('CREATE TABLE usher_word (id INTEGER)')\n"
    (scripts / "0998_fine.py").write_text(f"def up(migrator, db):\n{word}")
    (scripts / "0999_killed.py").write_text(
        "import os\ndef up(migrator, db):\n    os.kill(os.getpid(), 9)\n"
    )
    program = (
        "import sys; from pathlib import Path; from store.opening import open_store\n"
        "from store.upkeep import migrate; migrate.SCRIPTS = Path(sys.argv[1])\n"
        "migrate.migrate(open_store(sys.argv[2], migrating=True))"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(scripts), url], check=False)
    assert ended.returncode == -9
    with to_migrate(url) as older:
        assert migrate.pending(older) == ["0998_fine", "0999_killed"]
    with store.read():
        assert "usher_word" not in store.database.get_tables()


def test_a_database_with_other_tables_is_not_taken_over_without_being_asked(
    data_folder: Path,
) -> None:
    """DESIGN 3.8: a platform's own tables may stand in the same database."""
    data_folder.mkdir(mode=0o700)
    path = data_folder / "platform.db"
    with sqlite3.connect(path) as platform:
        platform.execute("CREATE TABLE client (id INTEGER)")
    platform.close()
    with pytest.raises(Unavailable) as refused:
        without_account(f"sqlite:///{path}")
    assert refused.value.name == "migration_needed"
    with to_migrate(f"sqlite:///{path}") as asked:
        migrate.migrate(asked)
    without_account(f"sqlite:///{path}")


# Bad places


def sentence(url: str) -> str:
    """What opening it says; the exit code is that of an unavailable store."""
    with pytest.raises(Unavailable) as refused:
        open_store(url, hasher=CheapHasher())
    assert refused.value.exit_code == 7
    return refused.value.message


def test_a_file_that_is_no_database_is_left_as_it_is(data_folder: Path) -> None:
    """CHECKLIST I61: never recreate a database over an unreadable one."""
    data_folder.mkdir(mode=0o700)
    path = data_folder / "letters.txt"
    path.write_text("Dear Maria,\n" * 200)
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    assert "not a database" in sentence(f"sqlite:///{path}")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_a_server_that_is_not_there_is_told_in_a_sentence() -> None:
    assert "cannot be reached" in sentence("postgresql://usher@127.0.0.1:1/usher")


@pytest.mark.parametrize("url", ["usher.db", "mysql://localhost/usher", "sqlite://usher.db"])
def test_an_address_that_is_none_says_how_one_begins(url: str) -> None:
    assert "sqlite:///" in sentence(url)


def test_a_path_that_is_a_folder_and_a_folder_below_a_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "folder" in sentence(f"sqlite:///{tmp_path}")
    assert "data folder" in sentence(f"sqlite:///{tmp_path / 'file' / 'usher.db'}")


def test_a_folder_that_others_may_write_to_is_refused(tmp_path: Path) -> None:
    """CHECKLIST 73."""
    open_to_all = tmp_path / "open"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    assert "chmod" in sentence(f"sqlite:///{open_to_all / 'usher.db'}")


def test_everything_that_usher_makes_is_private(store: Store, make_user: Make) -> None:
    """CHECKLIST 73: 0600 in 0700."""
    make_user()
    files = [path for path in store.folder.path.iterdir() if path.name != "usher.db"]
    assert {path.name for path in files} >= {"server.key", anchor.path_of(store).name}
    assert {path.stat().st_mode & 0o077 for path in files} == {0}


@pytest.mark.parametrize(
    ("version", "safe"),
    [((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 46, 0), False),
     ((3, 50, 6), False), ((3, 50, 7), True), ((3, 51, 2), False), ((3, 51, 3), True),
     ((3, 60, 0), True)],
)  # fmt: skip
def test_wal_is_used_only_where_sqlite_is_mended(version: tuple[int, int, int], safe: bool) -> None:
    """CHECKLIST H59, FACTS."""
    assert wal_is_safe(version) is safe


def test_every_connection_is_set_up_as_promised(store: Store) -> None:
    """CHECKLIST H59."""
    if store.postgres:
        pytest.skip("these are SQLite's")
    pragmas = ("foreign_keys", "synchronous", "busy_timeout", "secure_delete", "trusted_schema")
    with store.read():
        assert [store.sql(f"PRAGMA {name}")[0][0] for name in pragmas] == [1, 2, 30000, 1, 0]


def test_the_outbox_holds_one_letter_for_each_cause(
    store: Store, owner: Session, make_user: Make
) -> None:
    make_user()
    make_user()
    with store.read():
        messages = [row.message_id for row in LetterRow.select()]
    assert len(messages) == len(set(messages)) == 2
