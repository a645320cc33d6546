"""`usher teams` and `usher sub-accounts`, in tables and in JSON."""

from store import audit, users
from store.session import Session
from tests.conftest import PASSWORD
from tests.store.standing import MakeUser
from tests.tui.cli.conftest import Usher


def test_teams_are_made_filled_edited_and_deleted(
    usher: Usher, owner: Session, make_user: MakeUser
) -> None:
    maria, rui = make_user(), make_user()
    made = usher("teams", "create", "South", "--own-clients-only", "--json").json
    assert made == {"id": 2, "name": "South", "own_clients_only": True, "members": 0}
    assert usher("teams", "list").out.splitlines() == [
        "id  name   members  they see",
        " 1  North        2  all clients",
        " 2  South        0  clients of their own teams",
    ]
    answer = usher("teams", "add", "South", maria.login, str(rui.id), "nobody", "--json")
    assert answer.code == 8
    assert [one["outcome"] for one in answer.json["ledger"]] == ["added", "added", "not_found"]
    assert usher("teams", "remove", "South", rui.login, "--dry-run").code == 0
    assert "1 done, 0 refused" in usher("teams", "remove", "South", rui.login).out
    assert usher("teams", "edit", "South").code == 2
    said = usher("teams", "edit", "south", "--name", "Deep south", "--all-clients").out
    assert said == "Deep south (team 2): members see all clients.\n"
    refused = usher("teams", "delete", "North", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (3, "team_in_use")
    assert usher("teams", "delete", "North", "--to", "Deep south").out == "Deleted 1, North.\n"
    assert usher("teams", "show", "2", "--json").json["members"] == 2
    assert usher("teams", "show", "Nowhere").code == 5


def test_sub_accounts_are_granted_to_people(
    usher: Usher, owner: Session, make_user: MakeUser
) -> None:
    maria = make_user()
    assert "usher sub-accounts create NAME" in usher("sub-accounts", "list").out
    assert usher("sub-accounts", "create", "all").code == 3
    for name in ("Lisbon", "Porto"):
        usher("sub-accounts", "create", name)
    assert usher("sub-accounts", "grant", "lisbon", maria.login).code == 0
    assert usher("sub-accounts", "list").out.splitlines() == [
        "id  name    people",
        " 1  Lisbon       1",
        " 2  Porto        0",
    ]
    assert usher("users", "show", maria.login, "--json").json["sub_accounts"] == ["Lisbon"]
    edited = usher(
        "users", "edit", maria.login, "--sub-account", "Porto", "--sub-account", "Lisbon"
    )
    assert "sub-accounts      Lisbon, Porto" in edited.out
    assert usher("sub-accounts", "edit", "Porto", "--name", "Gaia").code == 0
    assert usher("sub-accounts", "revoke", "Gaia", maria.login).code == 0
    assert usher("sub-accounts", "delete", "Gaia").code == 0
    usher("users", "edit", maria.login, "--sub-account", "ALL")
    assert usher("users", "show", maria.login, "--json").json["sub_accounts"] == ["all"]
    usher("users", "edit", maria.login, "--sub-account", "")
    assert users.show(owner, maria.id).sub_accounts == ()
    assert "all of them, as every admin" in usher("users", "show", "olga").out
    entry = audit.history(owner, maria.id, 1)[0]
    assert entry.command == f"usher users edit {maria.id} --sub-account ''"


def test_whose_the_door_is_not_is_refused_on_the_command_line_too(
    usher: Usher, owner: Session, make_user: MakeUser
) -> None:
    """S0: a simulator-only person comes in at the simulator's door, not at the platform's."""
    answer = usher("users", "create", "--first", "A", "--last", "B", "--login", "ab", "--role",
                   "Support", "--team", "North", "--simulator-only", "--password-stdin", "--json",
                   stdin=f"{PASSWORD}\n")  # fmt: skip
    make_user(PASSWORD, login="sim", role="Simulator", simulator_only=True)
    assert answer.code == 3
    codes = {(one["field"], one["code"]) for one in answer.json["error"]["problems"]}
    assert ("role", "role_lacks") in codes
    for door, code in (("platform", 4), ("simulator", 0), ("usher", 0)):
        words = ("sign-in", "sim", "--door", door, "--password-stdin", "--json")
        assert usher(*words, stdin=f"{PASSWORD}\n").code == code
