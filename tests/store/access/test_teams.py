"""Teams (S1) and sub-accounts (S3): named, filled, emptied and deleted."""

from pathlib import Path

import pytest

from store import audit, listing, sub_accounts, teams, users
from store.errors import Invalid, NoSuch, NotAllowed, PasswordNeeded, Refused
from store.exchange.exporting import export_people
from store.exchange.headings import READABLE
from store.exchange.importing import import_people
from store.exchange.options import Options
from store.models import UserRow
from store.session import Session
from store.users import groups
from store.values import Filters, User
from tests.conftest import FakeClock, session_of
from tests.store.leaving.owning import records, sub_accounts_of_records
from tests.store.standing import MakeUser, activate


@pytest.fixture
def boss(owner: Session, make_user: MakeUser) -> Session:
    """An admin who is signed in."""
    return session_of(owner.store, activate(owner, make_user(admin=True, role="", teams=())))


def shown(session: Session, team: str) -> list[int]:
    """Whom the list shows that is narrowed by a team, found through the search index."""
    return [row.id for row in listing.page(session, Filters(team=team)).rows]


def test_a_team_says_how_many_are_in_it_and_what_they_see(
    owner: Session, make_user: MakeUser
) -> None:
    make_user()
    teams.create(owner, "South", own_clients_only=True)
    found = [(one.name, one.members, one.own_clients_only) for one in teams.listed(owner)]
    assert found == [("North", 1, False), ("South", 0, True)]
    entry = audit.history(owner, None, 1)[0]
    assert entry.command == "usher teams create South --own-clients-only"
    assert teams.show(owner, "sOUTH").as_json()["own_clients_only"] is True
    with pytest.raises(NoSuch, match="usher teams list"):
        teams.show(owner, "Nowhere")


def test_what_members_see_is_changed_by_who_gives_their_password(
    owner: Session, clock: FakeClock
) -> None:
    teams.create(owner, "North")
    north = teams.edit(owner, "North", name="Far north", own_clients_only=True)
    assert (north.name, north.own_clients_only) == ("Far north", True)
    entry = audit.history(owner, None, 1)[0]
    assert entry.command == "usher teams edit North --name 'Far north' --own-clients-only"
    assert entry.changes["own_clients_only"] == (False, True)
    clock.forward(minutes=6)
    assert teams.edit(owner, north.id, name="North").name == "North"
    with pytest.raises(PasswordNeeded):
        teams.edit(owner, "North", own_clients_only=False)
    assert teams.edit(owner, "North", own_clients_only=True) == teams.show(owner, "North")


@pytest.mark.parametrize(
    ("name", "code"),
    [(" ", "required"), ("17", "name_invalid"), ("a|b", "control_characters"),
     ("NORTH", "name_taken"), ("x" * 101, "too_long")],
)  # fmt: skip
def test_a_name_says_one_team_and_nothing_else(owner: Session, name: str, code: str) -> None:
    for team in ("North", "South"):
        teams.create(owner, team)
    with pytest.raises(Invalid) as made:
        teams.create(owner, name)
    with pytest.raises(Invalid) as renamed:
        teams.edit(owner, "South", name=name)
    for error in (made, renamed):
        assert [problem.code for problem in error.value.problems] == [code]


def test_all_is_no_name_of_a_sub_account(owner: Session) -> None:
    with pytest.raises(Invalid, match="every sub-account"):
        sub_accounts.create(owner, "ALL")
    sub_accounts.create(owner, "Lisbon")
    with pytest.raises(Invalid, match="every sub-account"):
        sub_accounts.edit(owner, "Lisbon", name="all")
    assert sub_accounts.edit(owner, "lisbon", name=" Big  Lisbon ").name == "Big Lisbon"


def test_people_come_into_a_team_and_leave_it_each_by_themselves(
    owner: Session, boss: Session, make_user: MakeUser
) -> None:
    teams.create(owner, "South")
    maria, rui = make_user(), make_user()
    admin = boss.user or 0
    assert owner.user
    outcomes = teams.add_members(boss, "South", [maria.id, rui.login, maria.id, admin, 4711])
    assert [one.outcome for one in outcomes] == [
        "added", "added", "unchanged", "not_allowed", "not_found",
    ]  # fmt: skip
    assert users.show(owner, maria.id).teams == ("North", "South")
    assert sorted(shown(owner, "South")) == [maria.id, rui.id]
    entry = audit.history(owner, maria.id, 1)[0]
    assert entry.command == f"usher users edit {maria.id} --team North --team South"
    outcomes = teams.remove_members(boss, "South", [maria.id, maria.id])
    assert [one.outcome for one in outcomes] == ["taken_out", "unchanged"]
    assert shown(owner, "South") == [rui.id]
    # Somebody must be in a team as long as the setting asks for one.
    (outcome,) = teams.remove_members(boss, "North", [maria.id])
    assert (outcome.outcome, outcome.done) == ("required", False)


