"""What was exported comes back as it was, whatever it tries."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from store import account, checks, teams
from store.access import roles
from store.database import Store
from store.exchange.exporting import export_people
from store.exchange.importing import Options, import_people
from store.models import UserRow
from store.session import Session
from store.users import read
from store.users.writing import Names, NewPerson, insert
from store.values import Draft, Filters, Status
from tests.conftest import PASSWORD, FakeClock, session_of, without_account
from tests.csv_files import rows_of
from tests.store.exchange.test_cells import DANGEROUS, E164

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
    store = without_account(url, FakeClock())
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
    url: str, second_url: str, tmp_path: Path
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

    session = account_of(second_url)
    summary = import_people(session, first, Options(create_teams=True))
    assert (summary.created, list(summary.failed)) == (5000, [])
    assert drafts(session.store) == before
    export_people(session, second, filters)
    assert sorted(rows_of(second)) == sorted(rows_of(first))
    session.store.close()

    cells = [cell for row in rows_of(first) for cell in row]
    assert len(cells) == 50_010
    assert not [cell for cell in cells if DANGEROUS.match(cell) and not E164.fullmatch(cell)]


@pytest.fixture
def second_url(request: pytest.FixtureRequest, url: str, tmp_path: Path) -> Iterator[str]:
    """The address of a second empty account on the same engine."""
    if url.startswith("postgresql"):
        with request.getfixturevalue("postgres_server").fresh() as address:
            yield address
        return
    folder = tmp_path / "second"
    folder.mkdir(mode=0o700)
    template: Path = request.getfixturevalue("sqlite_template")
    (folder / "usher.db").write_bytes(template.read_bytes())
    yield f"sqlite:///{folder / 'usher.db'}"
