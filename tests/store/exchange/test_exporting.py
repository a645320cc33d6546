"""Exporting people to a CSV file: what stands in it, who may, and who is told."""

import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from store import audit, listing, sub_accounts, teams, users
from store.database import Store
from store.errors import NotAllowed, Refused, Unavailable
from store.exchange.exporting import KNOWN, ExportSummary, export_people, plan, print_people
from store.listing import bulk
from store.models import UserRow
from store.session import Session
from store.values import Filters, Status, User
from tests.conftest import session_of
from tests.csv_files import rows_of
from tests.store.exchange.conftest import beside
from tests.store.listing.crowd import ROLES, TEAMS, Crowd, strangers

MakeUser = Callable[..., User]


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
        f'María,"Silva ""Mia""",{user.email},{user.login},+5511906530767,BR,pt,Salesperson,'
        '"North|South, East",\'=HYPERLINK(0)\r\n'
    )


def test_further_columns_are_texts_in_the_order_asked_for(
    owner: Session, make_user: MakeUser, path: Path
) -> None:
    for name in ("West", "East"):
        sub_accounts.create(owner, name)
    user = make_user(
        currency="EUR", number="00-7", address="-5 °C street", notes="a\u202eb",
        sub_accounts=("West", "East"),
    )  # fmt: skip
    columns = ("login", *KNOWN[10:], "login")
    export_people(owner, path, columns=columns)
    found = {row[0]: row[1:] for row in rows_of(path)}
    assert found["login"] == list(KNOWN[10:])
    assert found[user.login] == [
        "East|West", str(user.id), "pending", "false", "false", "false", "false", "",
        "2026-03-02T12:00:00Z", "EUR", "00-7", "'-5 °C street", "a\u202eb",
    ]  # fmt: skip
    assert found["olga"][2:7] == ["active", "true", "true", "false", "true"]


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
        with pytest.raises(Refused, match="No column named") as caught:
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
