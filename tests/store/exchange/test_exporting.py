"""Exporting people to a CSV file."""

import csv
import os
import re
import resource
import stat
from collections.abc import Callable, Iterator
from io import StringIO
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from store import account, audit, checks, listing, teams, users
from store.access import roles
from store.database import Store
from store.errors import NotAllowed, Refused, Unavailable
from store.exchange.exporting import KNOWN, ExportSummary, export_people, plan, print_people
from store.exchange.importing import import_people
from store.listing import bulk
from store.models import UserRow
from store.opening import open_store
from store.session import Session, operator_session
from store.users import read
from store.users.writing import Names, NewPerson, insert
from store.values import Draft, Filters, Status, User
from tests.conftest import PASSWORD, CheapHasher, FakeClock, session_of
from tests.store.exchange.test_cells import DANGEROUS
from tests.store.listing.crowd import ROLES, TEAMS, Crowd, strangers

MakeUser = Callable[..., User]

TEMPORARY = "nine wet umbrellas"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that is not there yet, in a folder of its own."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "people.csv"


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def beside(path: Path) -> list[str]:
    """What lies in the folder of the file, the file too."""
    return sorted(one.name for one in path.parent.iterdir())


def entries(session: Session) -> list[str]:
    return [entry.verb for entry in audit.history(session)]


# What stands in the file


def test_the_columns_are_those_of_people_csv(
    owner: Session, make_user: MakeUser, path: Path
) -> None:
    """DESIGN 3.11; RFC 4180: CRLF, and quotes where they are needed."""
    teams.create(owner, "South, East")
    user = make_user(
        first_name="María", last_name='Silva "Mia"', phone="+55 11 90653-0767", country="BR",
        language="pt", position="=HYPERLINK(0)", teams=("South, East", "North"),
    )  # fmt: skip
    filters = Filters(statuses=(Status.PENDING,))
    assert export_people(owner, path, filters) == ExportSummary(1, path)
    assert path.read_bytes().decode() == (
        "first_name,last_name,email,login,phone,country,language,role,team,position\r\n"
        f'María,"Silva ""Mia""",{user.email},{user.login},\'+5511906530767,BR,pt,Salesperson,'
        '"North|South, East",\'=HYPERLINK(0)\r\n'
    )


def test_further_columns_are_texts_in_the_order_asked_for(
    owner: Session, make_user: MakeUser, path: Path
) -> None:
    user = make_user(currency="EUR", number="00-7", address="-5 °C street", notes="a\u202eb")
    columns = ("login", *KNOWN[10:], "login")
    export_people(owner, path, columns=columns)
    found = {row[0]: row[1:] for row in rows_of(path)}
    assert found["login"] == list(KNOWN[10:])
    assert found[user.login] == [
        str(user.id), "pending", "false", "false", "false", "false", "", "2026-03-02T12:00:00Z",
        "EUR", "00-7", "'-5 °C street", "a\u202eb",
    ]  # fmt: skip
    assert found["olga"][1:6] == ["active", "true", "true", "false", "true"]


def test_when_someone_was_here_last_is_written_in_utc(
    store: Store, owner: Session, path: Path
) -> None:
    with store.write(owner) as unit:
        UserRow.update(last_seen=unit.now).execute()
    export_people(owner, path, columns=["last_seen", "created"])
    assert rows_of(path)[1] == ["2026-03-02T12:00:00Z"] * 2


def test_no_secret_can_be_asked_for(owner: Session, path: Path) -> None:
    """CHECKLIST K69: no hashes, no codes."""
    assert not {name for name in KNOWN if re.search("password|hash|code|key", name)}
    for column in ("password_hash", "nam", "last_seen; --"):
        with pytest.raises(Refused, match="no column") as caught:
            export_people(owner, path, columns=[column])
        assert caught.value.name == "columns_unknown"
    assert not path.exists()


