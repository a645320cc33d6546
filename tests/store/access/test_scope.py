"""Which rows somebody sees: in Python and in SQL the same, of people in every standing."""

import random
import re
from pathlib import Path
from typing import Any

import pytest

from store import sub_accounts, teams
from store.access import holding
from store.access.scope import scope
from store.database import Store
from store.errors import NoSuch
from store.models import Module, Override, Permission, UserRow
from store.session import Session
from store.values import Named, Sees, Status
from tests.conftest import NOON
from tests.store.standing import MakeUser, activate

PAGE = (Path(__file__).parents[3] / "docs" / "platform.md").read_text(encoding="utf-8")
(QUERY,) = re.findall(r"```sql\n(SELECT c\.id\n.*?);\n```", PAGE, re.DOTALL)
PEOPLE, ROWS = 40, 60
TEAMS = ("North", "South", "West", "East")
VIEW = "clients.view"


def plant(owner: Session, make_user: MakeUser, seed: int) -> None:
    """People of every standing, most of them in several teams, with grants and overrides."""
    chance = random.Random(seed)  # noqa: S311
    for name, own in (("South", True), ("West", False), ("East", True)):
        teams.create(owner, name, own_clients_only=own)
    for name in ("Lisbon", "Porto"):
        sub_accounts.create(owner, name)
    with owner.store.write(owner):
        Module.create(name="vault", admin_only=True, place=90)
        Permission.create(name="vault.view", module="vault", place=0)
    for _number in range(PEOPLE):
        admin = chance.random() < 0.15
        granted = [("all",), (), ("Lisbon",), ("Lisbon", "Porto")]
        user = make_user(
            admin=admin,
            role="" if admin else chance.choice(("Salesperson", "Simulator", "Read only")),
            teams=tuple(chance.sample(TEAMS, chance.choice((1, 1, 2)))),
            sub_accounts=chance.choice(granted),
        )
        with owner.store.write(owner):
            status = chance.choice((Status.ACTIVE,) * 4 + tuple(Status))
            UserRow.update(status=status).where(UserRow.id == user.id).execute()
            for permission in chance.sample((VIEW, "clients.edit", "vault.view", "users.view"), 2):
                allowed = chance.random() < 0.5
                Override.create(user=user.id, permission=permission, allowed=allowed, at=NOON)


def make_clients(store: Store, seed: int) -> list[tuple[Any, ...]]:
    """The platform's own rows, of everybody and of nobody, in any sub-account and in none."""
    chance = random.Random(seed)  # noqa: S311
    with store.read():
        numbers = [number for (number,) in store.sql("SELECT id FROM usher_user")]
        parts = [number for (number,) in store.sql("SELECT id FROM usher_sub_account")]
        store.sql("CREATE TABLE clients (id INTEGER, owner INTEGER, sub_account INTEGER)")
        rows = [
            (one, chance.choice([None, *numbers]), chance.choice([None, *parts]))
            for one in range(ROWS)
        ]
        store.insert_rows("clients", ("id", "owner", "sub_account"), rows)
    return rows