def test_a_rehearsal_of_adding_members_adds_nobody(owner: Session, make_user: MakeUser) -> None:
    maria = make_user()
    teams.create(owner, "South")
    outcomes = teams.add_members(owner, "South", [maria.id], rehearsal=True)
    assert [one.outcome for one in outcomes] == ["added"]
    assert teams.show(owner, "South").members == 0


def test_a_team_with_members_goes_only_for_a_successor(
    owner: Session, boss: Session, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "MOVED", 2)
    people = [make_user() for _one in range(3)]
    south = teams.create(owner, "South")
    teams.add_members(owner, "South", [people[0].id])
    with pytest.raises(Refused, match="3 users are in “North”") as refused:
        teams.delete(boss, "North")
    assert (refused.value.name, refused.value.data["people"]) == ("team_in_use", 3)
    with pytest.raises(Refused, match="cannot replace itself"):
        teams.delete(boss, "North", "North")
    teams.delete(boss, "North", "South")
    assert [one.name for one in teams.listed(owner)] == ["South"]
    assert teams.show(owner, south.id).members == 3
    assert sorted(shown(owner, "South")) == [user.id for user in people]
    entries = audit.history(owner, None, 4)
    assert entries[0].verb == "delete_team"
    assert entries[0].command == "usher teams delete North --to South"
    assert entries[0].changes["moved"] == (None, 3)
    assert [entry.target for entry in entries[1:]] == [user.id for user in reversed(people)]
    assert teams.delete(owner, "South", teams.create(owner, "West").id).name == "South"


def test_nobody_deletes_a_team_by_moving_whom_they_may_not_move(
    owner: Session, boss: Session, make_user: MakeUser
) -> None:
    """S1: the teams of an admin are the owner's to change; that somebody tried is told (F50)."""
    make_user()
    admin = make_user(admin=True, role="")
    teams.create(owner, "South")
    with pytest.raises(NotAllowed, match="You cannot move"):
        teams.delete(boss, "North", "South")
    (denial,) = audit.history(owner, admin.id, 1)
    assert (denial.verb, denial.changes) == ("denied", {"permission": (None, "users.rights")})
    assert teams.show(owner, "North").members == 2
    teams.delete(owner, "North", "South")


def test_sub_accounts_are_granted_and_taken_back_person_by_person(
    owner: Session, boss: Session, make_user: MakeUser
) -> None:
    for name in ("Porto", "Lisbon"):
        sub_accounts.create(boss, name)
    maria, every = make_user(), make_user(sub_accounts=("All", "Porto"))
    assert every.sub_accounts == ("all",)
    for name in ("porto", "Lisbon"):
        outcomes = sub_accounts.grant(boss, name, [maria.id, every.id])
        assert [one.outcome for one in outcomes] == ["added", "unchanged"]
    assert users.show(owner, maria.id).as_json()["sub_accounts"] == ["Lisbon", "Porto"]
    outcomes = sub_accounts.revoke(boss, "Porto", [maria.id, every.id])
    assert [one.outcome for one in outcomes] == ["taken_out", "has_all"]
    assert [(one.name, one.people) for one in sub_accounts.listed(owner)] == [
        ("Lisbon", 1),
        ("Porto", 0),
    ]
    with pytest.raises(Refused, match="1 user is in “Lisbon”"):
        sub_accounts.delete(boss, "Lisbon")
    sub_accounts.delete(boss, "Lisbon", "Porto")
    assert users.show(owner, maria.id).sub_accounts == ("Porto",)
    users.edit(owner, maria.id, {"sub_accounts": ()})
    sub_accounts.delete(boss, "Porto")