@pytest.mark.parametrize("many", [10, 20_000], ids=["walked", "searched"])
@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters("шев"),
        Filters("o silva"),
        Filters(statuses=(Status.ACTIVE, Status.BLOCKED)),
        Filters(role="менеджер"),
        Filters("a", (Status.ACTIVE,), "Salesperson", "süd"),
        Filters(role="nobody"),
        Filters("x" * 500),
    ],
    ids=repr,
)
def test_it_holds_whom_the_list_shows_in_the_same_order(
    store: Store, filters: Filters, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DESIGN 3.11: the same filters as the list; both ways of reading, over many pages."""
    monkeypatch.setattr(bulk, "MANY", many)
    monkeypatch.setattr(bulk, "PAGE", 37)
    crowd = Crowd(store)
    crowd.add(*strangers(500))
    pages = list(bulk.people(crowd.session, filters, ["id", "role", "team"]))
    found = [int(number) for page in pages for number, _role, _team in page]
    assert found == crowd.expected(filters)
    for number, role, of_teams in (row for page in pages for row in page):
        one = crowd.people[int(number)]
        assert role == (ROLES[one.role] if one.role >= 0 else "")
        assert of_teams == "|".join(TEAMS[n] for n in sorted(one.teams))


# There and back

SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "'", "''", '"', '"=', "\u200b=", "“@", "﹣",
         "(", ";", ",", "#", "\u202e", "\ufeff", "🙂", "شر", "")  # fmt: skip
WORDS = ("cmd|' /C calc'!A0", "Шевченко", "O'Neil", "a,b;c", '"x"', "1+1", "Ł" * 90, "李", "Núñez")


def hostile(number: int, seed: int = 3) -> Iterator[Draft]:
    """So many people who are valid, and whose every text tries something."""
    chance = Random(seed)  # noqa: S311
    made = 0

    def text() -> str:
        return f"{chance.choice(SIGNS)}{chance.choice(WORDS)}{chance.choice(SIGNS)}"

    while made < number:
        local = chance.choice(("'", "=", "+", "-", "{", "")) + f"{chance.choice('abc')}{made}"
        draft, problems = checks.checked(
            Draft(
                first_name=text(),
                last_name=text(),
                email=f"{local}@acme.com.ua",
                login=chance.choice(("", f"-_.{made}x")),
                phone=chance.choice(("", f"+38067{made:07}")),
                country=chance.choice(("", "UA")),
                language=chance.choice(("", "uk")),
                role=chance.choice(("=Sales", "@Support", "'Manager")),
                teams=tuple(chance.sample(("=North", "-South", "'East", 'a "b", c'), 2)),
                position=chance.choice(("", text())),
            ),
            "",
            password_given=False,
        )
        if not problems:
            made += 1
            yield draft


def account_of(url: str) -> Session:
    """An account with its owner and some roles that nobody should have named so."""
    store = open_store(url, clock=FakeClock(), hasher=CheapHasher())
    draft = Draft(first_name="Olga", last_name="Bakum", login="olga", email="olga@acme.com.ua")
    owner = session_of(store, account.init(store, "Acme", draft, PASSWORD))
    for role in ("=Sales", "@Support", "'Manager"):
        roles.create(owner, role)
    return owner


def drafts(store: Store) -> dict[str, Draft]:
    with store.read():
        numbers = [row.id for row in UserRow.select(UserRow.id).where(~UserRow.owner)]
    return {user.login: Draft.of(user) for user in read.load(store, numbers)}


def test_five_thousand_hostile_people_come_back_as_they_were(
    url: str, fresh_url: Callable[[], str], tmp_path: Path
) -> None:
    """CHECKLIST K69: exported and imported into an empty account; 0 dangerous cells."""
    session = account_of(url)
    for team in ("=North", "-South", "'East", 'a "b", c'):
        teams.create(session, team)
    with session.store.read():
        names = Names.of(session.store)
    people = hostile(5000)
    while batch := list(islice(people, 500)):
        with session.store.write(session) as unit:
            insert(unit, [NewPerson(draft, *names.ids(draft)) for draft in batch])
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    filters = Filters(statuses=(Status.PENDING,))
    assert export_people(session, first, filters).rows == 5000
    before = drafts(session.store)
    session.store.close()

    session = account_of(fresh_url())
    summary = import_people(session, first, create_teams=True)
    assert (summary.created, list(summary.failed)) == (5000, [])
    assert drafts(session.store) == before
    export_people(session, second, filters)
    assert sorted(rows_of(second)) == sorted(rows_of(first))
    session.store.close()

    cells = [cell for row in rows_of(first) for cell in row]
    assert len(cells) == 50_010
    assert not [cell for cell in cells if DANGEROUS.match(cell)]


@pytest.fixture
def fresh_url(request: pytest.FixtureRequest, url: str, tmp_path: Path) -> Callable[[], str]:
    """The address of a second empty account on the same engine."""

    def fresh() -> str:
        if url.startswith("postgresql"):
            return str(request.getfixturevalue("postgres_server").fresh())
        folder = tmp_path / "second"
        folder.mkdir(mode=0o700)
        template: Path = request.getfixturevalue("sqlite_template")
        (folder / "usher.db").write_bytes(template.read_bytes())
        return f"sqlite:///{folder / 'usher.db'}"

    return fresh


# The file


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
        with pytest.raises(Refused, match="--yes") as caught:
            verb(owner, path)
        assert caught.value.name == "file_exists"
    assert path.read_text() == "mine"
    export_people(owner, path, replace=True)
    assert rows_of(path)[1][:2] == ["Olga", "Bakum"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_someone_makes_meanwhile_is_theirs(owner: Session, path: Path) -> None:
    with pytest.raises(Refused, match="there already"):
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
        with pytest.raises(Refused, match=r"plain file|folder"):
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
    with pytest.raises(Refused, match="cannot be made") as caught:
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


# Who may, and who is told


def test_the_history_tells_who_took_what_along(owner: Session, path: Path) -> None:
    filters = Filters("olga b", (Status.ACTIVE,))
    export_people(owner.because("audit 2026"), path, filters, ["id", "email"])
    entry = audit.history(owner)[0]
    assert (entry.verb, entry.actor, entry.reason) == ("export", "olga", "audit 2026")
    assert {name: new for name, (_old, new) in entry.changes.items()} == {
        "rows": 1,
        "path": str(path),
        "columns": ["id", "email"],
        "filters": "--search 'olga b' --status active",
    }
    assert entry.command == (
        f"usher export {path} --search 'olga b' --status active --column id --column email"
    )
    assert audit.verify(owner.store) is None


def test_what_cannot_be_recorded_is_not_handed_out(
    owner: Session, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CHECKLIST 72: a failure of the log stops the act."""

    def broken(*_words: object) -> tuple[int, str]:
        raise Unavailable("The disk is full.")

    monkeypatch.setattr(audit, "append", broken)
    stream = StringIO()
    for export in (export_people, lambda session, _path: print_people(session, stream)):
        with pytest.raises(Unavailable):
            export(owner, path)
    assert beside(path) == []
    assert stream.getvalue() == ""


def test_only_admins_export(owner: Session, make_user: MakeUser, path: Path) -> None:
    standard = session_of(owner.store, make_user())
    admin = session_of(owner.store, make_user(admin=True))
    for verb in (export_people, plan, lambda session, _path: print_people(session, StringIO())):
        with pytest.raises(NotAllowed):
            verb(standard, path)
    assert export_people(admin, path).rows == 3


def test_who_is_demoted_meanwhile_gets_nothing(
    owner: Session, make_user: MakeUser, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ASVS 8.3.2: a demotion counts from its commit."""
    monkeypatch.setattr(bulk, "PAGE", 2)
    admin = make_user(admin=True)
    make_user()
    session = session_of(owner.store, admin)

    def demoted(rows: int) -> None:
        if rows == 2:
            users.edit(owner, admin.id, {"admin": False})

    with pytest.raises(NotAllowed):
        export_people(session, path, progress=demoted)
    assert beside(path) == []


def test_printed_rows_are_the_same_and_recorded_before(owner: Session, path: Path) -> None:
    export_people(owner, path)
    stream = StringIO(newline="")
    told: list[int] = []
    assert print_people(owner, stream, progress=told.append) == ExportSummary(1)
    assert stream.getvalue() == path.read_bytes().decode()
    assert told == [1]
    assert audit.history(owner)[0].changes["path"] == (None, "-")


def test_writers_are_not_kept_waiting_by_a_reader(owner: Session, path: Path) -> None:
    """Nothing is held between two pages, not even on SQLite."""

    def meanwhile(_rows: int) -> None:
        teams.create(owner, "Meanwhile")

    export_people(owner, path, progress=meanwhile)
    assert listing.count(owner).number == 1
    assert [team.name for team in teams.listed(owner)] == ["Meanwhile"]