def test_the_sql_of_the_page_finds_the_rows_that_a_scope_shows(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    plant(owner, make_user, seed=1)
    rows = make_clients(store, seed=1)
    seen = set()
    with store.read():
        members: dict[int, set[int]] = {}
        for number, team in store.sql("SELECT user_id, team_id FROM usher_team_member"):
            members.setdefault(number, set()).add(team)
        for (number,) in store.sql("SELECT id FROM usher_user"):
            one = scope(store, number, "clients")
            shown = {row for row, of, part in rows if one.shows(of, members.get(of, set()), part)}
            found = store.sql(QUERY.replace(":user", "?"), number)
            assert sorted(row for (row,) in found) == sorted(shown)
            seen.add((one.sees, one.own_teams_only, one.all_sub_accounts, bool(one.sub_accounts)))
    limited = {(own, every) for sees, own, every, _parts in seen if sees is Sees.LIMITED}
    assert limited == {(True, True), (True, False), (False, True), (False, False)}
    assert {sees for sees, *_limits in seen} == set(Sees)


def test_the_views_agree_with_the_rule_for_every_source(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    plant(owner, make_user, seed=2)
    sources = set()
    with store.read():
        catalogue = holding.catalogue(store)
        for number, status in store.sql("SELECT id, status FROM usher_user"):
            expected = {
                (right.permission, right.allowed, str(right.source))
                for right in holding.rights(holding.facts_of(store, number), catalogue)
                if status != Status.REMOVED
            }
            rows = store.sql(
                "SELECT permission, allowed, source FROM usher_rights WHERE user_id = ?", number
            )
            assert {(name, bool(allowed), source) for name, allowed, source in rows} == expected
            sources |= {source for _name, _allowed, source in expected}
            limits = store.sql(
                "SELECT module, everything, own_teams_only, all_sub_accounts"
                " FROM usher_scope WHERE user_id = ?",
                number,
            )
            modules = {permission.partition(".")[0] for permission in catalogue}
            said = [scope(store, number, module) for module in modules]
            assert {(name, *map(bool, flags)) for name, *flags in limits} == {
                (one.module, one.sees is Sees.EVERYTHING, one.own_teams_only, one.all_sub_accounts)
                for one in said
                if one.sees is not Sees.NOTHING
            }
    assert sources == {"owner", "admin", "denied", "admin_only", "override", "role", "none"}


def test_one_team_that_shows_its_own_clients_is_enough_to_limit_somebody(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    south = teams.create(owner, "South", own_clients_only=True)
    lisbon, porto = (sub_accounts.create(owner, name) for name in ("Lisbon", "Porto"))
    maria = activate(owner, make_user(teams=("North", "South"), sub_accounts=("Lisbon",)))
    one = scope(store, maria.id, "clients")
    assert (one.sees, one.own_teams_only, one.all_sub_accounts) == (Sees.LIMITED, True, False)
    assert one.sub_accounts == (Named(lisbon.id, "Lisbon"),)
    assert one.shows(maria.id)
    assert one.shows(None, (south.id,), lisbon.id)
    assert one.shows(None, (south.id,), "Lisbon")
    assert not one.shows(None, (south.id + 100,))
    assert not one.shows(maria.id, (), porto.id)
    teams.edit(owner, "South", own_clients_only=False)
    assert scope(store, maria.id, "clients").shows(None)


def test_nothing_is_seen_by_nobody_of_the_unknown_and_of_what_nobody_views(
    store: Store, owner: Session, make_user: MakeUser
) -> None:
    pending = make_user()
    assert scope(store, pending.id, "clients").sees is Sees.NOTHING
    assert scope(store, 4711, "clients").sees is Sees.NOTHING
    assert owner.user
    assert scope(store, owner.user, "simulator").sees is Sees.NOTHING
    assert scope(store, owner.user, "clients").shows(None, (), 99)
    with pytest.raises(NoSuch):
        scope(store, owner.user, "paintings")


@pytest.mark.parametrize(
    "question",
    [
        "usher_rights WHERE user_id = 1 AND permission = 'clients.edit'",
        "usher_scope WHERE user_id = 1 AND module = 'clients'",
        "usher_team_member WHERE user_id = 1",
        "usher_sub_account_access WHERE user_id = 1",
    ],
)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_one_person_is_found_by_indexes_alone(store: Store, question: str) -> None:
    """As fast among 100 000 people as among ten: only permissions and sub-accounts are read whole.

    PostgreSQL's planner reads small tables whole, whatever there is.
    """
    with store.read():
        plan = [row[-1] for row in store.sql(f"EXPLAIN QUERY PLAN SELECT * FROM {question}")]
    scanned = {step.split()[1] for step in plan if step.startswith("SCAN")}
    assert scanned <= {"p", "s"}