def test_the_records_of_a_sub_account_go_where_its_people_go(owner: Session) -> None:
    """None is left without a word in no sub-account."""
    lisbon, porto = (sub_accounts.create(owner, name) for name in ("Lisbon", "Porto"))
    records(owner.store, 1, 3, sub_account=lisbon.id)
    with pytest.raises(Refused, match="3 records are in the sub-account “Lisbon”") as refused:
        sub_accounts.delete(owner, "Lisbon")
    assert refused.value.name == "sub_account_in_use"
    sub_accounts.delete(owner, "Lisbon", "Porto")
    assert sub_accounts_of_records(owner.store) == {porto.id}
    newest = audit.history(owner)[0]
    assert newest.changes["records"] == (None, 3)
    assert newest.command == "usher sub-accounts delete Lisbon --to Porto"


def test_the_sub_accounts_of_a_person_are_edited_like_their_teams(
    owner: Session, make_user: MakeUser, clock: FakeClock
) -> None:
    sub_accounts.create(owner, "Lisbon")
    maria = make_user(sub_accounts=(" lisbon ",))
    assert maria.sub_accounts == ("Lisbon",)
    with pytest.raises(Invalid) as error:
        users.edit(owner, maria.id, {"sub_accounts": ("Lisbon", "Nowhere")})
    assert [(one.field, one.code) for one in error.value.problems] == [
        ("sub_accounts", "sub_account_unknown")
    ]
    user = users.edit(owner, maria.id, {"sub_accounts": ("ALL",)})
    assert user.sub_accounts == ("all",)
    entry = audit.history(owner, maria.id, 1)[0]
    assert entry.changes == {"sub_accounts": (["Lisbon"], ["all"])}
    assert entry.command == f"usher users edit {maria.id} --sub-account all"
    assert sub_accounts.show(owner, "Lisbon").people == 0
    clock.forward(minutes=6)
    with pytest.raises(PasswordNeeded):
        users.edit(owner, maria.id, {"sub_accounts": ()})


def test_whoever_is_removed_reaches_nothing_any_more(owner: Session, make_user: MakeUser) -> None:
    sub_accounts.create(owner, "Lisbon")
    one, every = make_user(sub_accounts=("Lisbon",)), make_user(sub_accounts=("all",))
    assert [users.remove(owner, user.id).sub_accounts for user in (one, every)] == [(), ()]
    assert sub_accounts.show(owner, "Lisbon").people == 0
    with owner.store.read():
        assert not UserRow.select().where(UserRow.all_sub_accounts).exists()


@pytest.mark.parametrize("noun", [teams, sub_accounts])
def test_a_standard_user_changes_no_team_and_no_sub_account(
    owner: Session, make_user: MakeUser, noun: object
) -> None:
    maria: User = activate(owner, make_user())
    session = session_of(owner.store, maria)
    getattr(noun, "create")(owner, "East")  # noqa: B009
    for verb, words in {
        "create": {"name": "West"},
        "edit": {"which": "East", "name": "West"},
        "delete": {"which": "East"},
    }.items():
        with pytest.raises(NotAllowed):
            getattr(noun, verb)(session, **words)


def test_sub_accounts_go_out_to_a_file_and_come_back(
    owner: Session, make_user: MakeUser, tmp_path: Path
) -> None:
    for name in ("Lisbon", "Porto"):
        sub_accounts.create(owner, name)
    made = [make_user(sub_accounts=names) for names in (("Lisbon", "Porto"), ("all",), ())]
    path = tmp_path / "people.csv"
    export_people(owner, path, Filters(team="North"), READABLE)
    assert import_people(owner, path, Options(update=True)).unchanged == 3
    for user, granted in zip(made, ((), ("Porto",), ("all",)), strict=True):
        users.edit(owner, user.id, {"sub_accounts": granted})
    assert import_people(owner, path, Options(update=True)).updated == 3
    assert [users.show(owner, user.id).sub_accounts for user in made] == [
        ("Lisbon", "Porto"), ("all",), (),
    ]  # fmt: skip
    path.write_text(
        "first_name,last_name,email,role,team,sub_accounts\n"
        "Ana,Costa,ana@acme.com.ua,Support,North,porto|LISBON\n"
        "Rui,Costa,rui@acme.com.ua,Support,North,Porto|Nowhere\n",
        encoding="utf-8",
    )
    summary = import_people(owner, path)
    assert [(one.line, one.code) for one in summary.failed] == [(3, "sub_account_unknown")]
    assert users.show(owner, "ana@acme.com.ua").sub_accounts == ("Lisbon", "Porto")
